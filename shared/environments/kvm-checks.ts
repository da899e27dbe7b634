// What stands against a KVM configuration on a SUT.
import type { KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { commonFindings, cpuListFindings, error, hugePages2M, mib, warning, type Finding } from "./checks.ts";
import { numbersOf } from "./cpu-list.ts";
import { blockDeviceFindings } from "./device-checks.ts";

/** Largest number of vCPUs of a q35 machine without an IOMMU that remaps interrupts. */
const mostVcpus = 255;
/** What QEMU itself takes on top of the guest's memory, as a rough allowance. */
const emulatorMiB = 256;

export function kvmFindings(configuration: KvmConfiguration, facts: Facts): readonly Finding[] {
  return [
    ...commonFindings(configuration, facts),
    ...blockDeviceFindings(configuration, facts),
    ...programFindings(facts),
    ...acceleratorFindings(configuration, facts),
    ...vcpuFindings(configuration, facts),
    ...memoryFindings(configuration, facts),
    ...deviceFindings(configuration, facts),
  ];
}

function programFindings(facts: Facts): readonly Finding[] {
  const findings: Finding[] = [];
  if (facts.cpu.architecture !== "x86_64")
    findings.push(
      error("environment", `Guests are x86_64 only; ${facts.hostname} is ${facts.cpu.architecture}.`),
    );
  if (facts.libvirt === null)
    findings.push(error("environment", `libvirt (virsh) is not installed on ${facts.hostname}.`));
  else if (!facts.libvirt.running)
    findings.push(error("environment", `libvirt is installed on ${facts.hostname} but does not answer.`));
  if (facts.qemu === null)
    findings.push(error("environment", `QEMU (qemu-system-x86) is not installed on ${facts.hostname}.`));
  return findings;
}

function acceleratorFindings({ machine }: KvmConfiguration, facts: Facts): readonly Finding[] {
  const field = "machine.accelerator";
  const emulated = "the guest runs under emulation, every run is marked, and none is a result";
  if (machine.accelerator === "tcg") return [warning(field, `Emulation was chosen: ${emulated}.`)];
  if (facts.kvm.present && facts.kvm.usable !== false) return [];
  const why = `/dev/kvm of ${facts.hostname} is not usable (${facts.kvm.reason})`;
  return machine.accelerator === "kvm"
    ? [error(field, `${why}; choose auto or tcg to run under emulation.`)]
    : [warning(field, `${why}: ${emulated}.`)];
}

function vcpuFindings({ machine, pinning }: KvmConfiguration, facts: Facts): readonly Finding[] {
  const findings: Finding[] = [];
  const usable = numbersOf(pinning.cpus ?? facts.cpu.online).length;
  if (machine.vcpus > mostVcpus)
    findings.push(error("machine.vcpus", `A guest has at most ${mostVcpus} vCPUs.`));
  if (machine.vcpus > usable)
    findings.push(
      warning("machine.vcpus", `${machine.vcpus} vCPUs share ${usable} CPUs of ${facts.hostname}.`),
    );
  const pins = machine.vcpuPins;
  if (pins !== undefined && pins.length !== machine.vcpus)
    findings.push(
      error("machine.vcpuPins", `${pins.length} pins for ${machine.vcpus} vCPUs; give one for each vCPU.`),
    );
  for (const [index, pin] of (pins ?? []).entries())
    findings.push(...cpuListFindings(`machine.vcpuPins.${index}`, pin, facts));
  if (machine.emulatorPin !== undefined)
    findings.push(...cpuListFindings("machine.emulatorPin", machine.emulatorPin, facts));
  return findings;
}

function memoryFindings({ machine, pages }: KvmConfiguration, facts: Facts): readonly Finding[] {
  const { memoryMiB } = machine;
  if (!machine.hugePages) {
    const available = mib(facts.memory.availableBytes);
    if (memoryMiB + emulatorMiB <= available) return [];
    return [
      error(
        "machine.memoryMiB",
        `The guest needs ${memoryMiB} MiB and ${emulatorMiB} MiB for QEMU; ${facts.hostname} has ${available} MiB available.`,
      ),
    ];
  }
  const needed = Math.ceil(memoryMiB / 2);
  // A reservation that the configuration makes replaces the one that the host has.
  const { total, free } = hugePages2M(facts);
  const there = pages.hugePages2M === undefined ? free : free + pages.hugePages2M - total;
  if (there >= needed) return [];
  return [
    error(
      pages.hugePages2M === undefined ? "machine.hugePages" : "pages.hugePages2M",
      `The guest needs ${needed} free pages of 2 MiB and would find ${Math.max(there, 0)}; set pages.hugePages2M to ${needed + total - free} or more.`,
    ),
  ];
}

function deviceFindings({ storage, network }: KvmConfiguration, facts: Facts): readonly Finding[] {
  const findings: Finding[] = [];
  if (storage.io === "native" && storage.cache !== "none" && storage.cache !== "directsync")
    findings.push(
      error("storage.io", `io=native needs cache none or directsync; the cache mode is ${storage.cache}.`),
    );
  if (network.vhost === "auto" && !facts.vhostNet)
    findings.push(
      warning(
        "network.vhost",
        `${facts.hostname} has no /dev/vhost-net; QEMU itself will move the guest's packets.`,
      ),
    );
  return findings;
}
