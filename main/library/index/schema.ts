// The index as a file of SQLite: derived from the campaigns' folders, so a damaged or older one is deleted and made again.
import { mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Counts up with every change of the tables. */
const schemaVersion = 1;

/** Of the rows: counts up where the same folders give other entries, words or data points than before. */
export const rowVersion = 2;

/** How long a statement waits for another process of this computer. */
const busyMs = 10_000;

const tables = `
CREATE TABLE campaign (
  id INTEGER PRIMARY KEY,
  folder TEXT NOT NULL UNIQUE,
  campaign_id TEXT NOT NULL,
  stamp TEXT NOT NULL,
  created TEXT NOT NULL,
  lab_id TEXT,
  entry TEXT NOT NULL,
  header TEXT,
  failure TEXT
) STRICT;
CREATE INDEX campaign_by_id ON campaign (campaign_id);
CREATE INDEX campaign_by_lab ON campaign (lab_id);
CREATE TABLE points (
  id INTEGER PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaign (id) ON DELETE CASCADE,
  subject TEXT NOT NULL,
  data BLOB NOT NULL
) STRICT;
CREATE INDEX points_of_campaign ON points (campaign, subject);
CREATE VIRTUAL TABLE search USING fts5 (
  name, tags, note, machines, lab, workloads, configurations, conditions,
  content = '', contentless_delete = 1, prefix = '1 2 3',
  tokenize = 'unicode61 remove_diacritics 2'
);
`;

/**
 * Opens the index, making it where it is missing; `prepare` is part of the opening, as it finds damage too. Where the
 * file can neither be used nor made again (no space, a folder that cannot be written), the index is kept in memory for
 * as long as the process lives.
 */
export function openIndex<T>(
  path: string,
  prepare: (db: DatabaseSync) => T,
): { readonly db: DatabaseSync; readonly prepared: T } {
  const open = (file: string) => {
    const db = openFile(file);
    try {
      return { db, prepared: prepare(db) };
    } catch (error) {
      db.close();
      throw error;
    }
  };
  try {
    return open(path);
  } catch {
    // Whatever is wrong with it, it holds nothing that is not elsewhere.
    try {
      deleteIndex(path);
      return open(path);
    } catch {
      return open(":memory:");
    }
  }
}

/** Removes the file and what SQLite keeps beside it. */
export function deleteIndex(path: string): void {
  for (const end of ["", "-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
}

/** Whether the file itself is what is wrong, not the question that was asked of it. */
export function isIndexDamage(error: unknown): boolean {
  const code = error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : 0;
  return damageCodes.has(code);
}

/** READONLY (also: the file was moved away), IOERR, CORRUPT, FULL, CANTOPEN, NOTADB. */
const damageCodes = new Set([8, 10, 11, 13, 14, 26]);

function openFile(path: string): DatabaseSync {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path, { timeout: busyMs });
  try {
    // NORMAL may lose the last transactions with the power, which the next look at the folders brings back.
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;");
    db.exec("BEGIN IMMEDIATE");
    const version = Number(db.prepare("PRAGMA user_version").get()?.["user_version"]);
    const count = Number(db.prepare("SELECT count(*) AS count FROM sqlite_schema").get()?.["count"]);
    if (version === 0 && count === 0) db.exec(`${tables} PRAGMA user_version = ${schemaVersion};`);
    else if (version !== schemaVersion) throw new Error(`The index is of version ${version}.`);
    db.exec("COMMIT");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
