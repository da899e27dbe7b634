// What stands against a KVM configuration on a SUT.
import type { KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";
import { error, warning, type Finding } from "./checks.ts";
import { commonFindings } from "./common-checks.ts";
import { blockDeviceFindings } from "./device-checks.ts";
import { ioModeReason } from "./io-modes.ts";
import { kvmCpuFindings } from "./kvm-cpu-checks.ts";
import { kvmMemoryFindings } from "./kvm-memory-checks.ts";
import { guestNetworkFindings } from "./network-checks.ts";
import { placementFindings } from "./pinning-checks.ts";
import { programReasons } from "./program-needs.ts";

/** The lab says what the guest's network needs; without it that is left out. */
export function kvmFindings(
  configuration: KvmConfiguration,
  facts: Facts,
  lab: Lab | undefined,
): readonly Finding[] {
  return [
    ...commonFindings(configuration, facts),
    ...placementFindings(configuration, facts, lab),
    ...blockDeviceFindings(configuration, facts),
    ...programFindings(facts),
    ...acceleratorFindings(configuration, facts),
    ...kvmCpuFindings(configuration, facts),
    ...kvmMemoryFindings(configuration, facts),
    ...storageFindings(configuration, facts),
    ...networkFindings(configuration, facts),
    ...(lab === undefined ? [] : guestNetworkFindings(configuration, lab, facts)),
  ];
}

function programFindings(facts: Facts): readonly Finding[] {
  const { architecture } = facts.cpu;
  return [
    ...(architecture === "x86_64"
      ? []
      : [error("environment", `Guests are x86_64 only; ${facts.hostname} is ${architecture}.`)]),
    ...programReasons("kvm", facts).map((text) => error("environment", text)),
  ];
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

function storageFindings({ storage }: KvmConfiguration, facts: Facts): readonly Finding[] {
  const { cache, io } = storage;
  const reason = ioModeReason(cache, io) ?? (io === "io_uring" ? withoutRings(facts) : null);
  return reason === null ? [] : [error("storage.io", reason)];
}

/** io_uring came with Linux 5.1 and QEMU 5.0; a version that cannot be read is not held against it. */
function withoutRings({ kernel, qemu, hostname }: Facts): string | null {
  const older = (version: string | null, wanted: readonly [number, number]) => {
    const [, major, minor] = /^(\d+)\.(\d+)/.exec(version ?? "") ?? [];
    if (major === undefined || minor === undefined) return false;
    return Number(major) < wanted[0] || (Number(major) === wanted[0] && Number(minor) < wanted[1]);
  };
  if (older(kernel.release, [5, 1]))
    return `io=io_uring needs Linux 5.1; ${hostname} runs ${kernel.release}.`;
  if (older(qemu, [5, 0])) return `io=io_uring needs QEMU 5.0; ${hostname} has ${qemu ?? "none"}.`;
  return null;
}

function networkFindings({ network }: KvmConfiguration, facts: Facts): readonly Finding[] {
  const findings: Finding[] = [];
  if (network.mode === "direct" && facts.tapNodes === false)
    findings.push(
      error(
        "network.mode",
        `/dev of ${facts.hostname} is no devtmpfs: the node /dev/tap… of a macvtap interface would not appear there, and QEMU could not open it.`,
      ),
    );
  if (network.mode !== "user" && network.vhost !== "off" && !facts.vhostNet)
    findings.push(
      network.vhost === "on"
        ? error("network.vhost", `${facts.hostname} has no /dev/vhost-net.`)
        : warning(
            "network.vhost",
            `${facts.hostname} has no /dev/vhost-net; QEMU itself will move the guest's packets.`,
          ),
    );
  return findings;
}
