// What stands against the vCPUs of a guest on a SUT: their number, model, topology, cells and pins.
import type { KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { cpuListFindings, error, nodeListFindings, numbersText, warning, type Finding } from "./checks.ts";
import { flagsText, hiddenFlags, missingFlags } from "./cpu-models.ts";
import { numbersOf } from "./cpu-list.ts";
import { guestPinFindings } from "./guest-pin-checks.ts";

/** Largest number of vCPUs of a q35 machine without an IOMMU that remaps interrupts. */
const mostVcpus = 255;
/** CPU models that are none of libvirt's map. */
const modes: ReadonlySet<string> = new Set(["default", "host-model", "host-passthrough"]);

export function kvmCpuFindings(configuration: KvmConfiguration, facts: Facts): readonly Finding[] {
  const { machine, pinning } = configuration;
  const usable = numbersOf(pinning.cpus ?? facts.cpu.online).length;
  return [
    ...(machine.vcpus > mostVcpus ? [error("machine.vcpus", `A guest has at most ${mostVcpus} vCPUs.`)] : []),
    ...(machine.vcpus > usable
      ? [warning("machine.vcpus", `${machine.vcpus} vCPUs share ${usable} CPUs of ${facts.hostname}.`)]
      : []),
    ...modelFindings(configuration, facts),
    ...topologyFindings(configuration),
    ...cellFindings(configuration, facts),
    ...pinFindings(configuration, facts),
    ...guestPinFindings(configuration, facts),
  ];
}

function modelFindings({ machine }: KvmConfiguration, facts: Facts): readonly Finding[] {
  const { hostname, libvirt } = facts;
  const field = "machine.cpuModel";
  const { cpuModel, accelerator } = machine;
  const known = libvirt?.cpuModels;
  if (!modes.has(cpuModel) && known !== undefined && !known.includes(cpuModel))
    return [error(field, `libvirt on ${hostname} knows no CPU model ${cpuModel}.`)];
  // Under emulation every guest has all that the emulator can.
  if (accelerator === "tcg" || !facts.kvm.present || facts.kvm.usable === false) return [];
  const missing = missingFlags(cpuModel, facts);
  if (missing.length > 0)
    return [
      warning(
        field,
        `The CPU of ${hostname} does not have ${flagsText(missing)}, which the CPU model ${cpuModel} asks for: the guest would not start.`,
      ),
    ];
  const hidden = hiddenFlags(cpuModel, facts);
  if (hidden.length === 0) return [];
  const model = cpuModel === "default" ? "libvirt's default CPU model (qemu64)" : `The CPU model ${cpuModel}`;
  return [
    warning(field, `${model} hides from the guest what the CPU of ${hostname} has: ${flagsText(hidden)}.`),
  ];
}

function topologyFindings({ machine }: KvmConfiguration): readonly Finding[] {
  const { topology, vcpus } = machine;
  if (topology === undefined) return [];
  const { sockets, cores, threads } = topology;
  const product = sockets * cores * threads;
  if (product === vcpus) return [];
  return [
    error(
      "machine.topology",
      `Sockets x cores x threads must be the number of vCPUs: ${sockets} x ${cores} x ${threads} = ${product}, and there are ${vcpus} vCPUs.`,
    ),
  ];
}

/** Cells divide vCPUs and memory: nothing twice, nothing left out. */
function cellFindings({ machine }: KvmConfiguration, facts: Facts): readonly Finding[] {
  const { numaCells, vcpus, memoryMiB } = machine;
  if (numaCells === undefined) return [];
  if (numaCells.length === 0)
    return [error("machine.numaCells", "The list of guest NUMA nodes is empty; leave it out for one node.")];
  const findings: Finding[] = [];
  const cellsOf = numaCells.flatMap(({ cpus }) => numbersOf(cpus));
  const named = new Set<number>();
  const foreign = cellsOf.filter((cpu) => cpu >= vcpus);
  const twice = cellsOf.filter((cpu) => named.size === named.add(cpu).size);
  const missing = Array.from({ length: Math.min(vcpus, mostVcpus) }, (_, cpu) => cpu).filter(
    (cpu) => !named.has(cpu),
  );
  const wrong = (text: string, cpus: readonly number[]) => {
    if (cpus.length > 0)
      findings.push(
        error("machine.numaCells", `${text}: vCPU ${numbersText([...new Set(cpus)])} (of 0-${vcpus - 1}).`),
      );
  };
  wrong("Guest NUMA nodes name what the guest does not have", foreign);
  wrong("More than one guest NUMA node has", twice);
  wrong("No guest NUMA node has", missing);
  const sum = numaCells.reduce((total, cell) => total + cell.memoryMiB, 0);
  if (sum !== memoryMiB)
    findings.push(
      error(
        "machine.numaCells",
        `The memory of the guest's NUMA nodes is ${sum} MiB, and the guest's is ${memoryMiB} MiB.`,
      ),
    );
  for (const [index, { hostNodes }] of numaCells.entries())
    if (hostNodes !== undefined)
      findings.push(...nodeListFindings(`machine.numaCells.${index}.hostNodes`, hostNodes, facts));
  return findings;
}

function pinFindings({ machine, storage }: KvmConfiguration, facts: Facts): readonly Finding[] {
  const { vcpuPins, vcpus, emulatorPin, ioThreadPin } = machine;
  const findings: Finding[] = [];
  if (vcpuPins !== undefined && vcpuPins.length !== vcpus)
    findings.push(
      error("machine.vcpuPins", `${vcpuPins.length} pins for ${vcpus} vCPUs; give one for each vCPU.`),
    );
  for (const [index, pin] of (vcpuPins ?? []).entries())
    findings.push(...cpuListFindings(`machine.vcpuPins.${index}`, pin, facts));
  if (emulatorPin !== undefined) findings.push(...cpuListFindings("machine.emulatorPin", emulatorPin, facts));
  if (ioThreadPin === undefined) return findings;
  if (!storage.ioThread)
    findings.push(
      error(
        "machine.ioThreadPin",
        `The I/O thread is pinned to CPUs ${ioThreadPin}, but the disk has no I/O thread; choose storage.ioThread.`,
      ),
    );
  return [...findings, ...cpuListFindings("machine.ioThreadPin", ioThreadPin, facts)];
}
