// What stands against a KVM configuration on a SUT.
import type { KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";
import { error, warning, type Finding } from "./checks.ts";
import { commonFindings } from "./common-checks.ts";
import { blockDeviceFindings } from "./device-checks.ts";
import { kvmCpuFindings } from "./kvm-cpu-checks.ts";
import { kvmMemoryFindings } from "./kvm-memory-checks.ts";
import { placementFindings } from "./pinning-checks.ts";
import { programReasons } from "./program-needs.ts";

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
    ...storageFindings(configuration),
    ...networkFindings(configuration, facts),
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

function storageFindings({ storage }: KvmConfiguration): readonly Finding[] {
  const { cache, io } = storage;
  if (io !== "native" || cache === "none" || cache === "directsync") return [];
  return [error("storage.io", `io=native needs cache none or directsync; the cache mode is ${cache}.`)];
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
