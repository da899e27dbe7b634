// Brings a demo lab up by hand and keeps it until SIGINT or SIGTERM: node test/lab/up.ts [id] [state folder] [cache folder]
import { startDemoLab } from "#main/demo-lab/demo-lab.ts";
import { defaultStateFolder } from "#main/demo-lab/names.ts";
import { installSystemPackages } from "#main/demo-lab/system-packages.ts";
import { defaultCacheFolder } from "#main/demo-lab/trees.ts";

const id = process.argv[2] ?? "hand";
const cancelled = new AbortController();
const asked = new Promise<void>((resolve) => {
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.once(name, () => {
      cancelled.abort();
      resolve();
    });
});
let last = "";
const onProgress = (stage: string, share: number | null) => {
  const line = share === null ? stage : `${stage} ${Math.floor(share * 10) * 10} %`;
  if (line !== last) process.stderr.write(`${line}\n`);
  last = line;
};

const { signal } = cancelled;
await installSystemPackages({ onProgress, signal });
const started = performance.now();
const demo = await startDemoLab({
  id,
  cacheFolder: process.argv[4] ?? defaultCacheFolder,
  stateFolder: process.argv[3] ?? defaultStateFolder,
  signal,
  onProgress,
});
process.stderr.write(`up after ${((performance.now() - started) / 1000).toFixed(2)} s\n`);
process.stdout.write(`${JSON.stringify(demo.lab, null, 2)}\n${demo.hostKeys.join("\n")}\n`);
for (const { address, user, auth } of [demo.lab.sut, demo.lab.loadgen])
  process.stdout.write(
    `ssh -i ${auth.kind === "key" ? auth.path : ""} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null ${user}@${address}\n`,
  );
// A signal alone does not keep Node alive.
const stay = setInterval(() => undefined, 60_000);
await asked;
clearInterval(stay);
await demo.stop();
process.stderr.write("stopped\n");
