// The processor part of the facts: model, topology, caches, frequency, mitigations.
import type { Facts } from "../model/facts.ts";
import { formatCpuList, parseCpuList } from "./cpu-list.ts";
import { keyedLines, type ProbeText, wholeNumber } from "./probe-text.ts";

type CpuFacts = Facts["cpu"];

const cpus = "/sys/devices/system/cpu";

export function readCpu(probe: ProbeText): CpuFacts {
  const cpuinfo = probe.file("/proc/cpuinfo") ?? "";
  const info = keyedLines(cpuinfo);
  const topology = readTopology(probe);
  const status = keyedLines(probe.file("/proc/self/status"));
  return {
    model: modelName(info),
    vendor: info.get("vendor_id") ?? armVendor(info.get("CPU implementer")) ?? "unknown",
    architecture: probe.meta("architecture") ?? probe.value("/proc/sys/kernel/arch") ?? "unknown",
    flags: (info.get("flags") ?? info.get("Features") ?? "").split(/\s+/).filter((flag) => flag !== ""),
    microcode: allValues(cpuinfo, "microcode"),
    sockets: new Set(topology.map(({ socket }) => socket)).size,
    cores: new Set(topology.map(({ core }) => core)).size,
    threads: topology.length || processors(cpuinfo).length,
    online: probe.value(`${cpus}/online`) ?? formatCpuList(processors(cpuinfo)),
    ...optional("allowed", status.get("Cpus_allowed_list")),
    isolated: probe.value(`${cpus}/isolated`),
    topology,
    caches: readCaches(probe),
    smt: probe.value(`${cpus}/smt/control`),
    mitigations: Object.fromEntries(
      probe
        .files(/^\/sys\/devices\/system\/cpu\/vulnerabilities\/(.+)$/)
        .map(({ groups: [name = ""], value }) => [name, value]),
    ),
    ...readFrequency(probe),
    hypervisor: readHypervisor(probe, info),
  };
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}

function processors(cpuinfo: string): number[] {
  return [...cpuinfo.matchAll(/^processor\s*:\s*(\d{1,5})$/gm)].map((match) => Number(match[1]));
}

/** All distinct values of a key, in case the CPUs differ. */
function allValues(cpuinfo: string, key: string): string | null {
  const values = [...cpuinfo.matchAll(/^([^:\n]+?)\s*:[ \t]*(.*)$/gm)]
    .filter((match) => match[1] === key && match[2] !== "")
    .map((match) => match[2]);
  return values.length === 0 ? null : [...new Set(values)].join(", ");
}

// Names of MIDR implementers and parts of servers; from the kernel's arch/arm64/include/asm/cputype.h.
const armImplementers: Record<string, string> = {
  "0x41": "ARM",
  "0x46": "Fujitsu",
  "0x48": "HiSilicon",
  "0x4e": "NVIDIA",
  "0x51": "Qualcomm",
  "0x61": "Apple",
  "0x6d": "Microsoft",
  "0xc0": "Ampere",
};
const armParts: Record<string, string> = {
  "0x41/0xd03": "Cortex-A53",
  "0x41/0xd08": "Cortex-A72",
  "0x41/0xd0b": "Cortex-A76",
  "0x41/0xd0c": "Neoverse-N1",
  "0x41/0xd40": "Neoverse-V1",
  "0x41/0xd49": "Neoverse-N2",
  "0x41/0xd4f": "Neoverse-V2",
  "0x48/0xd01": "TaiShan v110",
  "0xc0/0xac3": "Ampere-1",
  "0xc0/0xac4": "Ampere-1a",
};

function armVendor(implementer: string | undefined): string | null {
  return implementer === undefined ? null : (armImplementers[implementer] ?? `implementer ${implementer}`);
}

function modelName(info: ReadonlyMap<string, string>): string {
  const named = info.get("model name");
  if (named !== undefined && named !== "") return named;
  const implementer = info.get("CPU implementer");
  const part = info.get("CPU part");
  if (implementer === undefined || part === undefined) return "unknown";
  const name = armParts[`${implementer}/${part}`] ?? `part ${part}`;
  return `${armVendor(implementer)} ${name}`;
}

function readTopology(probe: ProbeText): CpuFacts["topology"] {
  const nodeOf = new Map<number, number>();
  for (const { groups, value } of probe.files(/^\/sys\/devices\/system\/node\/node(\d+)\/cpulist$/))
    for (const cpu of parseCpuList(value) ?? []) nodeOf.set(cpu, Number(groups[0]));

  const listed = probe
    .files(/^\/sys\/devices\/system\/cpu\/cpu(\d+)\/topology\/core_id$/)
    .map(({ groups, value }) => ({ cpu: Number(groups[0]), coreId: value }))
    .sort((a, b) => a.cpu - b.cpu);
  // core_id repeats between sockets and dies; the set of sibling threads is what makes a core.
  const coreNumbers = new Map<string, number>();
  return listed.map(({ cpu, coreId }) => {
    const folder = `${cpus}/cpu${cpu}`;
    // Arm firmware without a topology table says -1: one socket.
    const socket = probe.number(`${folder}/topology/physical_package_id`) ?? 0;
    const key = probe.value(`${folder}/topology/thread_siblings_list`) ?? `${socket}/${coreId}/${cpu}`;
    const core = coreNumbers.get(key) ?? coreNumbers.size;
    coreNumbers.set(key, core);
    const l3 = cacheFolders(probe, folder).find((cache) => probe.value(`${cache}/level`) === "3");
    return {
      cpu,
      core,
      socket,
      node: nodeOf.get(cpu) ?? 0,
      l3: l3 === undefined ? null : probe.value(`${l3}/shared_cpu_list`),
    };
  });
}

function cacheFolders(probe: ProbeText, cpuFolder: string): string[] {
  // Six levels are more than any CPU has; asking by path is cheaper than matching all files for each CPU.
  return [0, 1, 2, 3, 4, 5]
    .map((index) => `${cpuFolder}/cache/index${index}`)
    .filter((folder) => probe.value(`${folder}/level`) !== null);
}

function readCaches(probe: ProbeText): CpuFacts["caches"] {
  const found = new Map<
    string,
    { cache: Omit<CpuFacts["caches"][number], "instances">; shared: Set<string> }
  >();
  for (const { groups, value } of probe.files(
    /^(\/sys\/devices\/system\/cpu\/cpu(\d+)\/cache\/index\d+)\/level$/,
  )) {
    const folder = groups[0] ?? "";
    const level = wholeNumber(value);
    const type = (["Data", "Instruction", "Unified"] as const).find(
      (t) => t === probe.value(`${folder}/type`),
    );
    const sizeBytes = cacheSize(probe.value(`${folder}/size`));
    if (level === null || type === undefined || sizeBytes === null) continue;
    const sharedBy = probe.value(`${folder}/shared_cpu_list`) ?? groups[1] ?? "";
    const key = `${level} ${type} ${sizeBytes}`;
    const entry = found.get(key) ?? { cache: { level, type, sizeBytes, sharedBy }, shared: new Set() };
    entry.shared.add(sharedBy);
    found.set(key, entry);
  }
  return [...found.values()]
    .map(({ cache, shared }) => Object.assign(cache, { instances: shared.size }))
    .sort((a, b) => a.level - b.level || a.type.localeCompare(b.type));
}

function cacheSize(text: string | null): number | null {
  const match = /^(\d{1,9})([KMG]?)$/.exec(text ?? "");
  if (match === null) return null;
  return Number(match[1]) * ({ K: 1024, M: 1024 ** 2, G: 1024 ** 3 }[match[2] ?? ""] ?? 1);
}

function readFrequency(
  probe: ProbeText,
): Pick<CpuFacts, "governor" | "frequencyDriver" | "frequencyKhz" | "turbo"> {
  const policies = (attribute: string) =>
    probe
      .files(new RegExp(`^/sys/devices/system/cpu/cpufreq/policy\\d+/${attribute}$`))
      .map(({ value }) => value);
  const common = (attribute: string) => [...new Set(policies(attribute))].sort().join(", ") || null;
  const numbers = (attribute: string) =>
    policies(attribute)
      .map(wholeNumber)
      .filter((number) => number !== null);
  const lowest = numbers("scaling_min_freq");
  const highest = numbers("scaling_max_freq");
  return {
    governor: common("scaling_governor"),
    frequencyDriver: common("scaling_driver"),
    frequencyKhz:
      lowest.length === 0 || highest.length === 0
        ? null
        : { min: Math.min(...lowest), max: Math.max(...highest) },
    turbo: readTurbo(probe, policies("boost")),
  };
}

function readTurbo(probe: ProbeText, policyBoost: readonly string[]): boolean | null {
  const noTurbo = probe.value(`${cpus}/intel_pstate/no_turbo`);
  if (noTurbo !== null) return noTurbo === "0";
  const boost = probe.value(`${cpus}/cpufreq/boost`);
  if (boost !== null) return boost === "1";
  return policyBoost.length === 0 ? null : policyBoost.some((value) => value === "1");
}

function readHypervisor(probe: ProbeText, info: ReadonlyMap<string, string>): string | null {
  const named = keyedLines(probe.command("lscpu")).get("Hypervisor vendor");
  if (named !== undefined && named !== "") return named;
  const xen = probe.value("/sys/hypervisor/type");
  if (xen !== null) return xen;
  const product = [
    probe.value("/sys/class/dmi/id/sys_vendor"),
    probe.value("/sys/class/dmi/id/product_name"),
  ].filter((text) => text !== null);
  const known = product.find((text) => /qemu|kvm|vmware|virtualbox|virtual machine|bochs|xen/i.test(text));
  if (known !== undefined) return known;
  return /(^|\s)hypervisor(\s|$)/.test(info.get("flags") ?? "") ? "unknown" : null;
}
