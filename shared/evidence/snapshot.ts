// A snapshot of a machine as assets/host/evidence.sh printed it. Reading one never throws: what cannot be read says why.
import { parseCpuList } from "../facts/cpu-list.ts";
import { type ProbeText, readProbeText, wholeNumber } from "../facts/probe-text.ts";
import { TareError } from "../model/error.ts";
import { type ProcessSnapshot, readProcesses } from "./process-snapshot.ts";

export interface Snapshot {
  /** Since the machine's boot. */
  readonly uptimeSeconds: number;
  /** How long it took to look, s. */
  readonly tookSeconds: number;
  /** Clock ticks by mode, in the order of /proc/stat, from `user` to `steal`, since boot. */
  readonly cpu: readonly number[];
  readonly onlineCpus: number;
  readonly interfaces: readonly InterfaceCounts[];
  /** Pages that went to and came from swap since boot; null where the kernel does not count them. */
  readonly swappedPages: { readonly in: number; readonly out: number } | null;
  readonly swapTotalKib: number | null;
  /** Times that a CPU was slowed down for its heat, by counter; empty where the machine has no such counter. */
  readonly throttles: ReadonlyMap<string, number>;
  /** By policy; empty where the machine has no cpufreq. */
  readonly governors: ReadonlyMap<number, string>;
  /** Highest frequency that holds without turbo; null where the driver does not tell. */
  readonly baseKhz: number | null;
  readonly clockSource: string | null;
  readonly thp: string | null;
  readonly thpDefrag: string | null;
  readonly hugePages: readonly HugePagePool[];
  readonly nic: {
    readonly speedMbps: number | null;
    readonly mtu: number | null;
    readonly carrier: boolean | null;
    /** CPU lists that its interrupts may go to, by interrupt; empty where it has none of its own. */
    readonly irqs: ReadonlyMap<number, string>;
  };
  /** Network namespace of process 1: the host's own. */
  readonly networkNamespace: string | null;
  readonly processes: readonly ProcessSnapshot[];
  /** Threads that were looked at, of all that the processes have. */
  readonly threads: { readonly shown: number; readonly all: number };
  /** Device number of the block device that was asked for, as `<major>:<minor>` in hexadecimal. */
  readonly device: string | null;
  /** `ip -d link` and `ip address` inside a container's own network namespace; null where it has none. */
  readonly insideNetwork: { readonly links: string; readonly addresses: readonly string[] } | null;
  /** Command lines of Docker's userland proxies on the machine. */
  readonly proxies: readonly string[];
  /** A kernel thread of vhost that serves the guest. */
  readonly vhostThread: boolean;
}

export interface InterfaceCounts {
  readonly name: string;
  readonly receivedPackets: number;
  /** Received packets that were wrong or had no place. */
  readonly lost: number;
  readonly sentPackets: number;
}

interface HugePagePool {
  readonly sizeKib: number;
  /** Null: the whole machine. */
  readonly node: number | null;
  readonly total: number;
  readonly free: number;
}

/** Why there is no snapshot. */
export interface Missing {
  readonly missing: string;
}

export type Seen = Snapshot | Missing;

export function isMissing(seen: Seen): seen is Missing {
  return "missing" in seen;
}

/** What is kept in a snapshot's place where it could not be had; `readSnapshot` gives the reason back. */
export function failedSnapshot(reason: string): string {
  return `meta\tformat\t1\nmeta\tfailed\t${reason.replaceAll(/\s+/g, " ").trim()}\nmeta\tend\t1\n`;
}

export function readSnapshot(text: string): Seen {
  if (text === "") return { missing: "it was not looked at" };
  try {
    const probe = readProbeText(text);
    const reason = probe.meta("failed");
    return reason === null ? snapshotOf(probe) : { missing: reason };
  } catch (error) {
    if (!(error instanceof TareError)) throw error;
    return { missing: "the record of that moment cannot be read" };
  }
}

function snapshotOf(probe: ProbeText): Seen {
  const uptimeSeconds = seconds(probe.file("/proc/uptime"));
  const cpu = ticks(probe.file("/proc/stat"));
  if (uptimeSeconds === null || cpu === null)
    return { missing: "the record of that moment lacks the machine's clock or CPU time" };
  const looked = seconds(probe.meta("looked")) ?? uptimeSeconds;
  const until = seconds(probe.meta("until"));
  const carrier = firstFile(probe, /^\/sys\/class\/net\/[^/]+\/carrier$/);
  const base = probe.files(/\/policy\d+\/base_frequency$/).flatMap(({ value }) => wholeNumber(value) ?? []);
  const links = probe.command("links");
  const [, shown, all] = /^(\d+) of (\d+)$/.exec(probe.meta("threads") ?? "") ?? [];
  return {
    uptimeSeconds,
    tookSeconds: until === null ? 0 : Math.max(0, until - looked),
    cpu,
    onlineCpus: parseCpuList(probe.value("/sys/devices/system/cpu/online") ?? "")?.length ?? 0,
    interfaces: interfaces(probe.file("/proc/net/dev")),
    swappedPages: swappedPages(probe.file("/proc/vmstat")),
    swapTotalKib: wholeNumber(/^SwapTotal:\s+(\d+) kB$/m.exec(probe.file("/proc/meminfo") ?? "")?.[1]),
    throttles: new Map(
      probe
        .files(/\/(cpu\d+\/thermal_throttle\/\w+)_throttle_count$/)
        .flatMap(({ groups: [counter = ""], value }) => {
          const count = wholeNumber(value);
          return count === null ? [] : [[counter, count] as const];
        }),
    ),
    governors: new Map(
      probe
        .files(/\/policy(\d{1,5})\/scaling_governor$/)
        .map(({ groups: [policy], value }) => [Number(policy), value]),
    ),
    baseKhz: base.length === 0 ? null : Math.min(...base),
    clockSource: probe.value("/sys/devices/system/clocksource/clocksource0/current_clocksource"),
    thp: chosenMode(probe, "enabled"),
    thpDefrag: chosenMode(probe, "defrag"),
    hugePages: hugePages(probe),
    nic: {
      speedMbps: wholeNumber(firstFile(probe, /^\/sys\/class\/net\/[^/]+\/speed$/)) || null,
      mtu: wholeNumber(firstFile(probe, /^\/sys\/class\/net\/[^/]+\/mtu$/)),
      carrier: carrier === "1" ? true : carrier === "0" ? false : null,
      irqs: new Map(
        probe
          .files(/^\/proc\/irq\/(\d{1,9})\/smp_affinity_list$/)
          .map(({ groups: [irq], value }) => [Number(irq), value]),
      ),
    },
    networkNamespace: probe.link("/proc/1/ns/net"),
    processes: readProcesses(probe),
    threads: { shown: wholeNumber(shown) ?? 0, all: wholeNumber(all) ?? 0 },
    device: probe.command("device"),
    insideNetwork: links === null ? null : { links, addresses: addresses(probe.command("addresses")) },
    proxies: (probe.command("proxies") ?? "").split("\n").filter((line) => line.trim() !== ""),
    vhostThread: probe.files(/^\/proc\/\d+\/comm$/).some(({ value }) => /^vhost-\d+$/.test(value)),
  };
}

/** The word in brackets: `always defer [madvise] never`. */
function chosenMode(probe: ProbeText, file: "enabled" | "defrag"): string | null {
  return /\[([\w+]+)\]/.exec(probe.value(`/sys/kernel/mm/transparent_hugepage/${file}`) ?? "")?.[1] ?? null;
}

function firstFile(probe: ProbeText, pattern: RegExp): string | null {
  return probe.files(pattern)[0]?.value ?? null;
}

/** The first number of /proc/uptime. */
function seconds(text: string | null): number | null {
  const match = /^\d{1,11}(?:\.\d{1,9})?/.exec(text ?? "");
  return match === null ? null : Number(match[0]);
}

/** Guest time is part of user time already, so that the columns end with `steal`. */
function ticks(stat: string | null): number[] | null {
  const line = (stat ?? "").split("\n").find((each) => each.startsWith("cpu "));
  const counts = countsOf(line?.slice(4) ?? "").slice(0, 8);
  return counts.length === 8 && counts.every((count) => count !== null) ? counts : null;
}

function interfaces(text: string | null): InterfaceCounts[] {
  return (text ?? "").split("\n").flatMap((line) => {
    const at = line.indexOf(":");
    const counts = countsOf(line.slice(at + 1));
    if (at < 1 || counts.length !== 16) return [];
    const [, receivedPackets, errors, drops] = counts.map((count) => count ?? 0);
    const name = line.slice(0, at).trim();
    const lost = (errors ?? 0) + (drops ?? 0);
    return [{ name, receivedPackets: receivedPackets ?? 0, lost, sentPackets: counts[9] ?? 0 }];
  });
}

/** Columns of numbers; null for a column that is none. Split, not matched, as a pattern of columns may backtrack for ever. */
function countsOf(text: string): (number | null)[] {
  return text
    .trim()
    .split(/\s+/)
    .map((column) => wholeNumber(column));
}

function swappedPages(text: string | null): Snapshot["swappedPages"] {
  const count = (name: string) => wholeNumber(new RegExp(`^${name} (\\d+)$`, "m").exec(text ?? "")?.[1]);
  const [into, out] = [count("pswpin"), count("pswpout")];
  return into === null || out === null ? null : { in: into, out };
}

function hugePages(probe: ProbeText): HugePagePool[] {
  return probe
    .files(
      /^(\/sys\/(?:kernel\/mm|devices\/system\/node\/node(\d+))\/hugepages\/hugepages-(\d{1,9})kB)\/nr_hugepages$/,
    )
    .flatMap(({ groups: [folder = "", node, size], value }) => {
      const [total, free] = [wholeNumber(value), probe.number(`${folder}/free_hugepages`)];
      return total === null || free === null
        ? []
        : [{ sizeKib: Number(size), node: wholeNumber(node), total, free }];
    });
}

function addresses(text: string | null): string[] {
  return [...(text ?? "").matchAll(/\binet ([\d.]+)/g)].map((match) => match[1] ?? "");
}
