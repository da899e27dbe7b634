// The disk that guests' disks are copied from: made of the userland once, kept beside it.
import type { KvmConfiguration } from "#shared/model/configuration.ts";
import { TareError } from "#shared/model/error.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { runJob } from "./run-job.ts";
import type { UserlandOptions } from "./userland.ts";

/** Throws UNSUPPORTED where the userland has no kernel for guests, DISK_FULL, TOOL_FAILED, TIME_LIMIT. */
export async function ensureGuestImage(
  sut: RemoteMachine,
  userlandFolder: string,
  format: KvmConfiguration["storage"]["format"],
  { signal, onProgress }: UserlandOptions,
): Promise<void> {
  const missing = await sut.run(
    { argv: ["cat", "--", `${userlandFolder}/guest/missing`], root: true },
    { signal },
  );
  if (missing.status === 0)
    throw new TareError(
      "UNSUPPORTED",
      `No guest can be made of the userland on ${sut.name}: ${missing.stdout.trim()}.`,
      { host: sut.name },
    );
  onProgress("Making the guest's disk", null);
  const script = await sut.script("guest-files.sh", signal);
  const hash = userlandFolder.split("/").at(-1) ?? "";
  const { end, lastLines } = await runJob(
    sut,
    `userland/${hash}-${format}`,
    { argv: ["sh", script, userlandFolder, "base", format], root: true },
    { signal, timeLimitSeconds: 1800 },
  );
  if (end.status === 0) return;
  const full = /No space left/.test(lastLines);
  throw new TareError(
    end.reason === "time-limit" ? "TIME_LIMIT" : full ? "DISK_FULL" : "TOOL_FAILED",
    `The guest's disk could not be made on ${sut.name}: ${lastLines.split("\n").at(-1) ?? ""}.`,
    { host: sut.name, detail: lastLines },
  );
}
