// What a person wrote about a campaign: `library.json` in its folder, the paper's beside the library.
import { randomBytes } from "node:crypto";
import { readFile, rename } from "node:fs/promises";
import { basename } from "node:path";
import type { Annotation } from "#shared/contract/library.ts";
import { type Failure, toFailure } from "#shared/model/error.ts";
import { timeSchema } from "#shared/model/text.ts";
import { writeFileAtomic } from "./atomic-file.ts";
import {
  type LibraryFile,
  libraryFileName,
  libraryFileText,
  parseLibraryFile,
  readLibraryFile,
} from "./tare-file/library-file.ts";

/** Name of the file in a campaign's folder. */
export const annotationName = libraryFileName;

export interface StoredAnnotation extends Annotation {
  /** Null where the design's name is shown. */
  readonly name: string | null;
  /** Null where the campaign was measured here. */
  readonly importedAt: string | null;
}

/** What is in the file, nothing where there is none; `damage` where it cannot be read. */
export async function readAnnotation(
  path: string,
): Promise<StoredAnnotation & { readonly damage: Failure | null }> {
  const { file, damage } = await readStored(path);
  const { tags, note, archived, name = null, importedAt = null } = file;
  return { tags, note, archived, name, importedAt, damage };
}

/**
 * Replaces what is given. A file that cannot be read is kept beside the new one, under another name. Throws TareError
 * DISK_FULL.
 */
export async function writeAnnotation(
  path: string,
  change: Partial<Annotation> & { readonly name?: string },
): Promise<void> {
  const { file, damage } = await readStored(path);
  const imported = damage === null ? {} : await importedIn(path);
  if (damage !== null) await rename(path, `${path}.${randomBytes(4).toString("hex")}.damaged`);
  await writeFileAtomic(path, libraryFileText({ ...file, ...imported, ...change }));
}

/** What a damaged file still says of the import: without it somebody else's campaign could be started here. */
async function importedIn(path: string): Promise<Pick<LibraryFile, "importedAt">> {
  const text = await readFile(path, "utf8").catch(() => "");
  const { data } = timeSchema.safeParse(/"importedAt"\s*:\s*"([^"]*)"/.exec(text)?.[1]);
  return data === undefined ? {} : { importedAt: data };
}

async function readStored(path: string): Promise<{ file: LibraryFile; damage: Failure | null }> {
  const empty = parseLibraryFile("{}");
  try {
    return { file: (await readLibraryFile(path)) ?? empty, damage: null };
  } catch (error) {
    const message = `The tags and the note in ${basename(path)} cannot be read. What is written anew takes its place; the file is kept under another name.`;
    return { file: empty, damage: { ...toFailure(error), message } };
  }
}
