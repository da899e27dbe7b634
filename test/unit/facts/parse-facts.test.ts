import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TareError } from "#shared/model/error.ts";
import { parseFacts } from "#shared/facts/parse-facts.ts";
import { readableFacts } from "#shared/facts/readable-facts.ts";
import {
  armServer,
  type DescribedMachine,
  fourNodes,
  machineText,
  oneSocket,
  twoSockets,
} from "./machine-text.ts";

const facts = (machine: DescribedMachine) => parseFacts(machineText(machine), { machine: "sut" });

test("two sockets with SMT: siblings share a core, core ids that repeat do not", () => {
  const { cpu } = facts(twoSockets);
  expect(cpu).toMatchObject({ sockets: 2, cores: 8, threads: 16, smt: "on", isolated: "4-7" });
  expect(cpu.topology.filter((entry) => entry.cpu % 8 === 5)).toEqual([
    { cpu: 5, core: 5, socket: 1, node: 1, l3: "4-7,12-15" },
    { cpu: 13, core: 5, socket: 1, node: 1, l3: "4-7,12-15" },
  ]);
  expect(cpu.caches).toEqual([
    { level: 1, type: "Data", sizeBytes: 49_152, sharedBy: "0,8", instances: 8 },
    { level: 1, type: "Instruction", sizeBytes: 32_768, sharedBy: "0,8", instances: 8 },
    { level: 2, type: "Unified", sizeBytes: 2_097_152, sharedBy: "0,8", instances: 8 },
    { level: 3, type: "Unified", sizeBytes: 33_554_432, sharedBy: "0-3,8-11", instances: 2 },
  ]);
  expect(cpu).toMatchObject({
    model: "Intel(R) Xeon(R) Gold 6430",
    microcode: "0x2b000571",
    governor: "performance",
    frequencyDriver: "intel_pstate",
    frequencyKhz: { min: 800_000, max: 3_400_000 },
    turbo: true,
    hypervisor: null,
    mitigations: { meltdown: "Not affected" },
  });
});

test("two sockets: memory, huge pages of the machine and of a node, THP", () => {
  expect(facts(twoSockets).memory).toMatchObject({
    totalBytes: 65_536_000 * 1024,
    availableBytes: 62_000_000 * 1024,
    nodes: [{ node: 0, cpus: "0-3,8-11", totalBytes: 16_384_000 * 1024 }, { node: 1 }],
    thp: { enabled: "madvise", defrag: "madvise" },
    hugePages: [
      { sizeBytes: 2 ** 30, node: null, total: 4, free: 3 },
      { sizeBytes: 2 ** 30, node: 1, total: 4, free: 3 },
    ],
  });
});

test("what QEMU may be refused: nodes of new devices, limits beyond root's own, CPU models that libvirt does not have", () => {
  const host = (mount: string, bounds: string): DescribedMachine => ({
    ...twoSockets,
    files: {
      ...twoSockets.files,
      "/proc/self/mountinfo": `22 1 8:2 / / rw - ext4 /dev/sda2 rw\n23 22 0:5 / /dev rw,nosuid shared:2 - ${mount} rw`,
      "/proc/self/status": `CapEff:\t0000000000000000\nCapBnd:\t${bounds}`,
    },
    records: [
      ...(twoSockets.records ?? []),
      "tool\tvirsh\t9.0.0",
      ...["SandyBridge", "EPYC-Rome", "features"].map(
        (name) => `path\t/usr/share/libvirt/cpu_map/x86_${name}.xml\t`,
      ),
    ],
  });
  expect(facts(host("devtmpfs udev", "000001ffffffffff"))).toMatchObject({
    tapNodes: true,
    raisesLimits: true,
    libvirt: { cpuModels: ["SandyBridge", "EPYC-Rome"] },
  });
  expect(facts(host("tmpfs tmpfs", "000001fffeffffff"))).toMatchObject({
    tapNodes: false,
    raisesLimits: false,
  });
  expect(facts(twoSockets)).not.toHaveProperty("tapNodes");
});

test("an interface in a bridge: driver, speed, queues, interrupts by PCI address, offloads, NUMA node", () => {
  const { nics } = facts(twoSockets);
  expect(nics.map(({ name }) => name)).toEqual(["br0", "ens1f0", "lo"]);
  expect(nics[1]).toEqual({
    name: "ens1f0",
    driver: "mlx5_core",
    mac: null,
    addresses: [],
    up: true,
    speedMbps: 100_000,
    duplex: "full",
    mtu: 9000,
    queues: { rx: 2, tx: 1 },
    offloads: ["rx-checksumming", "tx-checksum-ip-generic"],
    node: 1,
    irqs: [
      { irq: 120, cpus: "4", effective: "4" },
      { irq: 121, cpus: "4-7", effective: "5" },
    ],
    master: "br0",
  });
  expect(nics[0]).toMatchObject({ driver: "bridge", speedMbps: null, addresses: ["198.18.1.2/24"] });
});

test("an interface's interrupts are its device's own vectors, and never those of the PCI bridge above", () => {
  const vectors = ["device/msi_irqs/121", "device/../msi_irqs/120"];
  const paths = vectors.map((path) => `path\t/sys/class/net/ens1f0/${path}\t\n`).join("");
  const text = machineText(twoSockets).replace("meta\tend\t", `${paths}meta\tend\t`);
  const irqs = parseFacts(text, { machine: "sut" }).nics.find(({ name }) => name === "ens1f0")?.irqs;
  expect(irqs).toEqual([{ irq: 121, cpus: "4-7", effective: "5" }]);
});

test("a disk's mounts, swap and holders are found through its partitions; LVM by its own name", () => {
  expect(facts(twoSockets).blocks).toEqual([
    {
      name: "dm-0",
      sizeBytes: 2 ** 30,
      model: null,
      serial: null,
      rotational: false,
      scheduler: null,
      mounts: ["/srv/my data"],
      holders: [],
      partitions: [],
      fileSystem: "xfs",
      node: null,
    },
    {
      name: "sda",
      sizeBytes: 1_953_525_168 * 512,
      model: "SAMSUNG MZ7LH960",
      serial: "S45NNE0M123456",
      rotational: false,
      scheduler: "mq-deadline",
      mounts: ["/", "[swap]"],
      holders: ["dm-0"],
      partitions: ["sda2", "sda3", "sda4"],
      fileSystem: null,
      parts: [
        { name: "sda2", sizeBytes: 2 ** 39, mounts: ["/"], holders: [], fileSystem: "ext4" },
        { name: "sda3", sizeBytes: null, mounts: ["[swap]"], holders: [], fileSystem: "swap" },
        { name: "sda4", sizeBytes: null, mounts: [], holders: ["dm-0"], fileSystem: null },
      ],
      node: 1,
    },
  ]);
});

test("a disk is on the node of the nearest device above it that tells one", () => {
  const nodeOf = (files: Record<string, string>) =>
    facts({ ...twoSockets, files: { ...twoSockets.files, ...files } }).blocks.find(
      ({ name }) => name === "sda",
    )?.node;
  const far = "/sys/block/sda/device/../../../../numa_node";
  expect(nodeOf({ "/sys/block/sda/device/numa_node": "0" })).toBe(0);
  expect(nodeOf({ "/sys/block/sda/device/device/numa_node": "0" })).toBe(0);
  expect(nodeOf({ "/sys/block/sda/device/numa_node": "-1" })).toBe(1);
  expect(nodeOf({ [far]: "-1" })).toBeNull();
});

test("whether irqbalance runs", () => {
  expect(facts(twoSockets).irqbalance).toBe(false);
  expect(
    facts({ ...twoSockets, files: { ...twoSockets.files, "/proc/900/comm": "irqbalance" } }).irqbalance,
  ).toBe(true);
});

test("software of a server: Docker and its proxy, libvirt by socket, devices, sysctls, free space", () => {
  expect(facts(twoSockets)).toMatchObject({
    docker: {
      version: "27.3.1",
      storageDriver: "overlay2",
      cgroupDriver: "systemd",
      userlandProxy: false,
      running: true,
    },
    libvirt: { version: "10.0.0", running: true },
    qemu: null,
    kvm: { present: true, usable: null },
    vhostNet: true,
    cgroup: "v2",
    sysctls: { "net.ipv4.tcp_rmem": "4096 131072 6291456" },
    freeBytes: 811_000_000 * 1024,
    root: { user: "root", uid: 0, sudo: false },
  });
});

test("tools are a version, unknown where they print none, or null where they are missing", () => {
  const records = [
    "tool\tnumactl\tnumactl: unrecognized option '--version'",
    "tool\tfio\tfio-3.36",
    "tool\tcpio\t",
  ];
  expect(facts({ ...oneSocket, records }).tools).toMatchObject({
    numactl: "version unknown",
    cpio: "version unknown",
    fio: "fio-3.36",
    gcc: null,
  });
});

test.each([
  [["--userland-proxy=false"], "{}", false],
  [["--userland-proxy"], "{}", true],
  [["-H", "fd://"], "{}", true],
  [["-H", "fd://"], '{"userland-proxy": false}', false],
  [["-H", "fd://"], "not JSON", true],
])("dockerd %j with the file %s: userland proxy %s", (argv, file, expected) => {
  const records = [...(twoSockets.records ?? []), ...argv.map((word) => `command\tdockerd\t${word}`)];
  const files = { ...twoSockets.files, "/etc/docker/daemon.json": file };
  expect(facts({ ...twoSockets, files, records }).docker?.userlandProxy).toBe(expected);
});

test("four nodes: nodes, caches of pairs of cores, boost off, governors that differ", () => {
  const { cpu, memory } = facts(fourNodes);
  expect(cpu).toMatchObject({
    sockets: 1,
    cores: 16,
    threads: 16,
    turbo: false,
    governor: "performance, schedutil",
    frequencyKhz: null,
  });
  expect(cpu.caches.at(-1)).toMatchObject({ level: 3, instances: 8, sharedBy: "0-1" });
  expect(cpu.topology.map(({ node }) => node)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
  expect(memory.nodes.map(({ cpus }) => cpus)).toEqual(["0-3", "4-7", "8-11", "12-15"]);
});

test("one socket without SMT, cpufreq, THP, disks and interfaces: absent is null or empty", () => {
  expect(facts(oneSocket)).toMatchObject({
    cpu: {
      sockets: 1,
      cores: 4,
      threads: 4,
      smt: null,
      governor: null,
      frequencyDriver: null,
      frequencyKhz: null,
      turbo: null,
      hypervisor: "unknown",
    },
    memory: { thp: null, hugePages: [] },
    nics: [],
    blocks: [],
    docker: null,
    libvirt: null,
    qemu: null,
    kvm: { present: false, usable: false },
    clockSource: null,
    cgroup: "none",
  });
});

test("an Arm server is named by implementer and part, and its Features are its flags", () => {
  expect(facts(armServer).cpu).toMatchObject({
    model: "ARM Neoverse-N1",
    vendor: "ARM",
    architecture: "aarch64",
    flags: ["fp", "asimd", "aes", "sha2", "atomics", "asimddp"],
    microcode: null,
    sockets: 1,
    cores: 8,
    threads: 8,
    governor: "ondemand",
    frequencyKhz: { min: 1_000_000, max: 3_000_000 },
    turbo: null,
  });
});

const factsOrUnreadable = (text: string) => {
  try {
    readableFacts(parseFacts(text, { machine: "sut" }));
  } catch (error) {
    if (!(error instanceof TareError) || error.code !== "OUTPUT_UNREADABLE") throw error;
  }
};

test("a text that was cut anywhere is told from a whole one", () => {
  const whole = machineText(twoSockets).trimEnd();
  fc.assert(
    fc.property(fc.nat(whole.length - 1), (length) => {
      expect(() => parseFacts(whole.slice(0, length), { machine: "sut" })).toThrow(TareError);
      factsOrUnreadable(whole.slice(0, length));
    }),
  );
});

test("damage gives facts or OUTPUT_UNREADABLE, never another error", () => {
  const lines = machineText(twoSockets).split("\n");
  const garbage = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "-1",
      "99999999999999999999",
      "0x",
      "[",
      "1-",
      "0-999999999",
      "[]",
      "{}",
      "null",
      "\t",
      "",
    ),
  );
  const damage = fc.array(fc.tuple(fc.nat(lines.length - 1), garbage), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(damage, (places) => {
      const damaged = [...lines];
      for (const [at, value] of places) {
        // Mostly the value of a record is damaged, so that the text gets past its first check.
        const key = (damaged[at] ?? "").split("\t").slice(0, 2).join("\t");
        damaged[at] = `${key}\t${value.replaceAll("\n", " ")}`;
      }
      factsOrUnreadable(damaged.join("\n"));
    }),
    { numRuns: 100 },
  );
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => factsOrUnreadable(text)));
});
