// What tells a folder that was changed from one that was not, from a few looks at the file system.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { annotationName } from "../annotation-file.ts";
import { type CampaignPlace, placesOf } from "../campaign-places.ts";
import { rowVersion } from "./schema.ts";

export interface Found {
  readonly path: string;
  readonly place: CampaignPlace;
  readonly stamp: string;
}

/** A folder that is being made appears when nothing in it has changed for so long. */
const unfinishedMs = 60_000;

/**
 * All campaigns below a folder. Synchronous: in a thread of its own a thousand folders take some tens of milliseconds,
 * and many times that as promises.
 */
export function foundIn(campaignsFolder: string, now: number): Map<string, Found> {
  let names: string[];
  try {
    names = readdirSync(campaignsFolder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return new Map();
    throw error;
  }
  return new Map(
    placesOf(names).flatMap((place) => {
      const path = join(campaignsFolder, place.folder);
      if (place.kind === "other" && fileStamp(join(path, "campaign.json")) === "-") return [];
      if (place.kind === "unfinished" && now - changedAt(path) < unfinishedMs) return [];
      return [[place.folder, { path, place, stamp: folderStamp(path, place) }] as const];
    }),
  );
}

function folderStamp(path: string, place: CampaignPlace): string {
  const files = ["events.jsonl", "campaign.json", annotationName, "facts"];
  return [rowVersion, place.id, ...files.map((name) => fileStamp(join(path, name)))].join(" ");
}

/** Inode too: a file that was replaced within the clock's tick has the same time, and may have the same size. */
export function fileStamp(path: string): string {
  const info = statSync(path, { throwIfNoEntry: false });
  return info === undefined ? "-" : `${info.mtimeMs}:${info.size}:${info.ino}`;
}

function changedAt(path: string): number {
  return Math.max(
    0,
    ...[path, join(path, "events.jsonl"), join(path, "raw")].map(
      (each) => statSync(each, { throwIfNoEntry: false })?.mtimeMs ?? 0,
    ),
  );
}
