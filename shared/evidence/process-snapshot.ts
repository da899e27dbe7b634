// The processes of a snapshot: where they may run, what memory they have, which files and namespaces they use.
import { keyedLines, type ProbeText, wholeNumber } from "../facts/probe-text.ts";

export interface ProcessSnapshot {
  readonly pid: number;
  /** The kernel keeps 15 characters. */
  readonly name: string;
  readonly arguments: readonly string[];
  readonly threads: readonly ThreadSnapshot[];
  /** NUMA nodes that it may take memory from, as a list. */
  readonly allowedNodes: string | null;
  /** Memory policy as numa_maps prints it: `default`, `local`, `bind:0`, `interleave:0-1`. */
  readonly policy: string | null;
  readonly memory: ProcessMemory;
  readonly networkNamespace: string | null;
  readonly cgroup: string | null;
  /** What is mounted at `/` and at `/data`, as the process sees it; null where that could not be read. */
  readonly mounts: { readonly root: Mount; readonly data: Mount | null } | null;
  readonly files: readonly OpenFile[];
}

interface ProcessMemory {
  readonly residentKib: number;
  readonly anonymousKib: number;
  /** From reserved huge pages. */
  readonly hugetlbKib: number;
  readonly lockedKib: number;
  readonly swappedKib: number;
  /** Of the anonymous memory, what lies in transparent huge pages; both as one walk through the process found them. */
  readonly walked: { readonly anonymousKib: number; readonly hugeKib: number } | null;
  /** Resident memory by node; empty where it was not counted (one node, or too large). */
  readonly nodes: ReadonlyMap<number, number>;
}

export interface ThreadSnapshot {
  readonly id: number;
  readonly name: string;
  readonly allowedCpus: string | null;
  readonly lastCpu: number | null;
  /** Since its start: share of the time in which it ran or waited for a CPU, 0 to 1; null where the kernel does not count. */
  readonly demand: number | null;
}

export interface Mount {
  /** Folder of the file system that is mounted. */
  readonly root: string;
  readonly type: string;
  readonly source: string;
}

interface OpenFile {
  readonly descriptor: number;
  /** Path, or what the kernel calls it; null where only the device is known. */
  readonly target: string | null;
  /** As open(2) was asked; null where it could not be read. */
  readonly flags: number | null;
  /** Of a block device: `<major>:<minor>` in hexadecimal. */
  readonly device: string | null;
}

/** Processes in the order in which they were looked at; what of them ended meanwhile is left out or null. */
export function readProcesses(probe: ProbeText): ProcessSnapshot[] {
  const pids = (probe.meta("chosen") ?? "").split(" ").filter((pid) => /^\d{1,10}$/.test(pid));
  const threads = readThreads(probe);
  const files = readFiles(probe);
  const resident = readResident(probe);
  return pids.flatMap((pid) => {
    const status = keyedLines(probe.file(`/proc/${pid}/status`));
    const name = status.get("Name");
    if (name === undefined) return [];
    const kib = (key: string, of = status) => wholeNumber(/^(\d+) kB$/.exec(of.get(key) ?? "")?.[1]) ?? 0;
    const rollup = keyedLines(probe.file(`/proc/${pid}/smaps_rollup`));
    return [
      {
        pid: Number(pid),
        name,
        arguments: (probe.file(`/proc/${pid}/cmdline`) ?? "").split("\n"),
        threads: threads.get(pid) ?? [],
        allowedNodes: status.get("Mems_allowed_list") ?? null,
        policy: /^[0-9a-f]+ (\S+)/.exec(probe.file(`/proc/${pid}/numa_maps`) ?? "")?.[1] ?? null,
        memory: {
          residentKib: kib("VmRSS"),
          anonymousKib: kib("RssAnon"),
          hugetlbKib: kib("HugetlbPages"),
          lockedKib: kib("VmLck"),
          swappedKib: kib("VmSwap"),
          walked: rollup.has("Anonymous")
            ? { anonymousKib: kib("Anonymous", rollup), hugeKib: kib("AnonHugePages", rollup) }
            : null,
          nodes: resident.get(pid) ?? new Map<number, number>(),
        },
        networkNamespace: probe.link(`/proc/${pid}/ns/net`),
        cgroup: probe.file(`/proc/${pid}/cgroup`),
        mounts: readMounts(probe.file(`/proc/${pid}/mountinfo`)),
        files: files.get(pid) ?? [],
      },
    ];
  });
}

/** Clock ticks a second in which /proc tells times: USER_HZ, 100 on every architecture that Linux still builds for. */
const ticksPerSecond = 100;

function readThreads(probe: ProbeText): Map<string, ThreadSnapshot[]> {
  const uptime = Number.parseFloat(probe.meta("looked") ?? "");
  const threads = new Map<string, ThreadSnapshot[]>();
  for (const { groups, value } of probe.files(/^\/proc\/(\d+)\/task\/(\d+)\/stat$/)) {
    const [pid = "", id = ""] = groups;
    const match = /^\d+ \((.*)\) (\S .*)$/s.exec(value);
    if (match === null) continue;
    // Numbered as in proc(5), where the state is field 3.
    const field = (number: number) => wholeNumber(match[2]?.split(" ")[number - 3]);
    const folder = `/proc/${pid}/task/${id}`;
    const thread = {
      id: Number(id),
      name: match[1] ?? "",
      allowedCpus: keyedLines(probe.file(`${folder}/status`)).get("Cpus_allowed_list") ?? null,
      lastCpu: field(39),
      demand: demandOf(probe.value(`${folder}/schedstat`), field(22), uptime),
    };
    threads.set(pid, [...(threads.get(pid) ?? []), thread]);
  }
  return threads;
}

/** schedstat: nanoseconds on a CPU, nanoseconds waiting for one, time slices. */
function demandOf(schedstat: string | null, startTicks: number | null, uptime: number): number | null {
  const match = /^(\d{1,18}) (\d{1,18}) \d+$/.exec(schedstat ?? "");
  if (match === null || startTicks === null) return null;
  const seconds = uptime - startTicks / ticksPerSecond;
  // The start is known to a tick, which must not weigh.
  if (!(seconds >= 20 / ticksPerSecond)) return null;
  return Math.min(1, (Number(match[1]) + Number(match[2])) / 1e9 / seconds);
}

function readFiles(probe: ProbeText): Map<string, OpenFile[]> {
  const devices = new Map(
    [
      ...(probe.command("blocks") ?? "").matchAll(
        /^(\/proc\/\d+\/fd\/\d+) block special file ([0-9a-f]+:[0-9a-f]+)$/gm,
      ),
    ].map((match) => [match[1] ?? "", match[2] ?? ""]),
  );
  const files = new Map<string, OpenFile[]>();
  for (const { groups, value } of probe.files(/^\/proc\/(\d+)\/fdinfo\/(\d+)$/)) {
    const [pid = "", descriptor = ""] = groups;
    const path = `/proc/${pid}/fd/${descriptor}`;
    const flags = /^flags:\s*([0-7]{1,12})$/m.exec(value)?.[1];
    const file = {
      descriptor: Number(descriptor),
      target: probe.link(path),
      flags: flags === undefined ? null : Number.parseInt(flags, 8),
      device: devices.get(path) ?? null,
    };
    files.set(pid, [...(files.get(pid) ?? []), file]);
  }
  return files;
}

function readResident(probe: ProbeText): Map<string, Map<number, number>> {
  const resident = new Map<string, Map<number, number>>();
  for (const pid of (probe.meta("chosen") ?? "").split(" ")) {
    const lines = [...(probe.command(`resident ${pid}`) ?? "").matchAll(/^(\d{1,4}) (\d{1,15})$/gm)];
    if (lines.length > 0) resident.set(pid, new Map(lines.map((line) => [Number(line[1]), Number(line[2])])));
  }
  return resident;
}

/** A line of mountinfo: ids, device, root, mount point, options, optional fields, "-", type, source. The last mount counts. */
function readMounts(text: string | null): ProcessSnapshot["mounts"] {
  const at = (point: string): Mount | null => {
    const lines = (text ?? "").split("\n").filter((line) => line.split(" ")[4] === point);
    const [, root, type, source] = /^\S+ \S+ \S+ (\S+) \S+ .*? - (\S+) (\S+)/.exec(lines.at(-1) ?? "") ?? [];
    return root === undefined || type === undefined || source === undefined ? null : { root, type, source };
  };
  const root = at("/");
  return root === null ? null : { root, data: at("/data") };
}
