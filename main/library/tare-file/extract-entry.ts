// One entry of a .tare file becomes a file, if it is what the manifest says.
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { ZipFile } from "yauzl";
import { TareError } from "#shared/model/error.ts";
import type { TareFileLimits } from "#shared/tare-file/limits.ts";
import type { Manifest } from "#shared/tare-file/manifest.ts";
import { type ArchiveEntry, refuse, unreadable } from "./read-archive.ts";

export interface Extraction {
  readonly zip: ZipFile;
  /** Folder that the paths of the entries are below. */
  readonly folder: string;
  /** Of the .tare file, for sentences. */
  readonly name: string;
  readonly limits: TareFileLimits;
  readonly signal: AbortSignal;
}

/** Throws TareError INPUT_INVALID where the content is not the manifest's, DISK_FULL, CANCELLED. */
export async function extractEntry(
  { path, entry }: ArchiveEntry,
  known: Manifest["files"][number],
  to: Extraction,
): Promise<void> {
  const target = join(to.folder, path);
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash("sha256");
  const watched = path.endsWith(".gz") ? unpackedWatcher(path, to) : null;
  let content: Readable | undefined;
  try {
    content = await to.zip.openReadStreamPromise(entry);
    await pipeline(
      content,
      async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          hash.update(piece);
          await watched?.see(piece);
          yield piece;
        }
      },
      // Nothing is there yet: what is, was not put there by this import.
      createWriteStream(target, { flags: "wx" }),
      { signal: to.signal },
    );
    await watched?.end();
  } catch (error) {
    content?.destroy();
    watched?.stop();
    throw failureOf(error, to);
  }
  if (hash.digest("hex") !== known.sha256)
    throw refuse(to.name, `is damaged: ${JSON.stringify(path)} is not what its own list says`);
}

function failureOf(error: unknown, { name, signal }: Extraction): unknown {
  if (error instanceof TareError) return error;
  if (signal.aborted) return new TareError("CANCELLED", "The import was cancelled; nothing was imported.");
  // Errors of the file system are told as they are; all others come from the packed bytes.
  return error instanceof Error && "syscall" in error ? error : unreadable(name, error);
}

interface Watcher {
  see(piece: Buffer): Promise<void>;
  end(): Promise<void>;
  stop(): void;
}

/** Counts what a packed raw file unpacks to, because later it is read as a whole. What is no gzip at all is its reader's matter. */
function unpackedWatcher(path: string, { name, limits }: Extraction): Watcher {
  const gunzip = createGunzip();
  let unpacked = 0;
  let tooLarge = false;
  const sink = new Writable({
    write(piece: Buffer, _encoding, done) {
      unpacked += piece.length;
      tooLarge = unpacked > limits.rawBytes;
      done(tooLarge ? new Error("too large") : null);
    },
  });
  const finished = pipeline(gunzip, sink).catch(() => undefined);
  const check = () => {
    if (!tooLarge) return;
    throw refuse(
      name,
      `has ${JSON.stringify(path)}, which would unpack to more than ${limits.rawBytes} bytes`,
    );
  };
  return {
    async see(piece) {
      check();
      if (gunzip.destroyed || gunzip.write(piece)) return;
      await Promise.race([new Promise((resolve) => gunzip.once("drain", resolve)), finished]);
    },
    async end() {
      gunzip.end();
      await finished;
      check();
    },
    stop: () => gunzip.destroy(),
  };
}
