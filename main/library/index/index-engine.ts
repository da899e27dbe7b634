// The index at work: looks at the folders, reads those that changed one after the other, and answers in between.
import { getHeapStatistics } from "node:v8";
import { join } from "node:path";
import { setImmediate as breathe, setTimeout as delay } from "node:timers/promises";
import type { IndexState } from "#shared/contract/library.ts";
import { paperId } from "#shared/model/dataset.ts";
import { TareError, toFailure } from "#shared/model/error.ts";
import { campaignHolder } from "../run-lock.ts";
import { readPaper } from "../paper.ts";
import { campaignRow, type IndexRow, paperRow, unreadableRow } from "./index-row.ts";
import { createIndexStore, type StoredCampaign } from "./index-store.ts";
import type { IndexCalls, IndexStart, Report } from "./messages.ts";
import { deleteIndex, isIndexDamage, openIndex, rowVersion } from "./schema.ts";
import { fileStamp, type Found, foundIn } from "./stamps.ts";

export type IndexEngine = {
  readonly [Name in keyof IndexCalls]: (
    input: IndexCalls[Name]["input"],
  ) => Promise<IndexCalls[Name]["output"]>;
} & { close(): void };

/** A list is answered after so long although folders are left to read; what is missing comes with the next. */
const patienceMs = 250;
/** How often it is told how far the reading is. */
const tellMs = 200;
/** Among the folders' names; no folder can be called so. */
const paperFolder = "/paper";
/** What asks for a lab's past campaigns waits longer: a list that lacks some of them would be taken for all. */
const labPatienceMs = 20_000;

export function createIndexEngine(start: IndexStart, tell: (report: Report) => void): IndexEngine {
  let { db, prepared: store } = openIndex(start.index, createIndexStore);
  const crashed = new Set(start.crashed);
  const waiting = new Map<string, Found>();
  /** By folder: what is being read now. */
  const underWay = new Map<string, Promise<void>>();
  let done = 0;
  let reading: Promise<void> | null = null;

  /** Once more over a new index where the file turns out to be damaged. */
  function withStore<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!isIndexDamage(error)) throw error;
      db.close();
      deleteIndex(start.index);
      ({ db, prepared: store } = openIndex(start.index, createIndexStore));
      // The new one knows no folder yet.
      setImmediate(refreshLater);
      return work();
    }
  }

  function tellState(changed: boolean): void {
    const state: Omit<IndexState, "generation"> = {
      building: waiting.size > 0,
      done,
      total: done + waiting.size,
    };
    tell({ kind: "state", state, changed });
  }

  /** Settles when all that changed has been read. */
  function refresh(): Promise<void> {
    queueChanged();
    return readWaiting();
  }

  function queueChanged(): void {
    const found = foundIn(start.campaigns, Date.now());
    const known = withStore(() => store.stamps());
    let changed = false;
    for (const folder of known.keys()) {
      if (folder === paperFolder || found.has(folder)) continue;
      withStore(() => store.drop(folder));
      waiting.delete(folder);
      changed = true;
    }
    // By their names the newest are the last, and the first that are looked for.
    for (const [folder, each] of [...found].toReversed())
      if (known.get(folder) !== each.stamp && waiting.get(folder)?.stamp !== each.stamp)
        waiting.set(folder, each);
    const paperPlace = { folder: paperFolder, id: "", kind: "other" } as const;
    const paperStamp = [
      rowVersion,
      fileStamp(join(start.assets, "reference/felter2014.json")),
      fileStamp(start.paperNotes),
    ].join(" ");
    if (known.get(paperFolder) !== paperStamp && waiting.get(paperFolder)?.stamp !== paperStamp)
      waiting.set(paperFolder, { path: "", place: paperPlace, stamp: paperStamp });
    if (changed) tellState(true);
  }

  function readWaiting(): Promise<void> {
    if (waiting.size === 0) return Promise.resolve();
    reading ??= drain().finally(() => {
      reading = null;
    });
    // Whoever stops waiting for it leaves nobody to see its failure.
    reading.catch(() => undefined);
    return reading;
  }

  async function drain(): Promise<void> {
    done = 0;
    let told = Date.now();
    tellState(false);
    try {
      for (let next = firstOf(waiting); next !== undefined; next = firstOf(waiting)) {
        await (underWay.get(next.place.folder) ?? readOne(next));
        done += 1;
        if (Date.now() - told > tellMs) {
          told = Date.now();
          tellState(true);
        }
        // Questions are answered between two folders.
        await breathe();
      }
    } finally {
      // A folder that cannot be read at all must not be read for ever.
      waiting.clear();
      tellState(true);
    }
  }

  /** Not twice at a time. */
  function readOne(found: Found): Promise<void> {
    const { folder } = found.place;
    const work = (underWay.get(folder) ?? Promise.resolve())
      .then(() => read(found))
      .finally(() => {
        if (underWay.get(folder) === work) underWay.delete(folder);
      });
    underWay.set(folder, work);
    return work;
  }

  /** Where an older state of the folder is being read already, that reading does not do. */
  async function readNow(found: Found): Promise<void> {
    await underWay.get(found.place.folder);
    if (waiting.get(found.place.folder) === found) await readOne(found);
  }

  async function read(found: Found): Promise<void> {
    const { place, stamp } = found;
    tell({ kind: "reading", folder: place.folder });
    const row = await rowOf(found);
    if (row !== null) withStore(() => store.put(place.folder, stamp, row));
    if (waiting.get(place.folder) === found) waiting.delete(place.folder);
    tell({ kind: "reading", folder: null });
  }

  /** Null where the folder was removed or renamed meanwhile: the next look tells. */
  async function rowOf({ path, place }: Found): Promise<IndexRow | null> {
    if (place.folder === paperFolder) return paperRow(await readPaper(start.assets), start.paperNotes);
    if (crashed.delete(place.folder)) return unreadableRow(place, crashText(place.folder));
    try {
      return await campaignRow(path, place);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
      return unreadableRow(place, `The folder ${place.folder} cannot be read. ${toFailure(error).message}`);
    }
  }

  /** Nobody waits for it: what goes wrong is told to the next who asks. */
  function refreshLater(): void {
    try {
      refresh().catch(() => undefined);
    } catch {
      // As above.
    }
  }

  /** Its row as the folder is now. Throws TareError NOT_FOUND, CAMPAIGN_DAMAGED. */
  function dataOf(campaignId: string): StoredCampaign & { readonly header: object } {
    const campaign = withStore(() => store.byId(campaignId));
    if (campaign === null)
      throw new TareError("NOT_FOUND", `There is no campaign ${campaignId} in ${start.campaigns}.`);
    const { header, failure } = campaign;
    if (header !== null) return { ...campaign, header };
    throw new TareError(
      failure?.code ?? "CAMPAIGN_DAMAGED",
      failure?.message ?? `The campaign ${campaignId} cannot be read.`,
      failure?.detail === undefined ? {} : { detail: failure.detail },
    );
  }

  async function datasetOf(campaignId: string, subjects: readonly string[] | null): Promise<Uint8Array[]> {
    const { key, header, entry, folder } = dataOf(campaignId);
    const dead =
      header.status === "running" && (await campaignHolder(join(start.campaigns, folder))) === null;
    const shown = { ...header, name: entry.name, ...(dead ? { status: "interrupted" } : {}) };
    const points = withStore(() => store.points(key, subjects));
    const parts: Uint8Array[] = [Buffer.from(`${JSON.stringify(shown).slice(0, -1)},"points":[`)];
    for (const [index, each] of points.entries()) parts.push(...(index === 0 ? [] : [comma]), each);
    return [...parts, Buffer.from("]}")];
  }

  return {
    async list({ whole }) {
      const settled = refresh();
      await (whole ? settled : Promise.race([settled, delay(patienceMs)]));
      return withStore(() => store.entries());
    },
    find: async ({ text }) => withStore(() => store.find(text)),
    async ofLab({ labId }) {
      await Promise.race([refresh(), delay(labPatienceMs)]);
      return withStore(() => store.ofLab(labId));
    },
    async datasets({ campaignIds, subjects }) {
      await refreshThese(campaignIds);
      const parts: Uint8Array[] = [Buffer.from("[")];
      for (const [index, campaignId] of campaignIds.entries())
        parts.push(...(index === 0 ? [] : [comma]), ...(await datasetOf(campaignId, subjects)));
      return new Uint8Array(Buffer.concat([...parts, Buffer.from("]")]));
    },
    async refresh({ campaignId }) {
      await refreshThese(campaignId === null ? [] : [campaignId]);
      return null;
    },
    async rebuild() {
      withStore(() => store.forget());
      refreshLater();
      return null;
    },
    memory: async () => ({ heapBytes: getHeapStatistics().used_heap_size }),
    close: () => db.close(),
  };

  /** Reads first what is asked for, also while a thousand others wait. */
  async function refreshThese(campaignIds: readonly string[]): Promise<void> {
    const wanted = new Set(campaignIds);
    queueChanged();
    const changed = [...waiting.values()].filter(
      ({ place }) => wanted.has(place.id) || (place.folder === paperFolder && wanted.has(paperId)),
    );
    await Promise.all(changed.map(readNow));
    if (waiting.size > 0) readWaiting().catch(() => undefined);
  }
}

const comma = Buffer.from(",");

function firstOf<T>(items: ReadonlyMap<string, T>): T | undefined {
  return items.values().next().value;
}

function crashText(folder: string): string {
  return `Reading the folder ${folder} ended Tare's reader. It may be damaged, or larger than this computer's memory.`;
}
