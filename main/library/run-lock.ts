// One process runs a campaign at a time: a file that names the process, checked against the process table.
import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TareError } from "#shared/model/error.ts";
import { asDiskError } from "./atomic-file.ts";

/** How long a removal of a dead holder's lock can take at most, with much to spare. */
const takeoverMs = 10_000;

/** Takes the folder for this process; returns its release. Throws TareError BUSY while another live process holds it. */
export async function lockCampaign(path: string): Promise<() => Promise<void>> {
  const lockPath = join(path, "lock");
  const own = `${lockPath}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    await writeFile(own, `${process.pid} ${await startTime(process.pid)}\n`, { flag: "wx" });
    // The lock appears with its content or not at all, so an empty one is never taken for a dead one's.
    while (!(await linked(own, lockPath))) {
      const holder = await holderOf(lockPath);
      if (holder !== null)
        throw new TareError(
          "BUSY",
          `Process ${holder} of this computer already runs this campaign. End it there first.`,
        );
      await removeDeadLock(lockPath);
    }
  } catch (error) {
    throw asDiskError(error, path);
  } finally {
    await rm(own, { force: true });
  }
  return () => rm(lockPath, { force: true });
}

/** Process id that holds the campaign now, or null. */
export async function campaignHolder(path: string): Promise<number | null> {
  return holderOf(join(path, "lock"));
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Only one process at a time removes, and only after it looked again: a lock that was just taken stays. */
async function removeDeadLock(lockPath: string): Promise<void> {
  const turn = `${lockPath}.takeover`;
  try {
    await mkdir(turn);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    const age = Date.now() - (await stat(turn).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    if (age > takeoverMs) await rmdir(turn).catch(() => undefined);
    await sleep(10);
    return;
  }
  try {
    // Where it is gone already, somebody may take it right now: there is nothing to remove then.
    const { exists, holder } = await lookAt(lockPath);
    if (exists && holder === null) await rm(lockPath, { force: true });
  } finally {
    await rmdir(turn);
  }
}

async function holderOf(lockPath: string): Promise<number | null> {
  return (await lookAt(lockPath)).holder;
}

async function lookAt(lockPath: string): Promise<{ exists: boolean; holder: number | null }> {
  const text = await readFile(lockPath, "utf8").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  });
  if (text === null) return { exists: false, holder: null };
  const [pid, started] = text.trim().split(" ");
  if (pid === undefined || started === undefined) return { exists: true, holder: null };
  const lives = (await startTime(Number(pid))) === started;
  return { exists: true, holder: lives ? Number(pid) : null };
}

/** Start time of a process in the kernel's ticks; "alive" where there is no /proc, "gone" where there is no such process. */
async function startTime(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat !== null) return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "unknown";
  if (process.platform === "linux") return "gone";
  try {
    process.kill(pid, 0);
    return "alive";
  } catch (error) {
    // EPERM: it lives, and is another user's.
    return codeOf(error) === "EPERM" ? "alive" : "gone";
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
