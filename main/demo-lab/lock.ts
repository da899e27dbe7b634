// A lock between processes of this machine; the kernel frees it when its holder ends, however it ends.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { TareError } from "#shared/model/error.ts";
import { programPath, throwIfCancelled } from "./child.ts";

/** Waits for the lock file, does the work and gives it back. Throws CANCELLED when aborted while it waits. */
export async function withLock<Result>(
  path: string,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  await mkdir(dirname(path), { recursive: true });
  const holder = spawn("flock", [path, "sh", "-c", "echo held; exec cat"], {
    env: { ...process.env, PATH: programPath },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => holder.once("close", () => resolve()));
  try {
    await held(path, holder, signal);
    return await work();
  } finally {
    holder.stdin.end();
    if (signal.aborted) holder.kill("SIGKILL");
    await ended;
  }
}

async function held(path: string, holder: ChildProcess, signal: AbortSignal): Promise<void> {
  const failed = (cause?: unknown) =>
    new TareError("TOOL_FAILED", `The lock ${path} could not be taken on this machine.`, { cause });
  if (holder.stdout === null) throw failed();
  try {
    await Promise.race([
      once(holder.stdout, "data", { signal }),
      once(holder, "close", { signal }).then(() => Promise.reject(failed())),
    ]);
  } catch (error) {
    throwIfCancelled(signal);
    throw error instanceof TareError ? error : failed(error);
  }
}
