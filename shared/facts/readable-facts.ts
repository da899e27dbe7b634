// Facts as groups of labelled rows, for the window and the command line.
import type { Facts } from "../model/facts.ts";
import { readableNic, readableBlock } from "./readable-devices.ts";
import { count, type FactGroup, type FactRow, row, sizeText } from "./readable-row.ts";

/** Groups in the order in which they are read; every value carries its unit. */
export function readableFacts(facts: Facts): FactGroup[] {
  return [
    { title: "System", rows: systemRows(facts) },
    { title: "Processor", rows: processorRows(facts.cpu) },
    { title: "Frequency", rows: frequencyRows(facts.cpu) },
    {
      title: "Mitigations",
      rows: Object.entries(facts.cpu.mitigations).map(([name, value]) => row(name, value)),
    },
    { title: "Memory", rows: memoryRows(facts.memory) },
    ...facts.nics.filter(({ name }) => name !== "lo").map(readableNic),
    ...facts.blocks.map(readableBlock),
    { title: "Virtualisation", rows: virtualisationRows(facts) },
    {
      title: "Tools",
      rows: Object.entries(facts.tools).map(([name, version]) => row(name, version ?? "not installed")),
    },
    {
      title: "Kernel settings",
      rows: Object.entries(facts.sysctls).map(([name, value]) => row(name, value)),
    },
  ].filter(({ rows }) => rows.length > 0);
}

function systemRows(facts: Facts): FactRow[] {
  const { user, uid, sudo } = facts.root;
  return [
    row("Host name", facts.hostname),
    ...(facts.container === null ? [] : [row("Container", facts.container)]),
    row("System", facts.os),
    row("Kernel", facts.kernel.release, facts.kernel.version),
    row("Kernel command line", facts.kernel.commandLine),
    row("Clock source", facts.clockSource ?? "not told"),
    row("Control groups", facts.cgroup),
    row("First process", facts.init),
    row("Account", `${user} (uid ${uid})`, uid === 0 ? "root" : sudo ? "root through sudo -n" : "no root"),
    row("Free disk space", sizeText(facts.freeBytes), "where Tare keeps its files"),
    row("Boot id", facts.bootId),
    row("Probed at", facts.takenAt),
  ];
}

function processorRows(cpu: Facts["cpu"]): FactRow[] {
  return [
    row("Model", cpu.model, cpu.vendor),
    row("Architecture", cpu.architecture),
    row("Hypervisor", cpu.hypervisor ?? "none seen"),
    row(
      "Topology",
      [count(cpu.sockets, "socket"), count(cpu.cores, "core"), count(cpu.threads, "thread")].join(", "),
    ),
    row("CPUs online", cpu.online),
    ...(cpu.allowed === undefined || cpu.allowed === cpu.online
      ? []
      : [row("CPUs allowed", cpu.allowed, "the probe's own CPU set")]),
    row("CPUs isolated", cpu.isolated ?? "none"),
    row("SMT control", cpu.smt ?? "not offered"),
    row(
      "Microcode",
      cpu.microcode ?? "not told",
      cpu.microcode?.includes(",") === true ? "differs between CPUs" : "",
    ),
    ...cpu.caches.map((cache) =>
      row(
        `Cache L${cache.level}${{ Data: "d", Instruction: "i", Unified: "" }[cache.type]}`,
        `${sizeText(cache.sizeBytes)} × ${cache.instances}`,
        `one is shared by CPUs ${cache.sharedBy}`,
      ),
    ),
    row("Flags", cpu.flags.join(" ")),
  ];
}

function frequencyRows(cpu: Facts["cpu"]): FactRow[] {
  if (cpu.frequencyDriver === null && cpu.governor === null) {
    return [row("Frequency scaling", "not offered", "the machine has no cpufreq")];
  }
  const limits = cpu.frequencyKhz;
  return [
    row("Driver", cpu.frequencyDriver ?? "not told"),
    row(
      "Governor",
      cpu.governor ?? "not told",
      cpu.governor?.includes(",") === true ? "differs between CPUs" : "",
    ),
    row(
      "Limits",
      limits === null
        ? "not told"
        : `${(limits.min / 1e6).toFixed(2)} to ${(limits.max / 1e6).toFixed(2)} GHz`,
    ),
    row("Turbo", cpu.turbo === null ? "not told" : cpu.turbo ? "on" : "off"),
  ];
}

function memoryRows(memory: Facts["memory"]): FactRow[] {
  return [
    row("Total", sizeText(memory.totalBytes), `${sizeText(memory.availableBytes)} available`),
    row("Swap", sizeText(memory.swapTotalBytes), `${sizeText(memory.swapUsedBytes)} used`),
    ...memory.nodes.map((node) =>
      row(
        `NUMA node ${node.node}`,
        sizeText(node.totalBytes),
        `CPUs ${node.cpus || "none"}, ${sizeText(node.freeBytes)} free${node.free2M === undefined ? "" : `, ${node.free2M} pages of 2 MiB in one piece`}`,
      ),
    ),
    row(
      "Transparent huge pages",
      memory.thp?.enabled ?? "not offered",
      memory.thp === null ? "" : `defrag ${memory.thp.defrag}`,
    ),
    ...memory.hugePages.map((pages) =>
      row(
        `Huge pages ${sizeText(pages.sizeBytes)}${pages.node === null ? "" : `, node ${pages.node}`}`,
        `${pages.total} reserved`,
        `${pages.free} free`,
      ),
    ),
  ];
}

function virtualisationRows(facts: Facts): FactRow[] {
  const { docker, libvirt, kvm } = facts;
  const proxy = { true: "userland proxy on", false: "userland proxy off", null: "userland proxy not told" };
  return [
    docker === null
      ? row("Docker", "not installed")
      : row(
          "Docker",
          docker.version,
          docker.running
            ? `running, storage ${docker.storageDriver}, cgroup driver ${docker.cgroupDriver ?? "not told"}, ${proxy[`${docker.userlandProxy}`]}`
            : "not running",
        ),
    libvirt === null
      ? row("libvirt", "not installed")
      : row("libvirt", libvirt.version, libvirt.running ? "running" : "not running"),
    row("QEMU", facts.qemu ?? "not installed"),
    row("KVM", kvm.usable === null ? "not tried" : kvm.usable ? "usable" : "not usable", kvm.reason),
    row("vhost-net", facts.vhostNet ? "/dev/vhost-net exists" : "not offered"),
  ];
}
