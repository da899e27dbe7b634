// Opens a .tare file and proves, before a byte of it is unpacked, that it is one and that it is not made to do harm.
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { TareError } from "#shared/model/error.ts";
import { entryPathProblem, pathKey } from "#shared/tare-file/entry-path.ts";
import { entryLimit, type TareFileLimits } from "#shared/tare-file/limits.ts";
import { manifestName } from "#shared/tare-file/manifest.ts";

export interface ArchiveEntry {
  readonly path: string;
  readonly sizeBytes: number;
  readonly entry: Entry;
}

export interface Archive {
  readonly zip: ZipFile;
  /** `tare.json` first. */
  readonly entries: readonly ArchiveEntry[];
  readonly totalBytes: number;
  close(): void;
}

/** `name`: of the file, for sentences. Throws TareError INPUT_INVALID, which says what is wrong with it. */
export async function openArchive(
  file: { readonly path: string; readonly name: string; readonly sizeBytes: number },
  limits: TareFileLimits,
): Promise<Archive> {
  const { path, name, sizeBytes } = file;
  if (sizeBytes > limits.fileBytes) throw refuse(name, `is larger than ${mebibytes(limits.fileBytes)}`);
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false }).catch((error: unknown) => {
    if (error instanceof Error && "syscall" in error) throw error;
    throw unreadable(name, error);
  });
  try {
    const entries = await entriesOf(zip, name, limits);
    const totalBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
    if (totalBytes > limits.ratioFromBytes && totalBytes > sizeBytes * limits.ratio)
      throw refuse(name, `would unpack to more than ${limits.ratio} times its size`);
    await requireApart(zip, entries, name);
    return { zip, entries, totalBytes, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error instanceof TareError ? error : unreadable(name, error);
  }
}

/** What is thrown for a file that is not taken. `what` goes on after "The file …". */
export function refuse(name: string, what: string): TareError {
  return new TareError(
    "INPUT_INVALID",
    `The file ${JSON.stringify(name)} ${what}. Nothing was imported; ask for a new export of the campaign.`,
  );
}

export function unreadable(name: string, cause: unknown): TareError {
  return new TareError(
    "INPUT_INVALID",
    `The file ${JSON.stringify(name)} is no .tare file, or it is cut off or damaged. Nothing was imported; copy or download it again.`,
    { detail: cause instanceof Error ? cause.message : String(cause), cause },
  );
}

async function entriesOf(zip: ZipFile, name: string, limits: TareFileLimits): Promise<ArchiveEntry[]> {
  if (zip.entryCount > limits.entries) throw refuse(name, `has more than ${limits.entries} entries`);
  const entries: ArchiveEntry[] = [];
  const seen = new Set<string>();
  let totalBytes = 0;
  for await (const entry of zip.eachEntry()) {
    const path = entry.fileNameRaw.toString("latin1");
    if (entries.length === 0 && path !== manifestName)
      throw refuse(name, `is no .tare file: it does not begin with ${manifestName}`);
    requireSafe(entry, path, name, limits);
    if (seen.has(pathKey(path))) throw refuse(name, `has ${shown(path)} twice`);
    seen.add(pathKey(path));
    totalBytes += entry.uncompressedSize;
    if (totalBytes > limits.totalBytes)
      throw refuse(name, `would unpack to more than ${mebibytes(limits.totalBytes)}`);
    entries.push({ path, sizeBytes: entry.uncompressedSize, entry });
  }
  if (entries.length === 0) throw refuse(name, "is an empty zip file");
  return entries;
}

function requireSafe(entry: Entry, path: string, name: string, limits: TareFileLimits): void {
  const what = shown(path);
  const problem = path === manifestName ? null : entryPathProblem(path);
  if (path.endsWith("/")) throw refuse(name, `has a folder of its own, ${what}, where only files may be`);
  if (problem !== null) throw refuse(name, `has a path that ${problem}: ${what}`);
  if (!isPlainFile(entry)) throw refuse(name, `has a link or a device where a file should be: ${what}`);
  if (entry.isEncrypted()) throw refuse(name, `is encrypted (${what}), which a .tare file never is`);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    throw refuse(name, `has ${what} packed in a way that Tare does not know (${entry.compressionMethod})`);
  const limit = entryLimit(path, limits);
  if (entry.uncompressedSize > limit)
    throw refuse(name, `has ${what} with more than ${mebibytes(limit)}, which is too much for it`);
  const { uncompressedSize: size, compressedSize: packed } = entry;
  if (size > limits.ratioFromBytes && size > packed * limits.ratio)
    throw refuse(
      name,
      `has ${what} packed to less than 1/${limits.ratio} of its size, as no campaign's file is`,
    );
}

/** By the attributes of the system that wrote it: Unix tells the kind of file in the upper half, DOS knows folders and volumes. */
function isPlainFile({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  const kind = (externalFileAttributes >>> 16) & 0o170000;
  const unix = [3, 19].includes(versionMadeBy >>> 8);
  if (kind !== 0 && kind !== 0o100000) return false;
  return unix || (externalFileAttributes & 0x18) === 0;
}

/** Entries that share bytes would unpack to much more than they are; local headers that say otherwise deceive other programs. */
async function requireApart(zip: ZipFile, entries: readonly ArchiveEntry[], name: string): Promise<void> {
  const byOffset = entries.toSorted((a, b) => offsetOf(a) - offsetOf(b));
  let end = 0;
  for (const { entry, path } of byOffset) {
    const header = await zip.readLocalFileHeaderPromise(entry);
    const start = entry.relativeOffsetOfLocalHeader;
    if (start < end) throw refuse(name, `has entries that share bytes, at ${shown(path)}`);
    const told = (header.generalPurposeBitFlag & 8) === 0;
    const agrees =
      header.fileName.equals(entry.fileNameRaw) &&
      header.compressionMethod === entry.compressionMethod &&
      (!told || sameSize(header.uncompressedSize, entry.uncompressedSize)) &&
      (!told || sameSize(header.compressedSize, entry.compressedSize));
    if (!agrees) throw refuse(name, `tells two different things about ${shown(path)}`);
    end = header.fileDataStart + entry.compressedSize;
    if (end > zip.fileSize) throw unreadable(name, new Error(`${path} ends after the file.`));
  }
}

/** In zip64 the 32-bit field of a local header may stand for a larger number. */
function sameSize(local: number, central: number): boolean {
  return local === central || (local === 0xffffffff && central >= 0xffffffff);
}

function offsetOf({ entry }: ArchiveEntry): number {
  return entry.relativeOffsetOfLocalHeader;
}

/** A path as a sentence may hold it: one line, not long. */
function shown(path: string): string {
  return JSON.stringify(path.length > 100 ? `${path.slice(0, 100)}…` : path);
}

function mebibytes(bytes: number): string {
  return bytes >= 2 ** 20 ? `${Math.floor(bytes / 2 ** 20)} MiB` : `${bytes} bytes`;
}
