// Facts of a machine as groups of labelled lines, for people.
import type { Facts } from "#shared/model/facts.ts";
import { bytesText, countText } from "./quantity.ts";

export interface FactGroup {
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly value: string }[];
}

type Line = FactGroup["lines"][number];

const absent = "not available";
const line = (label: string, value: string | number | boolean | null): Line => ({
  label,
  value:
    value === null || value === "" ? absent : value === true ? "yes" : value === false ? "no" : String(value),
});

export function factGroups(facts: Facts): readonly FactGroup[] {
  return [
    { title: "System", lines: systemLines(facts) },
    { title: "CPU", lines: cpuLines(facts) },
    { title: "Mitigations", lines: entries(facts.cpu.mitigations) },
    { title: "Memory", lines: memoryLines(facts) },
    { title: "Network interfaces", lines: facts.nics.map(nicLine) },
    { title: "Block devices", lines: facts.blocks.map(blockLine) },
    { title: "Virtualization", lines: virtualizationLines(facts) },
    { title: "Tools", lines: entries(facts.tools) },
    { title: "Kernel parameters", lines: entries(facts.sysctls) },
  ].filter(({ lines }) => lines.length > 0);
}

function entries(record: Readonly<Record<string, string | null>>): readonly Line[] {
  return Object.entries(record).map(([label, value]) => line(label, value ?? "missing"));
}

function systemLines(facts: Facts): readonly Line[] {
  return [
    line("Host name", facts.hostname),
    line("Operating system", facts.os),
    line("Kernel", facts.kernel.release),
    line("Kernel command line", facts.kernel.commandLine),
    line("Clock source", facts.clockSource),
    line("Control groups", facts.cgroup),
    line("Init", facts.init),
    line(
      "Account",
      `${facts.root.user} (uid ${facts.root.uid})${facts.root.sudo ? ", sudo without password" : ""}`,
    ),
    line("Free where Tare keeps files", bytesText(facts.freeBytes)),
    line("Boot id", facts.bootId),
  ];
}

function cpuLines({ cpu }: Facts): readonly Line[] {
  const frequency = cpu.frequencyKhz;
  return [
    line("Model", cpu.model),
    line(
      "Layout",
      `${countText(cpu.sockets, "socket")}, ${countText(cpu.cores, "core")}, ${countText(cpu.threads, "thread")}`,
    ),
    line("Online", cpu.online),
    line("Isolated", cpu.isolated),
    line("Simultaneous multithreading", cpu.smt),
    line("Microcode", cpu.microcode),
    line("Frequency driver", cpu.frequencyDriver),
    line("Governor", cpu.governor),
    line(
      "Frequency limits",
      frequency === null ? null : `${frequency.min / 1e6} to ${frequency.max / 1e6} GHz`,
    ),
    line("Turbo", cpu.turbo === null ? null : cpu.turbo ? "on" : "off"),
    line("Hypervisor", cpu.hypervisor ?? "none seen"),
    ...cpu.caches.map((cache) =>
      line(
        `L${cache.level} ${cache.type.toLowerCase()}`,
        `${bytesText(cache.sizeBytes)}, ${countText(cache.instances, "instance")}`,
      ),
    ),
    line("Flags", cpu.flags.join(" ")),
  ];
}

function memoryLines({ memory }: Facts): readonly Line[] {
  return [
    line("Total", bytesText(memory.totalBytes)),
    line("Available", bytesText(memory.availableBytes)),
    line("Swap used", `${bytesText(memory.swapUsedBytes)} of ${bytesText(memory.swapTotalBytes)}`),
    line(
      "Transparent huge pages",
      memory.thp === null ? null : `${memory.thp.enabled}, defrag ${memory.thp.defrag}`,
    ),
    ...memory.hugePages.map(({ sizeBytes, node, total, free }) =>
      line(
        `Huge pages ${bytesText(sizeBytes)}${node === null ? "" : `, node ${node}`}`,
        `${total} reserved, ${free} free`,
      ),
    ),
    ...memory.nodes.map(({ node, cpus, totalBytes, freeBytes }) =>
      line(`NUMA node ${node}`, `CPUs ${cpus}, ${bytesText(totalBytes)}, ${bytesText(freeBytes)} free`),
    ),
  ];
}

function nicLine(nic: Facts["nics"][number]): Line {
  const parts = [
    nic.up ? "up" : "down",
    nic.speedMbps === null ? "speed not reported" : `${nic.speedMbps} Mb/s`,
    `MTU ${nic.mtu}`,
    nic.driver ?? "driver not reported",
    `queues ${nic.queues.rx} rx, ${nic.queues.tx} tx`,
    ...nic.addresses,
    ...(nic.node === null ? [] : [`NUMA node ${nic.node}`]),
    ...(nic.master === null ? [] : [`in bridge ${nic.master}`]),
    ...(nic.offloads.length === 0 ? [] : [`offloads: ${nic.offloads.join(" ")}`]),
  ];
  return line(nic.name, parts.join(" · "));
}

function blockLine(block: Facts["blocks"][number]): Line {
  const parts = [
    bytesText(block.sizeBytes),
    block.model,
    block.serial === null ? null : `serial ${block.serial}`,
    block.rotational ? "rotational" : "not rotational",
    block.scheduler === null ? null : `scheduler ${block.scheduler}`,
    block.fileSystem,
    block.mounts.length === 0 ? null : `mounted at ${block.mounts.join(", ")}`,
    block.holders.length === 0 ? null : `held by ${block.holders.join(", ")}`,
  ];
  return line(block.name, parts.filter((part) => part !== null).join(" · "));
}

function virtualizationLines(facts: Facts): readonly Line[] {
  const { docker, libvirt, kvm } = facts;
  const usable = kvm.usable === null ? "not tried yet" : kvm.usable ? "usable" : "not usable";
  return [
    line(
      "Docker",
      docker === null
        ? null
        : `${docker.version}, ${docker.storageDriver}, ${docker.running ? "running" : "not running"}`,
    ),
    line(
      "libvirt",
      libvirt === null ? null : `${libvirt.version}, ${libvirt.running ? "running" : "not running"}`,
    ),
    line("QEMU", facts.qemu),
    line("/dev/kvm", kvm.present ? `${usable}: ${kvm.reason}` : `absent: ${kvm.reason}`),
    line("vhost-net", facts.vhostNet),
  ];
}
