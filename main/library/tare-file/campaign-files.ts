// What of a campaign's folder goes into a .tare file: what belongs to the campaign, as it stands, and nothing of the program's own.
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { TareError } from "#shared/model/error.ts";
import { comparePaths, entryPathProblem } from "#shared/tare-file/entry-path.ts";
import { libraryFileName, libraryFileText, readLibraryFile } from "./library-file.ts";
import { textFile, type TravellingFile } from "./travelling-file.ts";

export interface FolderContent {
  /** In the order of the .tare file. */
  readonly files: readonly TravellingFile[];
  /** Files that no campaign has, by their paths: they stay. */
  readonly leftOut: readonly string[];
}

/** Locks and half-written files of the program itself: nobody misses them. */
const passing = /(^lock$|^lock\.|\.tmp$|^import\.json$)/;

/** `wholeBytes`: length of the journal's whole lines; what comes later, or is torn, stays. */
export async function campaignFiles(campaignPath: string, wholeBytes: number): Promise<FolderContent> {
  const files: TravellingFile[] = [];
  const leftOut: string[] = [];
  for (const path of await pathsBelow(campaignPath)) {
    if (path === libraryFileName || passing.test(path)) continue;
    if (path.endsWith("/") || entryPathProblem(path) !== null) leftOut.push(path);
    else files.push({ path, open: () => contentOf(campaignPath, path, wholeBytes) });
  }
  try {
    const words = await wordsOf(campaignPath);
    if (words !== null) files.push(textFile(libraryFileName, words));
  } catch (error) {
    // The measurements are worth handing on without the tags.
    if (!(error instanceof TareError)) throw error;
    leftOut.push(libraryFileName);
  }
  files.sort((a, b) => comparePaths(a.path, b.path));
  return { files, leftOut: leftOut.sort() };
}

/** Paths of regular files relative to the folder; what is neither file nor folder ends with a slash. */
async function pathsBelow(folder: string, prefix = ""): Promise<string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) found.push(...(await pathsBelow(folder, `${path}/`)));
    // A symbolic link may lead anywhere on this computer.
    else found.push(entry.isFile() ? path : `${path}/`);
  }
  return found;
}

function contentOf(campaignPath: string, path: string, wholeBytes: number): Readable {
  const whole = join(campaignPath, path);
  if (path !== "events.jsonl") return createReadStream(whole);
  return wholeBytes === 0 ? Readable.from([]) : createReadStream(whole, { end: wholeBytes - 1 });
}

/** Tags, note and name; null where there is none of them. That it was imported or archived is this library's own matter. */
async function wordsOf(campaignPath: string): Promise<string | null> {
  const file = await readLibraryFile(join(campaignPath, libraryFileName));
  if (file === null || (file.tags.length === 0 && file.note === "" && file.name === undefined)) return null;
  const { importedAt: _importedAt, ...words } = file;
  return libraryFileText({ ...words, archived: false });
}
