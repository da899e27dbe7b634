// What stands against a configuration on a SUT, with the field that it is about.
import { expect, test } from "vitest";
import { environmentOf } from "#shared/environments/registry.ts";
import type { Configuration, KvmConfiguration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import { dockerNat, kvm, native } from "../sample-campaign.ts";
import { sampleFacts } from "../../fixtures/sample-sut.ts";

function findings(configuration: Configuration, facts: Partial<Facts> = {}): string[] {
  return environmentOf(configuration)
    .check(configuration, sampleFacts(facts))
    .map(({ severity, field, text }) => `${severity} ${field}: ${text}`);
}

function guest(machine: Partial<KvmConfiguration["machine"]>, rest: Partial<KvmConfiguration> = {}) {
  const base = kvm;
  return { ...base, ...rest, machine: { ...base.machine, ...machine } };
}

test("nothing stands against plain configurations on a host that has everything", () => {
  expect([native, dockerNat, kvm].flatMap((configuration) => findings(configuration))).toEqual([]);
});

test("CPUs and nodes that the host does not have are named", () => {
  const pinning = { cpus: "1-3", memory: { policy: "bind" as const, nodes: "0-1" } };
  expect(findings({ ...native, pinning })).toEqual([
    "error pinning.cpus: CPUs 2, 3 are not online on sut1; online: 0-1.",
    "error pinning.memory.nodes: NUMA node 1 is not there on sut1; it has: 0.",
  ]);
});

test("an inverted CPU list names no CPU", () => {
  expect(findings({ ...native, pinning: { cpus: "3-1", memory: { policy: "default" } } })).toEqual([
    "error pinning.cpus: The CPU list 3-1 names no CPU.",
  ]);
});

test("a pin for each vCPU is asked for", () => {
  expect(findings(guest({ vcpuPins: ["0"] }))).toEqual([
    "error machine.vcpuPins: 1 pins for 2 vCPUs; give one for each vCPU.",
  ]);
});

test("io=native goes with direct caching only", () => {
  const storage = { format: "raw", cache: "writeback", io: "native", ioThread: false } as const;
  expect(findings(guest({}, { storage }))).toEqual([
    "error storage.io: io=native needs cache none or directsync; the cache mode is writeback.",
  ]);
});

test("a guest's huge pages must be reserved, by the host or by the configuration", () => {
  expect(findings(guest({ hugePages: true, memoryMiB: 1024 }))).toEqual([
    "error machine.hugePages: The guest needs 512 free pages of 2 MiB and would find 0; set pages.hugePages2M to 512 or more.",
  ]);
  expect(findings(guest({ hugePages: true, memoryMiB: 1024 }, { pages: { hugePages2M: 511 } }))).toEqual([
    "error pages.hugePages2M: The guest needs 512 free pages of 2 MiB and would find 511; set pages.hugePages2M to 512 or more.",
  ]);
  expect(findings(guest({ hugePages: true, memoryMiB: 1024 }, { pages: { hugePages2M: 512 } }))).toEqual([]);
});

test("a guest that does not fit into the host's memory is refused", () => {
  expect(findings(guest({ memoryMiB: 6000 }))).toEqual([
    "error machine.memoryMiB: The guest needs 6000 MiB and 256 MiB for QEMU; sut1 has 6144 MiB available.",
  ]);
});

test("KVM that does not work is an error where it was asked for, and a mark where it was left open", () => {
  const unusable = { kvm: { present: true, usable: false, reason: "the probe guest aborted" } };
  expect(findings(guest({ accelerator: "kvm" }), unusable)).toEqual([
    "error machine.accelerator: /dev/kvm of sut1 is not usable (the probe guest aborted); choose auto or tcg to run under emulation.",
  ]);
  expect(findings(guest({ accelerator: "auto" }), unusable)).toEqual([
    "warning machine.accelerator: /dev/kvm of sut1 is not usable (the probe guest aborted): the guest runs under emulation, every run is marked, and none is a result.",
  ]);
});

test("programs that are missing or do not answer are named", () => {
  const docker = sampleFacts().docker;
  expect(findings(dockerNat, { docker: null })).toEqual([
    "error environment: Docker is not installed on sut1.",
  ]);
  expect(findings(dockerNat, { docker: docker && { ...docker, running: false } })).toEqual([
    "error environment: Docker is installed on sut1 but its daemon does not answer.",
  ]);
  expect(findings(kvm, { libvirt: null, qemu: null, vhostNet: false })).toEqual([
    "error environment: libvirt (virsh) is not installed on sut1.",
    "error environment: QEMU (qemu-system-x86) is not installed on sut1.",
    "warning network.vhost: sut1 has no /dev/vhost-net; QEMU itself will move the guest's packets.",
  ]);
});
