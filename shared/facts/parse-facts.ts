// From what assets/host/facts.sh printed to the facts of a machine.
import { type Facts, factsSchema } from "../model/facts.ts";
import type { Machine } from "../model/lab.ts";
import { readBlocks } from "./block-facts.ts";
import { readCpu } from "./cpu-facts.ts";
import { parseCpuList } from "./cpu-list.ts";
import { readMemory } from "./memory-facts.ts";
import { readNics } from "./nic-facts.ts";
import { keyedLines, type ProbeText, readProbeText, unreadable, wholeNumber } from "./probe-text.ts";
import {
  readDocker,
  readIrqbalance,
  readKvm,
  readLibvirt,
  readLimits,
  readQemu,
  readSysctls,
  readTools,
} from "./software-facts.ts";

/**
 * Facts of the machine that printed `text`. What the machine does not offer is null, empty or absent.
 * Throws TareError OUTPUT_UNREADABLE where the text is cut, damaged, or lacks what every Linux has
 * (kernel release, boot id, memory, CPUs, the machine's own time).
 */
export function parseFacts(text: string, of: { machine: Machine; container?: string }): Facts {
  const probe = readProbeText(text);
  const cpu = readCpu(probe);
  if ((parseCpuList(cpu.online) ?? []).length === 0) throw unreadable("no CPU is online in it", cpu.online);
  const parsed = factsSchema.safeParse({
    machine: of.machine,
    container: of.container ?? null,
    takenAt: required(takenAt(probe), "the time"),
    hostname: probe.value("/proc/sys/kernel/hostname") ?? "unknown",
    bootId: required(probe.value("/proc/sys/kernel/random/boot_id"), "the boot id"),
    os: osName(probe),
    kernel: {
      release: required(probe.value("/proc/sys/kernel/osrelease"), "the kernel's release"),
      version: probe.value("/proc/sys/kernel/version") ?? "",
      commandLine: probe.value("/proc/cmdline") ?? "",
    },
    clockSource: probe.value("/sys/devices/system/clocksource/clocksource0/current_clocksource"),
    cgroup: cgroupVersion(probe),
    init: probe.value("/proc/1/comm") ?? "unknown",
    cpu,
    memory: readMemory(probe),
    nics: readNics(probe),
    sysctls: readSysctls(probe),
    blocks: readBlocks(probe),
    docker: readDocker(probe),
    libvirt: readLibvirt(probe),
    qemu: readQemu(probe),
    kvm: readKvm(probe),
    vhostNet: probe.exists("/dev/vhost-net"),
    irqbalance: readIrqbalance(probe),
    ...readLimits(probe),
    cHeaders: probe.exists("/usr/include/stdlib.h"),
    tools: readTools(probe),
    root: {
      user: probe.meta("user") ?? "unknown",
      uid: accountNumber(probe),
      sudo: probe.meta("sudo") === "yes",
    },
    freeBytes: freeBytes(probe),
  } satisfies Facts);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw unreadable(`${issue?.path.join(".")} is wrong`, issue?.message ?? "");
}

function required(value: string | null, what: string): string {
  if (value === null || value === "") throw unreadable(`${what} is missing`, "");
  return value;
}

/** Without the program date, from boot time and uptime; bounded, so that the number is a date. */
function takenAt(probe: ProbeText): string | null {
  const seconds = wholeNumber(probe.meta("takenAtSeconds"));
  if (seconds === null || seconds > 253_402_300_799) return probe.meta("takenAt");
  return new Date(seconds * 1000).toISOString();
}

/** Without the program id, what the kernel says of the probe itself; nobody's number never passes for root. */
function accountNumber(probe: ProbeText): number {
  const own = keyedLines(probe.file("/proc/self/status")).get("Uid")?.split(/\s/)[0];
  return wholeNumber(probe.meta("uid")) ?? wholeNumber(own) ?? 65_534;
}

function osName(probe: ProbeText): string {
  const name = keyedLines(probe.file("/etc/os-release"), "=").get("PRETTY_NAME") ?? "";
  return name.replace(/^(["'])(.*)\1$/, "$2") || "unknown";
}

/** By what is mounted: only cgroup2, only v1 hierarchies, or both. */
function cgroupVersion(probe: ProbeText): Facts["cgroup"] {
  const types = new Set(
    [...(probe.file("/proc/self/mountinfo") ?? "").matchAll(/ - (cgroup2?) /g)].map((match) => match[1]),
  );
  if (types.has("cgroup")) return types.has("cgroup2") ? "hybrid" : "v1";
  return types.has("cgroup2") ? "v2" : "none";
}

/** `df -Pk`: the fourth column from the mount point's side, because a source may hold spaces. */
function freeBytes(probe: ProbeText): number {
  const match = /(\d+)\s+\d+%\s+\/.*$/.exec(probe.command("df") ?? "");
  return (wholeNumber(match?.[1]) ?? 0) * 1024;
}
