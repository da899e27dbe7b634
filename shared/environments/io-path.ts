// The way of a write from the program that measures to the drive, hop by hop, for each choice of storage.
// Sources: open(2) (O_DIRECT, O_SYNC), qemu(1) (cache=, aio=), the kernel's Documentation/filesystems/overlayfs.rst.
import { mountOfPath, storageFolders } from "../facts/device-tree.ts";
import type { Configuration, KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { deviceOf, pathOf } from "./device-checks.ts";
import { cacheMode, ioModes } from "./io-modes.ts";

type Block = Facts["blocks"][number];

export interface IoHop {
  readonly id: string;
  /** Whose part of the way it is. */
  readonly where: "program" | "container" | "guest" | "QEMU" | "host" | "drive";
  readonly title: string;
  /** What happens to a write here, in a sentence or two. */
  readonly text: string;
  /** A memory that may hold the write: `used`, or `passed` where it goes by it. Absent where there is none. */
  readonly cache?: "used" | "passed";
}

const program: IoHop = {
  id: "program",
  where: "program",
  title: "fio, libaio",
  text: "Writes with O_DIRECT; several requests are under way at once.",
};

/** The hops of a write of fio's, in order. Without facts, what only they tell (file system, scheduler) stays open. */
export function ioPath(configuration: Configuration, facts: Facts | null): readonly IoHop[] {
  if (configuration.environment === "kvm") return guestPath(configuration, facts);
  const device = deviceOf(configuration);
  if (device !== null)
    return [
      program,
      passedPageCache("host"),
      rawDevice(device.path),
      ...driveHops(blockOf(device.path, facts)),
    ];
  const { kind } = configuration.storage;
  const folder = kind === "layer" ? storageFolders.layers : storageFolders.data;
  return [
    program,
    ...(kind === "layer" ? [overlay(facts)] : []),
    ...(kind === "volume" ? [bindMount] : []),
    passedPageCache("host"),
    fileSystem(folder.path, facts),
    ...driveHops(deviceBelow(folder.path, facts)),
  ];
}

const bindMount: IoHop = {
  id: "bind-mount",
  where: "container",
  title: "Bind mount of a folder of the host",
  text: "Another name for the same file: from here on the way is the one that a native program's write takes.",
};

function overlay(facts: Facts | null): IoHop {
  const driver = facts?.docker?.storageDriver ?? "overlay2";
  const union = driver === "overlay2" || driver === "overlayfs";
  return {
    id: "layer",
    where: "container",
    title: `The container's own layer (${driver})`,
    text: union
      ? "A file of the image is copied up whole before its first write. Test files are new, so they lie in the upper layer from the start: each request is handed on to the file system below."
      : `The storage driver ${driver} is no union file system: it decides itself how a file of the image becomes writable.`,
  };
}

function passedPageCache(where: "host" | "guest"): IoHop {
  return {
    id: `${where}-page-cache`,
    where,
    title: `Page cache of the ${where}`,
    text: "Passed by: O_DIRECT takes the program's own memory. Without O_DIRECT a write would be complete here.",
    cache: "passed",
  };
}

function rawDevice(path: string): IoHop {
  return {
    id: "device",
    where: "host",
    title: path === "" ? "Block device" : path,
    text: "Opened itself: no file system, so no allocation and no journal.",
  };
}

function fileSystem(folder: string, facts: Facts | null): IoHop {
  const mounted = facts === null ? null : mountOfPath(facts.blocks, folder);
  const part = mounted?.block.parts?.find(({ mounts }) => mounts.includes(mounted.point));
  const type = part?.fileSystem ?? mounted?.block.fileSystem ?? null;
  return {
    id: "file-system",
    where: "host",
    title: `File system below ${folder}${type === null ? "" : ` (${type})`}`,
    text: "Finds the file's blocks. In a file that was laid out beforehand, as Tare's presets do, a write allocates nothing.",
  };
}

function deviceBelow(folder: string, facts: Facts | null): Block | null {
  return facts === null ? null : (mountOfPath(facts.blocks, folder)?.block ?? null);
}

function blockOf(path: string, facts: Facts | null): Block | null {
  return facts?.blocks.find(({ name }) => pathOf(name) === path) ?? null;
}

/** `block`: null where it is not known. */
function driveHops(block: Block | null): readonly IoHop[] {
  const scheduler = block?.scheduler ?? null;
  return [
    {
      id: "block-layer",
      where: "host",
      title: `Block layer${block === null ? "" : ` of ${pathOf(block.name)}`}`,
      text:
        scheduler === null
          ? "Merges, splits and queues requests."
          : scheduler === "none"
            ? "Merges and splits requests; scheduler none: they go to the drive's queues as they come."
            : `Merges, splits and sorts requests: scheduler ${scheduler}.`,
    },
    {
      id: "drive",
      where: "drive",
      title: block?.model ?? "The drive",
      text: "The write is complete when the drive says so. Its own write cache loses power with it, unless it is protected; a flush empties it.",
      cache: "used",
    },
  ];
}

function guestPath({ storage }: KvmConfiguration, facts: Facts | null): readonly IoHop[] {
  const { device, ioThread } = storage;
  const mode = cacheMode(storage.cache);
  const target = device === undefined ? "/dev/vda" : "/dev/vdb";
  return [
    program,
    passedPageCache("guest"),
    device === undefined
      ? {
          id: "guest-file-system",
          where: "guest",
          title: "File system of the guest (ext4)",
          text: "On the guest's disk, which is an image file of the host.",
        }
      : {
          id: "guest-device",
          where: "guest",
          title: "/dev/vdb",
          text: "The second disk, opened itself: no file system of the guest.",
        },
    {
      id: "virtio",
      where: "guest",
      title: `virtio-blk (${target})`,
      text: "The guest puts the request into a queue in its memory and notifies the host.",
    },
    {
      id: "qemu",
      where: "QEMU",
      title: ioThread ? "I/O thread of its own" : "QEMU's main loop",
      text: ioThread
        ? "One thread that serves nothing but the disks takes the request."
        : "The thread that serves all devices of the guest takes the request.",
    },
    ...(device === undefined ? [imageFormat(storage.format)] : []),
    {
      id: "io-mode",
      where: "QEMU",
      title: `io=${storage.io}`,
      text: ioModes.find(({ value }) => value === storage.io)?.text ?? "",
    },
    hostCache(storage.cache),
    ...(device === undefined
      ? [imageFile(facts), ...driveHops(deviceBelow(storageFolders.data.path, facts))]
      : [rawDevice(device.path), ...driveHops(blockOf(device.path, facts))]),
    ...(mode.writeback
      ? []
      : [
          {
            id: "flush",
            where: "drive",
            title: "Flush of the drive's cache",
            text: `cache=${storage.cache}: only now does the guest hear that its write is complete.`,
          } as const,
        ]),
  ];
}

function imageFormat(format: KvmConfiguration["storage"]["format"]): IoHop {
  return {
    id: "format",
    where: "QEMU",
    title: format,
    text:
      format === "raw"
        ? "A byte of the disk is the byte of the file at the same place."
        : "Looks up the cluster of 64 KiB in the image's tables, a part of which QEMU keeps in memory; the first write to a cluster allocates it and changes them.",
  };
}

function imageFile(facts: Facts | null): IoHop {
  const hop = fileSystem(storageFolders.data.path, facts);
  return {
    ...hop,
    text: "Holds the image, a file with holes: the first write to a place allocates blocks, later ones do not.",
  };
}

function hostCache(cache: KvmConfiguration["storage"]["cache"]): IoHop {
  const { direct, writeback } = cacheMode(cache);
  const hop = { id: "host-page-cache", where: "host", title: "Page cache of the host" } as const;
  if (direct)
    return {
      ...hop,
      cache: "passed",
      text: `Passed by: with cache=${cache} QEMU opens the disk with O_DIRECT.`,
    };
  return {
    ...hop,
    cache: "used",
    text: writeback
      ? `cache=${cache}: the write is complete here, although the program in the guest asked for O_DIRECT. What fio measures is in part the host's memory.`
      : `cache=${cache}: the write goes through here to the drive; reads may be answered from here.`,
  };
}
