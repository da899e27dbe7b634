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
    "error pinning.memory.nodes: NUMA node 1 is not there: sut1 has one NUMA node, 0.",
  ]);
});

test("a slip of the keys names thousands of CPUs in a few words, for pins and cells too", () => {
  const pinning = { cpus: "1-60000", memory: { policy: "default" as const } };
  expect(findings({ ...native, pinning })).toEqual([
    "error pinning.cpus: CPUs 2-60000 are not online on sut1; online: 0-1.",
  ]);
  const numaCells = [{ cpus: "0-60000", memoryMiB: kvm.machine.memoryMiB }];
  expect(findings(guest({ numaCells }))).toContain(
    `error machine.numaCells: Guest NUMA nodes name what the guest does not have: vCPU ${kvm.machine.vcpus}-60000 (of 0-${kvm.machine.vcpus - 1}).`,
  );
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

test("a topology must have as many vCPUs as the guest", () => {
  expect(findings(guest({ topology: { sockets: 2, cores: 2, threads: 1 } }))).toEqual([
    "error machine.topology: Sockets x cores x threads must be the number of vCPUs: 2 x 2 x 1 = 4, and there are 2 vCPUs.",
  ]);
});

test("guest NUMA nodes divide vCPUs and memory, and name nodes that the host has", () => {
  const numaCells = [
    { cpus: "0,4", memoryMiB: 512, hostNodes: "0" },
    { cpus: "0-1", memoryMiB: 512, hostNodes: "1" },
  ];
  expect(findings(guest({ vcpus: 3, memoryMiB: 2048, numaCells }))).toEqual([
    "warning machine.vcpus: 3 vCPUs share 2 CPUs of sut1.",
    "error machine.numaCells: Guest NUMA nodes name what the guest does not have: vCPU 4 (of 0-2).",
    "error machine.numaCells: More than one guest NUMA node has: vCPU 0 (of 0-2).",
    "error machine.numaCells: No guest NUMA node has: vCPU 2 (of 0-2).",
    "error machine.numaCells: The memory of the guest's NUMA nodes is 1024 MiB, and the guest's is 2048 MiB.",
    "error machine.numaCells.1.hostNodes: NUMA node 1 is not there: sut1 has one NUMA node, 0.",
  ]);
});

test("an I/O thread is pinned only where there is one, and to CPUs that are online", () => {
  const storage = { format: "raw", cache: "none", io: "native", ioThread: false } as const;
  expect(findings(guest({ ioThreadPin: "7" }, { storage }))).toEqual([
    "error machine.ioThreadPin: The I/O thread is pinned to CPUs 7, but the disk has no I/O thread; choose storage.ioThread.",
    "error machine.ioThreadPin: CPU 7 is not online on sut1; online: 0-1.",
  ]);
});

test("a CPU model that libvirt's map does not have is named, where the map is known", () => {
  const libvirt = { version: "9.0.0", running: true };
  expect(findings(guest({ cpuModel: "SandyBrige" }), { libvirt })).toEqual([]);
  expect(
    findings(guest({ cpuModel: "SandyBrige" }), { libvirt: { ...libvirt, cpuModels: ["SandyBridge"] } }),
  ).toEqual(["error machine.cpuModel: libvirt on sut1 knows no CPU model SandyBrige."]);
});

test("macvtap needs a /dev in which its nodes appear, and the user-mode network has nothing of vhost", () => {
  const facts = { tapNodes: false, vhostNet: false };
  expect(findings(guest({}, { network: { mode: "direct", vhost: "off" } }), facts)).toEqual([
    "error network.mode: /dev of sut1 is no devtmpfs: the node /dev/tap… of a macvtap interface would not appear there, and QEMU could not open it.",
  ]);
  expect(findings(guest({}, { network: { mode: "user", vhost: "auto" } }), facts)).toEqual([]);
});

test("locked memory needs a root that may raise limits", () => {
  expect(findings(guest({ locked: true }), { raisesLimits: true })).toEqual([]);
  expect(findings(guest({ locked: true }), { raisesLimits: false })).toEqual([
    "error machine.locked: Locked memory needs a limit (RLIMIT_MEMLOCK) above 1024 MiB, and on sut1 root may not raise limits (no CAP_SYS_RESOURCE).",
  ]);
});

test("1 GiB pages must be offered by the kernel, and divide the memory", () => {
  const large = { hugePages: true, hugePageKiB: 1_048_576 } as const;
  expect(findings(guest(large, { pages: { hugePages1G: 2 } }))).toEqual([
    "error pages.hugePages1G: The kernel of sut1 offers no huge pages of 1 GiB.",
    "error machine.hugePageKiB: The kernel of sut1 offers no huge pages of 1 GiB.",
  ]);
  const { memory } = sampleFacts();
  const hugePages = [{ sizeBytes: 2 ** 30, node: null, total: 1, free: 1 }];
  expect(
    findings(guest({ ...large, memoryMiB: 1536 }, { pages: { hugePages1G: 2 } }), {
      memory: { ...memory, hugePages },
    }),
  ).toEqual([
    "error machine.memoryMiB: The guest's memory, 1536 MiB, is no multiple of the page size, 1 GiB.",
  ]);
});

test("memory that is bound to nodes is checked against the pages of these nodes", () => {
  const { memory, cpu } = sampleFacts();
  const nodes = [0, 1].map((node) => ({ ...memory.nodes[0]!, node, cpus: `${node}` }));
  const pool = (node: number | null, total: number) => ({ sizeBytes: 2 ** 21, node, total, free: total });
  const facts = {
    cpu,
    memory: { ...memory, nodes, hugePages: [pool(null, 1024), pool(0, 1024), pool(1, 0)] },
  };
  const numaCells = [0, 1].map((node) => ({ cpus: `${node}`, memoryMiB: 512, hostNodes: `${node}` }));
  expect(findings(guest({ hugePages: true, numaCells }), facts)).toEqual([
    "error machine.numaCells.1.hostNodes: 512 MiB are bound to NUMA node 1 of sut1: 256 pages of 2 MiB, and 0 would be free there.",
  ]);
  expect(findings(guest({ hugePages: true, numaCells }, { pages: { hugePages2M: 1024 } }), facts)).toEqual(
    [],
  );
  expect(
    findings(guest({ hugePages: true, numaCells }, { pages: { hugePages2M: 512, hugePagesNode: 1 } }), facts),
  ).toEqual([]);
  const bound = { memory: { policy: "bind" as const, nodes: "1" } };
  expect(
    findings(guest({ hugePages: true }, { pinning: bound, pages: { hugePages2M: 512 } }), facts),
  ).toEqual([
    "warning pinning.memory.nodes: 1024 MiB are bound to NUMA node 1 of sut1: 512 pages of 2 MiB, and an even spread of the reservation gives 256; reserve more, or on that node (pages.perNode).",
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
