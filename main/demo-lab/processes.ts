// Finds and ends the processes of a lab's host: whatever lives in its network namespace, or is about to enter it.
import { readdir, readFile, readlink, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TareError } from "#shared/model/error.ts";

const timeLimitMs = 20_000;
const cgroupRoot = "/sys/fs/cgroup";

/** Programs that make a lab's namespaces and links, and start its hosts. */
const starters = new Set(["sh", "ip", "nsenter"]);

/** Process ids of this machine that live in the network namespace or the control groups of the name, or are about to enter them. */
async function processesOf(namespace: string): Promise<number[]> {
  const inCgroups = new Set<number>();
  for (const cgroup of await cgroupsOf(namespace))
    for (const path of [cgroup, ...(await foldersBelow(cgroup))])
      for (const line of (await readText(join(path, "cgroup.procs"))).split("\n"))
        if (line !== "") inCgroups.add(Number(line));
  const inode = await stat(`/run/netns/${namespace}`).then(
    ({ ino }) => ino,
    () => undefined,
  );
  const found = await Promise.all(
    (await allProcesses()).map(async (pid) => {
      if (inCgroups.has(pid)) return pid;
      const link = await readlink(`/proc/${pid}/ns/net`).catch(() => "");
      if (inode !== undefined && link === `net:[${inode}]`) return pid;
      const [program = "", ...words] = (await readText(`/proc/${pid}/cmdline`)).split("\0");
      const isAboutToEnter = words.includes(namespace) || words.includes(`--net=/run/netns/${namespace}`);
      return starters.has(basename(program)) && isAboutToEnter ? pid : undefined;
    }),
  );
  return found.filter((pid) => pid !== undefined && pid !== process.pid) as number[];
}

/** Control groups of the name in every hierarchy of this machine. */
export async function cgroupsOf(name: string): Promise<string[]> {
  const hierarchies = await readdir(cgroupRoot, { withFileTypes: true }).catch(() => []);
  const folders = hierarchies.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const candidates = ["", ...folders].map((hierarchy) => join(cgroupRoot, hierarchy, name));
  const there = await Promise.all(candidates.map((path) => stat(path).then(Boolean, () => false)));
  return candidates.filter((_, index) => there[index]);
}

async function foldersBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
}

/** Ends every process of the host and waits until none is left. Its mounts vanish with them. */
export async function endProcesses(namespace: string): Promise<void> {
  const deadline = Date.now() + timeLimitMs;
  for (;;) {
    const pids = await processesOf(namespace);
    if (pids.length === 0) return;
    if (Date.now() > deadline)
      throw new TareError(
        "TIME_LIMIT",
        `Processes of the demo lab's host ${namespace} do not end: ${pids.join(", ")}. Try again in a moment.`,
      );
    for (const pid of pids) kill(pid);
    await sleep(10);
  }
}

/** This machine's id of process 1 of the host in this namespace; undefined where it does not run. */
export async function firstProcessOf(namespace: string): Promise<number | undefined> {
  for (const pid of await processesOf(namespace))
    if (innerPid(await readText(`/proc/${pid}/status`)) === "1") return pid;
  return undefined;
}

/** Process id as the host's own processes see it. */
function innerPid(status: string): string | undefined {
  return /^NSpid:.*\s(\d+)$/m.exec(status)?.[1];
}

/** Ends the processes that serve SSH sessions on a host; its listening sshd and all jobs stay. Returns how many there were. */
export async function killSshSessions(namespace: string): Promise<number> {
  let count = 0;
  for (const pid of await processesOf(namespace)) {
    const status = await readText(`/proc/${pid}/status`);
    if (!/^Name:\s+sshd/m.test(status) || innerPid(status) === "1") continue;
    kill(pid);
    count += 1;
  }
  return count;
}

/** Start time of a process in clock ticks since boot, which with its id names it for good; undefined where it is gone. */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  const text = await readText(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || text === "" ? undefined : fields[19];
}

/** This machine's id of process 1 of a host, once it is there: the child of the `unshare` that was started. */
export async function firstChildOf(pid: number): Promise<number | undefined> {
  const children = await readText(`/proc/${pid}/task/${pid}/children`);
  const first = children.trim().split(" ")[0];
  return first === undefined || first === "" ? undefined : Number(first);
}

async function allProcesses(): Promise<number[]> {
  return (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
}

/** A process may end while it is looked at; then there is nothing to read. */
async function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
