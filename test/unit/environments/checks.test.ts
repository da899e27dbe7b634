// What stands against a configuration on a SUT, with the field that it is about.
import { expect, test } from "vitest";
import { docker } from "#shared/environments/docker.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import type {
  Configuration,
  DockerConfiguration,
  KvmConfiguration,
  NativeConfiguration,
} from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { dockerNat, kvm, native } from "../sample-campaign.ts";
import { sampleFacts, sampleLab } from "../../fixtures/sample-sut.ts";

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

function macvlanFindings(lab: Partial<Lab>, facts: Partial<Facts> = {}): string[] {
  const configuration = { ...(dockerNat as DockerConfiguration), network: { mode: "macvlan" as const } };
  return docker
    .check(configuration, sampleFacts(facts), { ...sampleLab, ...lab })
    .map(({ severity, field, text }) => `${severity} ${field}: ${text}`);
}

test("a macvlan network needs an interface of its own, and a guest address beside both data addresses", () => {
  expect(macvlanFindings({})).toEqual([]);
  const [nic] = sampleFacts().nics;
  if (nic === undefined) throw new Error("no interface");
  expect(macvlanFindings({}, { nics: [{ ...nic, master: "br0" }] })).toEqual([
    "error network.mode: data0 of sut1 is a member of br0; a macvlan network needs an interface of its own.",
  ]);
  expect(macvlanFindings({}, { nics: [] })).toEqual([
    "error network.mode: A macvlan network needs the data interface, and no interface of sut1 carries 198.18.4.1. Name it in the lab.",
  ]);
  expect(macvlanFindings({ sut: { ...sampleLab.sut, dataInterface: "eth7" } })).toEqual([
    "error network.mode: sut1 has no interface eth7.",
  ]);
  expect(macvlanFindings({ guest: { address: "198.18.9.64/24" } })).toEqual([
    "error network.mode: The guest address 198.18.9.64/24, which the container is given, is not in the data network of the system under test (198.18.4.1).",
    "error network.mode: The guest address 198.18.9.64/24, which the container is given, is not in the data network of the load generator (198.18.4.2).",
  ]);
  expect(macvlanFindings({ guest: { address: "198.18.4.2/24" } })).toEqual([
    "error network.mode: The guest address 198.18.4.2/24, which the container is given, is that of the load generator.",
  ]);
});

test("what a userland proxy costs and does not do is said", () => {
  const nat = (userlandProxy: boolean | undefined, has: boolean | null) => {
    const network = {
      mode: "nat" as const,
      ...(userlandProxy === undefined ? {} : { userlandProxy }),
    };
    const engine = sampleFacts().docker;
    return findings(
      { ...(dockerNat as DockerConfiguration), network },
      { docker: engine && { ...engine, userlandProxy: has } },
    );
  };
  const restart = (how: string) =>
    `warning network.userlandProxy: Docker's daemon on sut1 is restarted before and after each session, as its userland proxy ${how}. That is refused while containers run that Tare did not make.`;
  const unused =
    "warning network.mode: Docker's userland proxy is on; the load generator's packets still take the NAT rules, not the proxy.";
  expect(nat(undefined, false)).toEqual([]);
  expect(nat(undefined, true)).toEqual([unused]);
  expect(nat(false, false)).toEqual([]);
  expect(nat(false, true)).toEqual([restart("is turned off")]);
  expect(nat(false, null)).toEqual([restart("may have to be turned off")]);
  expect(nat(true, false)).toEqual([restart("is turned on"), unused]);
});

const block: Facts["blocks"][number] = {
  name: "sdb",
  sizeBytes: 2 ** 30,
  model: "Model",
  serial: "S1",
  rotational: false,
  scheduler: null,
  mounts: [],
  holders: [],
  partitions: [],
  fileSystem: null,
};

function deviceFindings(path: string, serial: string, ...blocks: Facts["blocks"]): string[] {
  const storage = { kind: "device" as const, device: { path, serial } };
  return findings({ ...(native as NativeConfiguration), storage }, { blocks });
}

test("a block device that the facts show in use, or as another one, is refused with what they show", () => {
  expect(deviceFindings("/dev/sdb", "S1", block)).toEqual([]);
  expect(
    deviceFindings("/dev/sdb", "S2", {
      ...block,
      mounts: ["/srv", "[swap]"],
      partitions: ["sdb1", "sdb2"],
      holders: ["md0"],
      fileSystem: "LVM2_member",
    }),
  ).toEqual([
    "error storage.device.path: /dev/sdb is not free: it is used as swap, is mounted at /srv, has partitions (sdb1, sdb2), carries md0, holds LVM2_member.",
    'error storage.device.serial: The serial number of /dev/sdb is "S1", and "S2" was typed.',
  ]);
  expect(deviceFindings("/dev/sdb1", "S1", { ...block, partitions: ["sdb1"] })).toEqual([
    "error storage.device.path: /dev/sdb1 is a partition of /dev/sdb; Tare uses whole devices only.",
  ]);
  expect(deviceFindings("/dev/sdc", "S1", block)).toEqual([
    "error storage.device.path: sut1 has no block device /dev/sdc; it has: /dev/sdb.",
  ]);
  expect(deviceFindings("/dev/cciss/c0d0", "S1", { ...block, name: "cciss!c0d0" })).toEqual([]);
  expect(deviceFindings("/dev/disk/by-id/wwn-1", "S1", block)).toEqual([
    "warning storage.device.path: The facts do not tell which device /dev/disk/by-id/wwn-1 leads to; the proof on sut1 before each session does.",
  ]);
});

test("Docker takes no device with a colon in its path", () => {
  const device = { path: "/dev/disk/by-path/pci-0000:00:04.0", serial: "S1" };
  const configuration = {
    ...(dockerNat as DockerConfiguration),
    storage: { kind: "device" as const, device },
  };
  expect(findings(configuration).filter((finding) => finding.startsWith("error"))).toEqual([
    "error storage.device.path: Docker takes no device whose path holds a colon; name /dev/disk/by-path/pci-0000:00:04.0 by another of its paths.",
  ]);
});
