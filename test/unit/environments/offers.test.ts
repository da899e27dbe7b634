// Why a SUT does not offer an option: from its facts, else from the environment's own check.
import { expect, test } from "vitest";
import { deviceOffers, environmentReason, reasonAgainst } from "#shared/environments/offers.ts";
import { configurationPresets } from "#shared/environments/presets.ts";
import type { Facts } from "#shared/model/facts.ts";
import { sampleFacts } from "../sample-facts.ts";

const kvm = configurationPresets.find(({ configuration }) => configuration.id === "kvm")?.configuration;
if (kvm === undefined) throw new Error("there is a preset of a guest");

const node = { node: 0, cpus: "0-3", totalBytes: 2 ** 33, freeBytes: 2 ** 32 };
const pool = { sizeBytes: 2 ** 21, node: null, total: 0, free: 0 };
const memory = sampleFacts().memory;
const bare = sampleFacts({
  memory: { ...memory, nodes: [node], thp: null, hugePages: [pool] },
  vhostNet: false,
  blocks: [],
});
const rich = sampleFacts({
  memory: {
    ...memory,
    nodes: [node, { ...node, node: 1 }],
    thp: { enabled: "madvise", defrag: "madvise" },
    hugePages: [pool, { ...pool, sizeBytes: 2 ** 30 }],
  },
  vhostNet: true,
  nics: [
    {
      name: "eth0",
      driver: "virtio_net",
      mac: null,
      addresses: [],
      up: true,
      speedMbps: null,
      duplex: null,
      mtu: 1500,
      queues: { rx: 1, tx: 1 },
      offloads: [],
      node: null,
      irqs: [{ irq: 24, cpus: "0-3" }],
      master: null,
    },
  ],
});

test.each([
  ["pinning.memory.policy", "interleave", "one NUMA node"],
  ["pinning.nicIrqs", "", "No interface of sut-1 has interrupts"],
  ["pages.thp", "always", "no transparent huge pages"],
  ["pages.hugePages1G", "", "no huge pages of 1 GiB"],
  ["pages.hugePagesNode", "", "one NUMA node"],
  ["machine.hugePageKiB", "1048576", "no huge pages of 1 GiB"],
  ["network.vhost", "on", "no /dev/vhost-net"],
])("%s %s has a reason against it on a bare SUT, and none on a rich one", (field, value, reason) => {
  expect(reasonAgainst(null, { field, value }, bare)).toContain(reason);
  expect(reasonAgainst(null, { field, value }, rich)).toBeNull();
  expect(reasonAgainst(null, { field, value }, null)).toBeNull();
});

test("what the facts alone do not tell is asked of the environment's check, at that field only", () => {
  const option = { field: "storage.io", value: "native" };
  const cached = { ...kvm, storage: { ...kvm.storage, cache: "writeback" } } as typeof kvm;
  expect(reasonAgainst(cached, option, rich)).toContain("io=native needs cache none or directsync");
  expect(reasonAgainst(kvm, option, rich)).toBeNull();
  // Cannot be tried without its nodes.
  expect(reasonAgainst(kvm, { field: "pinning.memory.policy", value: "bind" }, bare)).toBeNull();
});

test("an environment that the SUT does not have says so", () => {
  expect(environmentReason(kvm, { ...rich, libvirt: null })).toContain("libvirt");
  expect(environmentReason(kvm, null)).toBeNull();
});

test("devices are listed with what uses them, the free ones first", () => {
  const block: Facts["blocks"][number] = {
    name: "sda",
    sizeBytes: 2 ** 40,
    model: "Disk",
    serial: "S5X1",
    rotational: false,
    scheduler: "none",
    mounts: [],
    holders: [],
    partitions: [],
    fileSystem: null,
  };
  const blocks = [
    { ...block, mounts: ["/", "/boot"], partitions: ["sda1"], fileSystem: "ext4" },
    { ...block, name: "sdb", mounts: ["[swap]"], fileSystem: "swap" },
    { ...block, name: "sdc", holders: ["dm-0"], fileSystem: "LVM2_member" },
    { ...block, name: "sdd", serial: null },
    { ...block, name: "sde", model: null, rotational: true },
  ];
  expect(deviceOffers({ blocks }).map(({ path, reason }) => [path, reason])).toEqual([
    ["/dev/sde", null],
    ["/dev/sda", "is mounted at /, is mounted at /boot, has partitions (sda1), holds ext4"],
    ["/dev/sdb", "is used as swap, holds swap"],
    ["/dev/sdc", "carries dm-0, holds LVM2_member"],
    ["/dev/sdd", "has no serial number that could be confirmed"],
  ]);
  expect(deviceOffers({ blocks })[0]?.text).toBe("1 TiB, rotating disk");
  const option = { field: "storage.kind", value: "device" };
  expect(reasonAgainst(null, option, { ...rich, blocks })).toBeNull();
  expect(reasonAgainst(null, option, { ...rich, blocks: blocks.slice(0, 2) })).toContain(
    "no block device that is free",
  );
});
