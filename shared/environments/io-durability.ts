// What is left of a write after a crash, by what the program did and by what crashed.
import type { Configuration } from "../model/configuration.ts";
import { cacheMode } from "./io-modes.ts";

/** `drive`: only where the drive's own write cache is protected from a loss of power, or off. */
export type Survival = "yes" | "no" | "drive";

export interface DurabilityRow {
  readonly act: "buffered" | "direct" | "synced";
  /** What the program did, and heard was complete. */
  readonly title: string;
  /** The program itself crashes. */
  readonly program: Survival;
  /** The guest or its QEMU crashes; null where there is no guest. */
  readonly guest: Survival | null;
  /** The kernel of the SUT crashes; its drives keep their power. */
  readonly host: Survival;
  readonly power: Survival;
}

/**
 * Three acts. A buffered write is in a page cache: the guest's, or the host's. A write with O_DIRECT to blocks that are
 * allocated has passed the caches of whoever opened with O_DIRECT. After fsync all has been flushed, unless a flush was
 * ignored on the way (cache=unsafe). Sources: open(2), fsync(2), the table of `cache=` in qemu(1).
 */
export function durability(configuration: Configuration): readonly DurabilityRow[] {
  if (configuration.environment !== "kvm")
    return [
      { ...acts.buffered, program: "yes", guest: null, host: "no", power: "no" },
      { ...acts.direct, program: "yes", guest: null, host: "yes", power: "drive" },
      { ...acts.synced, program: "yes", guest: null, host: "yes", power: "yes" },
    ];
  const { cache } = configuration.storage;
  const { direct, writeback } = cacheMode(cache);
  return [
    { ...acts.buffered, program: "yes", guest: "no", host: "no", power: "no" },
    writeback
      ? {
          ...acts.direct,
          program: "yes",
          guest: "yes",
          host: direct ? "yes" : "no",
          power: direct ? "drive" : "no",
        }
      : { ...acts.direct, program: "yes", guest: "yes", host: "yes", power: "yes" },
    cache === "unsafe"
      ? { ...acts.synced, program: "yes", guest: "yes", host: "no", power: "no" }
      : { ...acts.synced, program: "yes", guest: "yes", host: "yes", power: "yes" },
  ];
}

const acts = {
  buffered: { act: "buffered", title: "write into the page cache" },
  direct: { act: "direct", title: "write with O_DIRECT, as fio's" },
  synced: { act: "synced", title: "write, then fsync" },
} as const;

/** What the table cannot say, in sentences; empty where nothing is to be added. */
export function durabilityRemarks(configuration: Configuration): readonly string[] {
  const remarks = [
    "MariaDB writes its tables with O_DIRECT and, as the paper's settings have it, its log once a second.",
  ];
  if (configuration.environment !== "kvm") return remarks;
  const { format, device, cache } = configuration.storage;
  return [
    ...(format === "qcow2" && cacheMode(cache).writeback
      ? [
          `qcow2's tables reach the file at the guest's flush: a write to a new cluster is lost with QEMU before that${device === undefined ? "" : " (on the guest's disk; the second disk has no tables)"}.`,
        ]
      : []),
    ...remarks,
  ];
}
