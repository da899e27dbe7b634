// One process runs a campaign at a time: a file that names the process, checked against the process table.
import { open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { TareError } from "#shared/model/error.ts";

/** Takes the folder for this process; returns its release. Throws TareError BUSY while another live process holds it. */
export async function lockCampaign(path: string): Promise<() => Promise<void>> {
  const lockPath = join(path, "lock");
  const own = `${process.pid} ${await startTime(process.pid)}\n`;
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      const file = await open(lockPath, "wx");
      await file.writeFile(own);
      await file.close();
      return () => rm(lockPath, { force: true });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      const holder = await holderOf(lockPath);
      if (holder !== null)
        throw new TareError(
          "BUSY",
          `Process ${holder} of this computer already runs this campaign. End it there first.`,
        );
      await rm(lockPath, { force: true });
    }
  }
  throw new TareError("BUSY", "Another process took the campaign up at the same moment.");
}

/** Process id that holds the campaign now, or null. */
export async function campaignHolder(path: string): Promise<number | null> {
  return holderOf(join(path, "lock"));
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
