// The bin: folders of removed campaigns, which can be brought back for thirty days.
import { readFile, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Removed } from "#shared/contract/library.ts";
import { TareError } from "#shared/model/error.ts";
import { idSchema, timeSchema } from "#shared/model/text.ts";
import { annotationName, readAnnotation } from "./annotation-file.ts";
import { writeFileAtomic } from "./atomic-file.ts";
import { type CampaignPlace, readPlaces } from "./campaign-places.ts";
import { deleteFolder, leftoverName, moveFolder } from "./move-folder.ts";
import { readableDesign } from "./readable-design.ts";
import { folderSize, readEntry } from "./read-entry.ts";
import { lockCampaign } from "./run-lock.ts";

export interface Bin {
  /** The latest removed first. */
  list(): Promise<Removed[]>;
  /** Throws TareError BUSY while a process runs it, DISK_FULL. */
  put(place: CampaignPlace): Promise<void>;
  /** Throws TareError NOT_FOUND, INPUT_INVALID where the library has a campaign of that folder again. */
  restore(campaignId: string): Promise<void>;
  /** Deletes for good: those of the id, or (null) all. Throws TareError NOT_FOUND. */
  purge(campaignId: string | null): Promise<void>;
  /** Deletes what has been in the bin for thirty days, and what moves that were cut short left. */
  tidy(): Promise<void>;
}

const keptMs = 30 * 24 * 3_600_000;

/** In the folder of a removed campaign: what the bin shows of it. */
const noteName = "removed.json";
const noteSchema = z.object({
  campaignId: idSchema,
  name: z.string(),
  removedAt: timeSchema,
  sizeBytes: z.number(),
});

export function createBin(
  { campaigns, removed }: { readonly campaigns: string; readonly removed: string },
  now: () => Date,
): Bin {
  async function inBin(): Promise<{ folder: string; note: Removed }[]> {
    const folders = (await namesIn(removed)).filter((name) => !leftoverName.test(name));
    const found = await Promise.all(
      folders.map(async (folder) => {
        const note = await noteOf(join(removed, folder), folder).catch((error: unknown) => {
          // It was purged or brought back meanwhile.
          if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
          throw error;
        });
        return note === null ? [] : [{ folder, note }];
      }),
    );
    return found.flat().toSorted((a, b) => b.note.removedAt.localeCompare(a.note.removedAt));
  }

  async function ofId(campaignId: string) {
    const found = (await inBin()).filter(({ note }) => note.campaignId === campaignId);
    if (found.length === 0)
      throw new TareError("NOT_FOUND", `There is no removed campaign ${campaignId}; it may be purged.`);
    return found;
  }

  return {
    list: async () => (await inBin()).map(({ note }) => note),
    async put(place) {
      const { folder, id } = place;
      const from = join(campaigns, folder);
      // Nobody takes it up while it moves.
      const release = await lockCampaign(from).catch((error: unknown) => {
        if (!(error instanceof TareError) || error.code !== "BUSY") throw error;
        throw new TareError("BUSY", "The campaign is running. Cancel it before it is removed.");
      });
      const to = join(removed, await freeName(removed, folder));
      try {
        // What cannot be read at all can be removed all the same.
        const entry = await readEntry(from, place).catch(() => null);
        const { name = id, sizeBytes = folderSize(from) } = entry?.entry ?? {};
        const note = { campaignId: id, name, removedAt: now().toISOString(), sizeBytes };
        await writeFileAtomic(join(from, noteName), `${JSON.stringify(note)}\n`);
        await moveFolder(from, to);
      } finally {
        await release();
        await rm(join(to, "lock"), { force: true });
      }
    },
    async restore(campaignId) {
      const [latest] = await ofId(campaignId);
      if (latest === undefined) return;
      const folder = latest.folder.replace(/~\d+$/, "");
      const to = join(campaigns, folder);
      if (await exists(to))
        throw new TareError(
          "INPUT_INVALID",
          `The library has a folder ${folder} again. Remove that one before this one is brought back.`,
        );
      await moveFolder(join(removed, latest.folder), to);
      await rm(join(to, noteName), { force: true });
    },
    async purge(campaignId) {
      const doomed = campaignId === null ? await inBin() : await ofId(campaignId);
      for (const { folder } of doomed) await deleteFolder(join(removed, folder));
    },
    async tidy() {
      for (const parent of [campaigns, removed])
        for (const name of await namesIn(parent))
          if (leftoverName.test(name)) await removeOld(join(parent, name), now());
      for (const { folder, note } of await inBin())
        if (now().getTime() - Date.parse(note.removedAt) > keptMs) await deleteFolder(join(removed, folder));
    },
  };
}

/** The bin of a campaign without a note, as a person may have moved it there, is told by its folder. */
async function noteOf(path: string, folder: string): Promise<Removed> {
  const text = await readFile(join(path, noteName), "utf8").catch(() => "null");
  const note = noteSchema.safeParse(jsonOf(text));
  if (note.success) return note.data;
  const place = (await readPlaces(join(path, ".."))).find((each) => each.folder === folder);
  const campaignId = place?.id ?? "unnamed";
  return {
    campaignId,
    name: (await nameIn(path)) ?? campaignId,
    removedAt: (await stat(path)).mtime.toISOString(),
    sizeBytes: folderSize(path),
  };
}

async function nameIn(path: string): Promise<string | null> {
  const { name } = await readAnnotation(join(path, annotationName));
  return name ?? (await readableDesign(path)).part.name;
}

/** Another process may be at it right now; nothing that is an hour old is. */
const abandonedMs = 3_600_000;

async function removeOld(path: string, now: Date): Promise<void> {
  const info = await stat(path).catch(() => null);
  if (info === null || now.getTime() - info.mtimeMs < abandonedMs) return;
  await rm(path, { recursive: true, force: true });
}

/** The folder's name, or with a number where the bin has one of that name. */
async function freeName(removed: string, folder: string): Promise<string> {
  let name = folder;
  for (let count = 2; await exists(join(removed, name)); count += 1) name = `${folder}~${count}`;
  return name;
}

async function namesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The folder itself tells then.
    return null;
  }
}
