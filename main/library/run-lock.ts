// One process runs a campaign at a time: a file that names the process, checked against the process table.
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TareError } from "#shared/model/error.ts";
import { asDiskError } from "./atomic-file.ts";

/** Takes the folder for this process; returns its release. Throws TareError BUSY while another live process holds it, DISK_FULL. */
export async function lockCampaign(path: string): Promise<() => Promise<void>> {
  const lockPath = join(path, "lock");
  const whole = `${lockPath}.${process.pid}`;
  try {
    await writeFile(whole, `${process.pid} ${await startTime(process.pid)}\n`);
    // A link appears with its whole content, and only where there is none yet.
    for (let tries = 0; tries < 3; tries += 1) {
      if (await linked(whole, lockPath)) return () => rm(lockPath, { force: true });
      await removeStale(lockPath);
    }
  } catch (error) {
    throw asDiskError(error, path);
  } finally {
    await rm(whole, { force: true });
  }
  throw new TareError("BUSY", "Another process took the campaign up at the same moment.");
}

/** Process id that holds the campaign now, or null. */
export async function campaignHolder(path: string): Promise<number | null> {
  return holderOf(join(path, "lock"));
}

/** Removes the lock of a process that is gone. Throws TareError BUSY where it lives. */
async function removeStale(lockPath: string): Promise<void> {
  await mustBeStale(lockPath);
  const aside = `${lockPath}.${process.pid}.old`;
  try {
    await rename(lockPath, aside);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  try {
    // Between the look and the renaming another process may have replaced it by its own.
    await mustBeStale(aside);
  } catch (error) {
    await linked(aside, lockPath);
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function mustBeStale(path: string): Promise<void> {
  const holder = await holderOf(path);
  if (holder === null) return;
  throw new TareError(
    "BUSY",
    `Process ${holder} of this computer already runs this campaign. End it there first.`,
  );
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

async function holderOf(lockPath: string): Promise<number | null> {
  const text = await readFile(lockPath, "utf8").catch(() => "");
  const [pid, started] = text.trim().split(" ");
  if (pid === undefined || started === undefined) return null;
  return (await startTime(Number(pid))) === started ? Number(pid) : null;
}

/** Start time of a process in the kernel's ticks; "alive" where there is no /proc, "gone" where there is no such process. */
async function startTime(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (stat !== null) return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "unknown";
  if (process.platform === "linux") return "gone";
  try {
    process.kill(pid, 0);
    return "alive";
  } catch {
    // ESRCH: there is no such process.
    return "gone";
  }
}
