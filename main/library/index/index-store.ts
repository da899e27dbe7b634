// The index's tables as functions: what is written and asked, and no more.
import type { DatabaseSync } from "node:sqlite";
import { inflateRawSync } from "node:zlib";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import type { Dataset } from "#shared/model/dataset.ts";
import type { Failure } from "#shared/model/error.ts";
import type { IndexRow } from "./index-row.ts";
import { searchQuery } from "./search-query.ts";

export interface StoredCampaign {
  readonly key: number;
  readonly folder: string;
  readonly stamp: string;
  readonly header: Omit<Dataset, "points"> | null;
  readonly entry: CampaignEntry;
  readonly failure: Failure | null;
}

export interface IndexStore {
  /** By folder: the stamp of what was read last. */
  stamps(): Map<string, string>;
  put(folder: string, stamp: string, row: IndexRow): void;
  drop(folder: string): void;
  /** All entries from the newest on, as a JSON array. */
  entries(): string;
  /** Ids, best match first. */
  find(text: string): string[];
  /** Entries of a lab's campaigns and of those whose lab cannot be read, from the newest on. */
  ofLab(labId: string): CampaignEntry[];
  byId(campaignId: string): StoredCampaign | null;
  /** JSON of the points without the brackets: of all subjects, or of those named. */
  points(key: number, subjects: readonly string[] | null): Buffer[];
  /** Forgets every stamp, so that all folders are read again. */
  forget(): void;
}

/** Weights of the columns: a name says more of a campaign than one of its conditions. */
const weights = "10, 8, 4, 4, 4, 3, 2, 1";

export function createIndexStore(db: DatabaseSync): IndexStore {
  const keyOf = db.prepare("SELECT id FROM campaign WHERE folder = ?");
  const insert = db.prepare(
    `INSERT INTO campaign (folder, campaign_id, stamp, created, lab_id, entry, header, failure)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertWords = db.prepare(
    `INSERT INTO search (rowid, name, tags, note, machines, lab, workloads, configurations, conditions)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertPoints = db.prepare("INSERT INTO points (campaign, subject, data) VALUES (?, ?, ?)");
  const deleteWords = db.prepare("DELETE FROM search WHERE rowid = ?");
  const deleteRow = db.prepare("DELETE FROM campaign WHERE id = ?");
  const allStamps = db.prepare("SELECT folder, stamp FROM campaign");
  const allEntries = db.prepare("SELECT entry FROM campaign ORDER BY created DESC, folder DESC");
  const match = db.prepare(
    `SELECT campaign_id FROM search JOIN campaign ON campaign.id = search.rowid
     WHERE search MATCH ? ORDER BY bm25(search, ${weights}), created DESC`,
  );
  const ofLab = db.prepare(
    "SELECT entry FROM campaign WHERE lab_id = ? OR lab_id IS NULL ORDER BY created DESC, folder DESC",
  );
  const byId = db.prepare(
    "SELECT id, folder, stamp, header, entry, failure FROM campaign WHERE campaign_id = ?",
  );
  const allPoints = db.prepare("SELECT subject, data FROM points WHERE campaign = ? ORDER BY id");
  const forget = db.prepare("UPDATE campaign SET stamp = ''");

  function drop(folder: string): void {
    const key = keyOf.get(folder)?.["id"];
    if (typeof key !== "number") return;
    deleteWords.run(key);
    deleteRow.run(key);
  }

  /** Wholly or not at all, also for other processes. */
  function transaction(work: () => void): void {
    db.exec("BEGIN IMMEDIATE");
    try {
      work();
      db.exec("COMMIT");
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK");
      throw error;
    }
  }

  return {
    stamps: () => new Map(allStamps.all().map(({ folder, stamp }) => [String(folder), String(stamp)])),
    put: (folder, stamp, { entry, labId, words, header, failure, points }) =>
      transaction(() => {
        drop(folder);
        const { lastInsertRowid } = insert.run(
          folder,
          entry.id,
          stamp,
          entry.createdAt,
          labId,
          JSON.stringify(entry),
          header === null ? null : JSON.stringify(header),
          failure === null ? null : JSON.stringify(failure),
        );
        insertWords.run(lastInsertRowid, ...words.map((text) => text.toWellFormed()));
        for (const [subject, data] of points) insertPoints.run(lastInsertRowid, subject, data);
      }),
    drop: (folder) => transaction(() => drop(folder)),
    entries: () =>
      `[${allEntries
        .all()
        .map(({ entry }) => String(entry))
        .join(",")}]`,
    find(text) {
      const query = searchQuery(text);
      return query === null ? [] : match.all(query).map((row) => String(row["campaign_id"]));
    },
    ofLab: (labId) => ofLab.all(labId).map(({ entry }) => JSON.parse(String(entry)) as CampaignEntry),
    byId(campaignId) {
      const row = byId.get(campaignId);
      if (row === undefined) return null;
      const { id, folder, stamp, header, entry, failure } = row;
      return {
        key: Number(id),
        folder: String(folder),
        stamp: String(stamp),
        header: header === null ? null : (JSON.parse(String(header)) as StoredCampaign["header"]),
        entry: JSON.parse(String(entry)) as CampaignEntry,
        failure: failure === null ? null : (JSON.parse(String(failure)) as Failure),
      };
    },
    points: (key, subjects) =>
      allPoints
        .all(key)
        .filter(({ subject }) => subjects === null || subjects.includes(String(subject)))
        .map(({ data }) => inflateRawSync(data as Uint8Array)),
    forget: () => forget.run(),
  };
}
