// What a campaign is expected to write to the SUT's storage (wear), and how much of it lies there at once.
import { deviceOf } from "../environments/device-checks.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Configuration } from "../model/configuration.ts";
import type { TimedWrites } from "../model/workload.ts";
import { parametersOf, type Workloads } from "./parameters.ts";
import { conditionsIn } from "./plan-sessions.ts";
import { slotsOf } from "./slots.ts";

type Design = Pick<Campaign, "configurations" | "conditions" | "scope" | "blocks" | "control">;

/** `data`: the file system of Tare's folder; `layers`: that of Docker's; else the path of a block device. */
export type WritePlace = "data" | "layers" | `/dev/${string}`;

export interface ExpectedWrites {
  /** Written whatever happens, in bytes. */
  readonly certainBytes: number;
  /** Written for some time at a rate that the storage decides. */
  readonly timed: readonly TimedWrites[];
  /** Seconds in which a database writes what its load asks for; their bytes are in no figure. */
  readonly serverSeconds: number;
}

export interface PlaceWrites extends ExpectedWrites {
  readonly configurationId: string;
  readonly place: WritePlace;
  /** The most that lies there at one time, in bytes: sessions follow each other and remove what they made. */
  readonly atOnceBytes: number;
}

/**
 * A guest's disk is a copy of the userland as ext4: 360 to 460 MiB on disk with Debian 12's packages, as measured. Where
 * the file system shares blocks between copies (XFS, btrfs) it costs nothing.
 */
export const guestImageBytes = 460 * 2 ** 20;

/**
 * One entry for each configuration and place, over all blocks, the A/A control's sessions counted in. Not in it: what is
 * made once and kept (userland, Docker's image of it, the guests' base), raw output, a file system's own books.
 * Throws TareError INPUT_INVALID for unusable parameters.
 */
export function expectedWrites(design: Design, workloads: Workloads): readonly PlaceWrites[] {
  const slots = slotsOf(design);
  return design.configurations.flatMap((configuration) => {
    const times = design.blocks * slots.filter((slot) => slot.configuration === configuration).length;
    return sessionWrites(design, configuration, workloads).map((writes): PlaceWrites => ({
      ...writes,
      certainBytes: times * writes.certainBytes,
      serverSeconds: times * writes.serverSeconds,
      timed: writes.timed.map((each) => repeated(each, times)),
    }));
  });
}

/** All entries of one place together, in the order in which places first come; `configurationId` is the first one's. */
export function writesByPlace(all: readonly PlaceWrites[]): readonly PlaceWrites[] {
  const found = new Map<WritePlace, PlaceWrites>();
  for (const each of all) {
    const known = found.get(each.place);
    found.set(
      each.place,
      known === undefined
        ? each
        : {
            ...known,
            certainBytes: known.certainBytes + each.certainBytes,
            timed: [...known.timed, ...each.timed],
            serverSeconds: known.serverSeconds + each.serverSeconds,
            atOnceBytes: Math.max(known.atOnceBytes, each.atOnceBytes),
          },
    );
  }
  return [...found.values()];
}

/** Seconds of writing, with what only a share of the requests writes counted by that share. */
export function writingSeconds({ timed }: ExpectedWrites): number {
  return timed.reduce((sum, { seconds, share }) => sum + seconds * share, 0);
}

/** Bytes in all where the storage takes so many bytes a second (of reads and writes together). */
export function bytesAtRate({ certainBytes, timed }: ExpectedWrites, bytesPerSecond: number): number {
  return timed.reduce(
    (sum, { seconds, share, mostBytes }) =>
      sum + Math.min(bytesPerSecond * seconds * share, mostBytes ?? Number.POSITIVE_INFINITY),
    certainBytes,
  );
}

function repeated({ seconds, share, mostBytes }: TimedWrites, times: number): TimedWrites {
  return { seconds: times * seconds, share, mostBytes: mostBytes === null ? null : times * mostBytes };
}

function sessionWrites(design: Design, configuration: Configuration, workloads: Workloads): PlaceWrites[] {
  const device = deviceOf(configuration);
  const base = filePlace(configuration);
  const image = configuration.environment === "kvm" ? guestImageBytes : 0;
  const places = new Map<WritePlace, { bytes: number; timed: TimedWrites[]; server: number; once: number }>();
  const at = (place: WritePlace) => {
    const found = places.get(place) ?? { bytes: 0, timed: [], server: 0, once: 0 };
    places.set(place, found);
    return found;
  };
  const sets = new Map<string, number>();
  let largestFile = 0;
  for (const condition of conditionsIn(design, configuration.id)) {
    const workload = workloads[condition.workload];
    const writes = workload.writes?.(parametersOf(condition, workload), device !== null);
    if (writes === undefined) continue;
    // Only fio knows block devices; a database's files stay on the file system.
    const onDevice = device !== null && condition.workload === "fio";
    const place = at(onDevice ? asPlace(device.path) : base);
    place.bytes += writes.bytes;
    if (writes.timed !== null) place.timed.push(writes.timed);
    place.server += writes.serverSeconds;
    if (writes.shared !== null) sets.set(writes.shared.key, writes.shared.bytes);
    const { diskBytes } = workload.needs(parametersOf(condition, workload));
    if (onDevice) place.once = Math.max(place.once, diskBytes);
    else largestFile = Math.max(largestFile, diskBytes - (writes.shared?.bytes ?? 0));
  }
  const setBytes = [...sets.values()].reduce((sum, bytes) => sum + bytes, 0);
  if (image + setBytes + largestFile > 0) {
    const place = at(base);
    place.bytes += image + setBytes;
    place.once = image + setBytes + largestFile;
  }
  return [...places].map(([place, { bytes, timed, server, once }]) => ({
    configurationId: configuration.id,
    place,
    certainBytes: bytes,
    timed,
    serverSeconds: server,
    atOnceBytes: once,
  }));
}

/** Where files of a configuration lie; a container with a block device keeps its other files in its own layer. */
function filePlace(configuration: Configuration): WritePlace {
  return configuration.environment === "docker" && configuration.storage.kind !== "volume"
    ? "layers"
    : "data";
}

function asPlace(path: string): WritePlace {
  return `/dev/${path.slice("/dev/".length)}`;
}
