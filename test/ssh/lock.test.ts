// The controller lock: one controller measures on a host, and a dead one does not hold it for ever.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TareError } from "#shared/model/error.ts";
import type { HostMachine } from "#main/ssh/connect-host.ts";
import { acquireLock, lockHolder } from "#main/ssh/lock.ts";
import { connected, failureOf, forever, trust } from "./machine.ts";
import { startSshd, type TestSshd } from "./sshd.ts";

const signal = forever;
let sshd: TestSshd;
let host: HostMachine;
beforeAll(async () => {
  sshd = await startSshd();
  host = await connected(sshd);
});
afterAll(async () => {
  await host.close();
  await sshd.stop();
});

const lease = () => join(sshd.folder, "var-lib/tare/lock");
/** Makes the lease's last heartbeat two minutes old. */
function age(): void {
  const lines = readFileSync(lease(), "utf8").trimEnd().split("\n");
  writeFileSync(lease(), `${[...lines.slice(0, 5), String(Number(lines[5]) - 120)].join("\n")}\n`);
}

test("of many controllers at once one gets the lock; the others are told who has it", async () => {
  const machines = await Promise.all([1, 2, 3].map(() => connected(sshd)));
  const tries = await Promise.allSettled(
    machines.map((machine, index) =>
      acquireLock(machine, { token: `c${index}`, label: `campaign "${index}" $(x)`, signal }),
    ),
  );
  const winner = tries.findIndex((each) => each.status === "fulfilled");
  const losers = tries.filter((each) => each.status === "rejected").map((each) => each.reason as TareError);
  expect(losers.map((error) => error.code)).toEqual(["HOST_BUSY", "HOST_BUSY"]);
  expect(losers[0]?.message).toContain(`"campaign "${winner}" $(x)" measures since 20`);
  expect((await lockHolder(host, signal))?.code).toBe("HOST_BUSY");
  for (const each of tries) if (each.status === "fulfilled") await each.value();
  expect(await lockHolder(host, signal)).toBeNull();
  for (const machine of machines) await machine.close();
});

test("the lock of a controller that was killed is taken over by its own campaign at once, by others when it is stale", async () => {
  const script = `
    import { connectHost } from "#main/ssh/connect-host.ts";
    import { acquireLock } from "#main/ssh/lock.ts";
    const [host, known] = process.argv.slice(1);
    const signal = new AbortController().signal;
    const ask = () => Promise.resolve({ kind: "dismiss" });
    const machine = await connectHost(JSON.parse(host), "sut", { ask, knownHostsPath: known, otherKnownHosts: [], signal });
    await acquireLock(machine, { token: "killed", label: "the killed one", signal });
    console.log("locked");
    setInterval(() => undefined, 1000);
  `;
  const child = spawn(
    process.execPath,
    ["--input-type=module", "-e", script, JSON.stringify(sshd.host()), trust(sshd)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.kill("SIGKILL");
  const other = { token: "other", label: "other", signal };
  expect((await failureOf(acquireLock(host, other))).message).toContain('"the killed one"');
  await host.jobs.start("killed/r1.1.measure", { argv: ["sleep", "30"] }, { timeLimitSeconds: 60, signal });
  age();
  // Its heartbeat is old, but what it measures still runs.
  expect((await failureOf(acquireLock(host, other))).code).toBe("HOST_BUSY");
  const again = await acquireLock(host, { token: "killed", label: "the killed one, again", signal });
  await again();
  await acquireLock(host, { token: "killed", label: "the killed one, again", signal });
  await host.jobs.cancel("killed/r1.1.measure", signal);
  age();
  const release = await acquireLock(host, other);
  await release();
});

test("a lease of an earlier boot is free", async () => {
  await acquireLock(host, { token: "boot", label: "before", signal: AbortSignal.timeout(60_000) });
  const text = readFileSync(lease(), "utf8").replace(/^[0-9a-f-]{36}\n(?=\d+\n$)/m, "another-boot\n");
  writeFileSync(lease(), text);
  const release = await acquireLock(host, { token: "next", label: "after", signal });
  await release();
});
