// The cache and I/O modes of a guest's disk in words, and which of them go together.
import type { KvmConfiguration } from "../model/configuration.ts";

type Storage = KvmConfiguration["storage"];
export type CacheMode = Storage["cache"];
export type IoMode = Storage["io"];

interface CacheModeText {
  readonly value: CacheMode;
  /** Past the host's page cache (O_DIRECT): QEMU's cache.direct. */
  readonly direct: boolean;
  /** Whether the guest is told of a write cache that it has to flush: QEMU's cache.writeback. */
  readonly writeback: boolean;
  /** When a write is complete, and what a flush of the guest does. */
  readonly text: string;
}

/** After the table of `cache=` in QEMU's manual (qemu(1), -drive). */
export const cacheModes: readonly CacheModeText[] = [
  {
    value: "none",
    direct: true,
    writeback: true,
    text: "Past the host's page cache. A write is complete when the drive took it, perhaps into its own cache; the guest's flush empties that.",
  },
  {
    value: "writeback",
    direct: false,
    writeback: true,
    text: "A write is complete in the host's page cache; the guest's flush brings it to the drive. Until then a crash of the host loses it.",
  },
  {
    value: "writethrough",
    direct: false,
    writeback: false,
    text: "Through the host's page cache, but complete only when it is on the drive and flushed. Reads may come from the host's memory.",
  },
  {
    value: "directsync",
    direct: true,
    writeback: false,
    text: "Past the host's page cache, and complete only when it is on the drive and flushed.",
  },
  {
    value: "unsafe",
    direct: false,
    writeback: true,
    text: "A write is complete in the host's page cache, and the guest's flush is ignored: a crash of the host loses data that the guest believes safe.",
  },
];

export function cacheMode(value: CacheMode): CacheModeText {
  const found = cacheModes.find((each) => each.value === value);
  if (found === undefined) throw new Error(`there is no cache mode ${value}`);
  return found;
}

export const ioModes: readonly { readonly value: IoMode; readonly text: string }[] = [
  { value: "native", text: "Linux AIO (io_submit): QEMU hands requests to the kernel and does not wait." },
  { value: "threads", text: "A pool of QEMU's worker threads makes blocking preadv and pwritev calls." },
  { value: "io_uring", text: "Requests through rings that QEMU and the kernel share." },
];

/** Why an I/O mode cannot be had with a cache mode; null where it can. QEMU refuses aio=native without cache.direct=on. */
export function ioModeReason(cache: CacheMode, io: IoMode): string | null {
  return io === "native" && !cacheMode(cache).direct
    ? `io=native needs cache none or directsync; the cache mode is ${cache}.`
    : null;
}
