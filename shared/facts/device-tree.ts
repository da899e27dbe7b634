// The block devices of a machine as a tree: disks, their partitions, and what stands on them (LVM, RAID, device mapper).
import { pathOf } from "../environments/device-checks.ts";
import { deviceOffers } from "../environments/offers.ts";
import type { Facts } from "../model/facts.ts";

type Block = Facts["blocks"][number];

export interface DeviceNode {
  /** `/dev/nvme0n1p2`. */
  readonly path: string;
  /** `disk`, `partition`, `LVM volume`, `encrypted`, `multipath`, `device mapper`, `RAID`, `loop device`. */
  readonly kind: string;
  /** Null where the facts do not tell: partitions in facts of older versions. */
  readonly sizeBytes: number | null;
  /** File system or signature on it; null where there is none, or none was seen. */
  readonly fileSystem: string | null;
  /** Mount points, `[swap]` for swap; of a disk only those that are not of its partitions, where the facts tell these. */
  readonly mounts: readonly string[];
  /** What the facts tell of a whole device; null for a partition. */
  readonly block: Block | null;
  /** What stands against overwriting it; null where nothing does, as far as the facts tell. */
  readonly reason: string | null;
  /** Folders of Tare and of Docker that lie on it, in words. */
  readonly carries: readonly string[];
  readonly children: readonly DeviceNode[];
}

/** A folder of the SUT that test data, layers or guests' disks lie in. */
export interface StorageFolder {
  readonly path: string;
  readonly title: string;
}

/** Tare's own is /var/lib/tare; that of Docker's layers is its default, as the facts do not tell another. */
export const storageFolders = {
  data: { path: "/var/lib/tare", title: "Tare's files, volumes and guests' disks" },
  layers: { path: "/var/lib/docker", title: "Docker's layers (by default)" },
} as const satisfies Record<string, StorageFolder>;

interface MountedOn {
  readonly block: Block;
  readonly point: string;
}

/**
 * The device whose file system holds a path, and where that is mounted: of all mount points above it the longest. Null
 * where none of the devices is mounted there (a network file system, a RAM disk, or a machine that shows no devices).
 */
export function mountOfPath(blocks: readonly Block[], path: string): MountedOn | null {
  let found: MountedOn | null = null;
  for (const block of blocks)
    for (const point of block.mounts)
      if (isAbove(point, path) && (found === null || point.length > found.point.length))
        found = { block, point };
  return found;
}

/** Roots are devices that stand on no other one of the list; a RAID stands below each of its members. */
export function deviceTree({ blocks, docker }: Pick<Facts, "blocks" | "docker">): readonly DeviceNode[] {
  const byName = new Map(blocks.map((block) => [block.name, block]));
  const reasons = new Map(deviceOffers({ blocks }).map(({ path, reason }) => [path, reason]));
  const folders = [storageFolders.data, ...(docker === null ? [] : [storageFolders.layers])].map(
    (folder) => ({
      ...folder,
      on: mountOfPath(blocks, folder.path),
    }),
  );
  const carriedBy = (name: string, mounts: readonly string[]) =>
    folders
      .filter(({ on }) => on !== null && on.block.name === name && mounts.includes(on.point))
      .map(({ title }) => title);
  // What the kernel shows cannot hold itself; a list that was put together by hand must not loop either.
  const holdersOf = (names: readonly string[], above: ReadonlySet<string>): DeviceNode[] =>
    names.flatMap((name) => {
      const holder = byName.get(name);
      return holder === undefined || above.has(name) ? [] : [nodeOf(holder, new Set([...above, name]))];
    });
  const nodeOf = (block: Block, above: ReadonlySet<string>): DeviceNode => {
    const parts = block.partitions.map((name) => partOf(block, name));
    const inParts = new Set(parts.flatMap(({ mounts }) => mounts));
    const heldByParts = new Set(parts.flatMap(({ holders }) => holders));
    const mounts = block.mounts.filter((point) => !inParts.has(point));
    return {
      path: pathOf(block.name),
      kind: kindOf(block),
      sizeBytes: block.sizeBytes,
      fileSystem: block.fileSystem,
      mounts,
      block,
      reason: reasons.get(pathOf(block.name)) ?? null,
      carries: carriedBy(block.name, mounts),
      children: [
        ...parts.map((part): DeviceNode => ({
          path: pathOf(part.name),
          kind: "partition",
          sizeBytes: part.sizeBytes,
          fileSystem: part.fileSystem,
          mounts: part.mounts,
          block: null,
          reason: "is a partition; only whole devices are used",
          carries: carriedBy(block.name, part.mounts),
          children: holdersOf(part.holders, above),
        })),
        ...holdersOf(
          block.holders.filter((name) => !heldByParts.has(name)),
          above,
        ),
      ],
    };
  };
  const held = new Set(blocks.flatMap(({ holders }) => holders));
  return blocks.filter(({ name }) => !held.has(name)).map((block) => nodeOf(block, new Set([block.name])));
}

interface Part {
  readonly name: string;
  readonly sizeBytes: number | null;
  readonly mounts: readonly string[];
  readonly holders: readonly string[];
  readonly fileSystem: string | null;
}

/** Of a partition in facts of older versions only the name is known. */
function partOf({ parts }: Block, name: string): Part {
  const told = parts?.find((part) => part.name === name);
  return told ?? { name, sizeBytes: null, mounts: [], holders: [], fileSystem: null };
}

/** By the kernel's name and, of the device mapper, by the UUID that its user gave (`LVM-…`, `CRYPT-…`, `mpath-…`). */
function kindOf({ name, serial }: Block): string {
  if (name.startsWith("loop")) return "loop device";
  if (name.startsWith("md")) return "RAID";
  if (!name.startsWith("dm-")) return "disk";
  if (serial?.startsWith("LVM-") === true) return "LVM volume";
  if (serial?.startsWith("CRYPT-") === true) return "encrypted";
  return serial?.startsWith("mpath-") === true ? "multipath" : "device mapper";
}

function isAbove(point: string, path: string): boolean {
  return point === "/" || path === point || path.startsWith(`${point}/`);
}
