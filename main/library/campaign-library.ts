// The library of a data folder: every campaign with its notes, the bin, and the index that answers at once.
import { statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import type { Annotation, IndexState, Removed } from "#shared/contract/library.ts";
import { paperId, type Subject } from "#shared/model/dataset.ts";
import { TareError } from "#shared/model/error.ts";
import type { Paths } from "../paths.ts";
import { annotationName, writeAnnotation } from "./annotation-file.ts";
import { createBin } from "./bin.ts";
import { type CampaignPlace, readPlaces } from "./campaign-places.ts";
import { createIndexClient, type IndexClient } from "./index/index-client.ts";
import { campaignHolder } from "./run-lock.ts";

export interface LibraryList {
  readonly campaigns: CampaignEntry[];
  readonly removed: Removed[];
  readonly disk: { readonly campaigns: number; readonly removed: number; readonly free: number };
  readonly index: IndexState;
}

export interface CampaignLibrary {
  /** `whole`: waits until every folder has been read. */
  list(options?: { readonly whole?: boolean; readonly signal?: AbortSignal }): Promise<LibraryList>;
  /** Ids, best match first. */
  find(text: string, signal?: AbortSignal): Promise<readonly string[]>;
  /** Campaigns of a lab and those whose lab cannot be read, newest first, as of their journals. */
  ofLab(labId: string, signal?: AbortSignal): Promise<readonly CampaignEntry[]>;
  /** JSON of `Dataset[]` as UTF-8. Throws TareError NOT_FOUND, CAMPAIGN_DAMAGED. */
  datasets(
    campaignIds: readonly string[],
    subjects: readonly Subject[] | null,
    signal?: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>>;
  annotate(campaignId: string, annotation: Annotation): Promise<void>;
  rename(campaignId: string, name: string): Promise<void>;
  remove(campaignId: string): Promise<void>;
  restore(campaignId: string): Promise<void>;
  purge(campaignId: string | null): Promise<void>;
  rebuild(): Promise<void>;
  /** The state of the index now and after every change, until the signal. */
  watch(signal: AbortSignal): AsyncGenerator<IndexState>;
  /** A campaign's folder has changed: whoever watches is told when it has been read. */
  touched(): void;
  /** Gets the index going before it is asked for, and tidies the bin. */
  start(): void;
  memory(): Promise<{ readonly heapBytes: number }>;
  close(): Promise<void>;
}

/** How often the folders are looked at while somebody watches: another process may change them. */
const lookMs = 10_000;
/** A running campaign writes several events a second; the list needs few of them. */
const touchMs = 3000;

export function createCampaignLibrary(
  paths: Pick<Paths, "campaigns" | "removed" | "paperNotes" | "index" | "assets">,
  {
    index = createIndexClient(paths),
    now = () => new Date(),
  }: { readonly index?: IndexClient; readonly now?: () => Date } = {},
): CampaignLibrary {
  const bin = createBin(paths, now);
  let watchers = 0;
  let touching: NodeJS.Timeout | null = null;
  let tidied: Promise<void> | null = null;
  // Notes are read, changed and written: one after the other, or the second would undo the first.
  let writing: Promise<unknown> = Promise.resolve();

  /** Throws TareError NOT_FOUND. */
  async function placeOf(campaignId: string): Promise<CampaignPlace> {
    const place = (await readPlaces(paths.campaigns)).find(({ id }) => id === campaignId);
    if (place !== undefined) return place;
    throw new TareError("NOT_FOUND", `There is no campaign ${campaignId} in ${paths.campaigns}.`);
  }

  async function write(campaignId: string, change: Parameters<typeof writeAnnotation>[1]): Promise<void> {
    const work = writing.then(async () => {
      const path =
        campaignId === paperId
          ? paths.paperNotes
          : join(paths.campaigns, (await placeOf(campaignId)).folder, annotationName);
      await writeAnnotation(path, change);
    });
    writing = work.catch(() => undefined);
    await work;
    await refresh(campaignId);
  }

  async function refresh(campaignId: string): Promise<void> {
    await index.ask("refresh", { campaignId });
    index.changed();
  }

  /** Once; what could not be deleted stays in the bin and is shown there. */
  function tidy(): Promise<void> {
    tidied ??= bin.tidy().catch(() => undefined);
    return tidied;
  }

  return {
    async list({ whole = false, signal } = {}) {
      const [entries, removed, free] = await Promise.all([
        index.ask("list", { whole }, signal),
        tidy().then(() => bin.list()),
        freeBytes(paths.campaigns),
      ]);
      const folders = new Map(
        (await readPlaces(paths.campaigns)).map(({ id, folder }) => [id, join(paths.campaigns, folder)]),
      );
      const campaigns = await Promise.all(
        (JSON.parse(entries) as CampaignEntry[]).map((entry) => asItIs(entry, folders.get(entry.id))),
      );
      const measured = campaigns.filter(({ origin }) => origin === "measured");
      return {
        campaigns,
        removed,
        disk: { campaigns: bytesOf(measured), removed: bytesOf(removed), free },
        index: index.state(),
      };
    },
    find: (text, signal) => index.ask("find", { text }, signal),
    ofLab: (labId, signal) => index.ask("ofLab", { labId }, signal),
    datasets: (campaignIds, subjects, signal) => index.ask("datasets", { campaignIds, subjects }, signal),
    annotate: (campaignId, annotation) => write(campaignId, annotation),
    async rename(campaignId, name) {
      if (campaignId === paperId) throw readOnly("renamed");
      await write(campaignId, { name });
    },
    async remove(campaignId) {
      if (campaignId === paperId) throw readOnly("removed");
      await bin.put(await placeOf(campaignId));
      await refresh(campaignId);
    },
    async restore(campaignId) {
      await bin.restore(campaignId);
      await refresh(campaignId);
    },
    async purge(campaignId) {
      await bin.purge(campaignId);
      index.changed();
    },
    rebuild: async () => {
      await index.ask("rebuild", {});
    },
    async *watch(signal) {
      let woken: () => void = () => undefined;
      const wake = () => woken();
      const stop = index.onState(wake);
      signal.addEventListener("abort", wake, { once: true });
      const look = setInterval(
        () => void index.ask("refresh", { campaignId: null }, signal).catch(() => undefined),
        lookMs,
      );
      watchers += 1;
      try {
        let told: IndexState | null = null;
        while (!signal.aborted) {
          const state = index.state();
          if (state !== told) {
            told = state;
            yield state;
            continue;
          }
          await new Promise<void>((resolve) => {
            woken = resolve;
          });
        }
      } finally {
        watchers -= 1;
        clearInterval(look);
        signal.removeEventListener("abort", wake);
        stop();
      }
    },
    touched() {
      if (watchers === 0 || touching !== null) return;
      touching = setTimeout(() => {
        touching = null;
        index.ask("refresh", { campaignId: null }).catch(() => undefined);
      }, touchMs);
      touching.unref();
    },
    start() {
      index.ask("refresh", { campaignId: null }).catch(() => undefined);
      void tidy();
    },
    memory: () => index.ask("memory", {}),
    async close() {
      if (touching !== null) clearTimeout(touching);
      await index.close();
    },
  };
}

/** A campaign that its journal calls running is interrupted where no process runs it. */
async function asItIs(entry: CampaignEntry, path: string | undefined): Promise<CampaignEntry> {
  if (entry.status !== "running" || path === undefined) return entry;
  return (await campaignHolder(path)) === null ? { ...entry, status: "interrupted" } : entry;
}

function readOnly(what: string): TareError {
  return new TareError("UNSUPPORTED", `The paper's campaign is Tare's own and cannot be ${what}.`);
}

function bytesOf(items: readonly { readonly sizeBytes: number }[]): number {
  return items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** Free for this user on the file system that holds the folder, or the nearest one above that is there. */
async function freeBytes(path: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch (error) {
    const above = dirname(path);
    if (above === path) throw error;
    return freeBytes(above);
  }
}
