// The tree of block devices: what stands on what, what may be chosen, and where Tare's own files lie.
import { expect, test } from "vitest";
import { deviceTree, mountOfPath, type DeviceNode } from "#shared/facts/device-tree.ts";
import type { Facts } from "#shared/model/facts.ts";
import { sampleFacts } from "../sample-facts.ts";

type Block = Facts["blocks"][number];

function block(name: string, rest: Partial<Block> = {}): Block {
  return {
    name,
    sizeBytes: 2 ** 40,
    model: null,
    serial: `serial of ${name}`,
    rotational: false,
    scheduler: "none",
    mounts: [],
    holders: [],
    partitions: [],
    fileSystem: null,
    ...rest,
  };
}

function treeOf(blocks: readonly Block[]): readonly DeviceNode[] {
  return deviceTree(sampleFacts({ blocks: [...blocks] }));
}

const server = [
  block("dm-0", { serial: "LVM-abc", mounts: ["/var/lib"], fileSystem: "xfs" }),
  block("nvme1n1"),
  block("sda", {
    partitions: ["sda1", "sda2"],
    holders: ["dm-0"],
    mounts: ["/boot", "[swap]"],
    parts: [
      { name: "sda1", sizeBytes: 2 ** 30, mounts: ["/boot"], holders: [], fileSystem: "ext4" },
      { name: "sda2", sizeBytes: 2 ** 39, mounts: [], holders: ["dm-0"], fileSystem: "LVM2_member" },
    ],
  }),
];

test("partitions stand below their disk, and an LVM volume below the partition that holds it", () => {
  const [free, disk, ...more] = treeOf(server);
  expect(more).toEqual([]);
  expect(free).toMatchObject({ path: "/dev/nvme1n1", kind: "disk", reason: null, children: [] });
  expect(disk).toMatchObject({ path: "/dev/sda", kind: "disk", mounts: ["[swap]"] });
  expect(disk?.reason).toContain("has partitions (sda1, sda2)");
  expect(disk?.children.map(({ path, mounts }) => [path, mounts])).toEqual([
    ["/dev/sda1", ["/boot"]],
    ["/dev/sda2", []],
  ]);
  expect(disk?.children[1]?.children).toMatchObject([
    { path: "/dev/dm-0", kind: "LVM volume", fileSystem: "xfs" },
  ]);
});

test("facts without partitions' own figures keep mounts and holders at the disk", () => {
  const [, disk] = treeOf(server.map((each): Block => ({ ...each, parts: undefined })));
  expect(disk?.mounts).toEqual(["/boot", "[swap]"]);
  expect(disk?.children.map(({ path, kind, sizeBytes }) => [path, kind, sizeBytes])).toEqual([
    ["/dev/sda1", "partition", null],
    ["/dev/sda2", "partition", null],
    ["/dev/dm-0", "LVM volume", 2 ** 40],
  ]);
});

test("a RAID stands below each of its members, and a loop in a made-up list ends", () => {
  const raid = [block("md0"), block("sda", { holders: ["md0"] }), block("sdb", { holders: ["md0"] })];
  expect(treeOf(raid).map(({ path, children }) => [path, children[0]?.kind])).toEqual([
    ["/dev/sda", "RAID"],
    ["/dev/sdb", "RAID"],
  ]);
  const looped = [
    block("sda", { holders: ["dm-1"] }),
    block("dm-1", { holders: ["dm-2"] }),
    block("dm-2", { holders: ["dm-1"] }),
  ];
  const names = (nodes: readonly DeviceNode[]): string[] =>
    nodes.flatMap(({ path, children }) => [path, ...names(children)]);
  expect(names(treeOf(looped))).toEqual(["/dev/sda", "/dev/dm-1", "/dev/dm-2"]);
});

test("of all mount points above a folder the longest tells its device; names that only begin alike do not", () => {
  const blocks = [
    block("sda", { mounts: ["/"] }),
    block("sdb", { mounts: ["/var/lib"] }),
    block("sdc", { mounts: ["/var/lib/tar"] }),
  ];
  expect(mountOfPath(blocks, "/var/lib/tare")).toMatchObject({ block: { name: "sdb" }, point: "/var/lib" });
  expect(mountOfPath(blocks, "/home")).toMatchObject({ block: { name: "sda" } });
  expect(mountOfPath([], "/home")).toBeNull();
  const [root, lib] = treeOf(blocks);
  expect(root?.carries).toEqual([]);
  expect(lib?.carries).toEqual(["Tare's files, volumes and guests' disks", "Docker's layers (by default)"]);
});
