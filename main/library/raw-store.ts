// raw/: what the tools printed, one folder a run, compressed when the run has ended; facts/ likewise plain JSON.
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { pipeline as pipe } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip, gunzipSync } from "node:zlib";
import type { Readable } from "node:stream";
import { TareError } from "#shared/model/error.ts";
import { asDiskError } from "./atomic-file.ts";

/** Files up to this size stay as they are, so that a person can read them without a tool. */
const plainBytes = 32 * 1024;

/** Folder for a run's raw files; made where it is missing. Throws TareError DISK_FULL. */
export async function rawFolder(campaignPath: string, runId: string): Promise<string> {
  const path = join(campaignPath, "raw", runId);
  await mkdir(path, { recursive: true }).catch((error: unknown) => {
    throw asDiskError(error, path);
  });
  return path;
}

/** Compresses a run's large files in place (`x` becomes `x.gz`); a crash leaves either the one or the other. */
export async function compressRun(campaignPath: string, runId: string): Promise<void> {
  const folder = await rawFolder(campaignPath, runId);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (name.endsWith(".gz") || name.endsWith(".tmp") || (await stat(path)).size <= plainBytes) continue;
    try {
      await pipeline(createReadStream(path), createGzip(), createWriteStream(`${path}.gz.tmp`));
      const file = await open(`${path}.gz.tmp`, "r+");
      await file.sync();
      await file.close();
      await rename(`${path}.gz.tmp`, `${path}.gz`);
      await rm(path);
    } catch (error) {
      await rm(`${path}.gz.tmp`, { force: true });
      throw asDiskError(error, path);
    }
  }
}

/** Text of a raw file, compressed or not; empty where there is none. */
export async function readRaw(campaignPath: string, runId: string, name: string): Promise<string> {
  const path = join(campaignPath, "raw", runId, name);
  const plain = await readFile(path).catch(() => null);
  if (plain !== null) return plain.toString("utf8");
  const packed = await readFile(`${path}.gz`).catch(() => null);
  return packed === null ? "" : gunzipSync(packed).toString("utf8");
}

/** The raw files of a run, with paths relative to the campaign's folder. Throws TareError NOT_FOUND for a run id that is a path. */
export async function listRaw(
  campaignPath: string,
  runId: string,
): Promise<{ path: string; sizeBytes: number }[]> {
  const folder = join(campaignPath, "raw", runId);
  if (["", ".", ".."].includes(runId) || /[/\\\0]/.test(runId)) throw noFile(runId);
  const names = await readdir(folder).catch(absent([]));
  const files = await Promise.all(
    names
      .filter((name) => !name.endsWith(".tmp"))
      .sort()
      .map(async (name) => {
        // A file that a running campaign has just packed is listed next time under its new name.
        const info = await stat(join(folder, name)).catch(absent(null));
        return info?.isFile() === true ? [{ path: `raw/${runId}/${name}`, sizeBytes: info.size }] : [];
      }),
  );
  return files.flat();
}

/**
 * A file of the campaign as a stream, unpacked; `x` is found as `x.gz` too. The caller must read or destroy it.
 * Throws TareError NOT_FOUND, also for paths and symbolic links that leave the folder.
 */
export async function openCampaignFile(campaignPath: string, relativePath: string): Promise<Readable> {
  const path =
    (await containedFile(campaignPath, relativePath)) ??
    (await containedFile(campaignPath, `${relativePath}.gz`));
  if (path === null) throw noFile(relativePath);
  const file = await open(path, "r");
  const stream = file.createReadStream();
  // The reader of the unpacked stream sees its errors; the file is closed with it either way.
  return path.endsWith(".gz") ? pipe(stream, createGunzip(), () => undefined) : stream;
}

/** Real path of a regular file inside the folder, or null. */
async function containedFile(campaignPath: string, relativePath: string): Promise<string | null> {
  if (relativePath.includes("\0")) return null;
  const wanted = join(campaignPath, relativePath);
  if (!wanted.startsWith(campaignPath + sep)) return null;
  const path = await realpath(wanted).catch(absent(null));
  if (path === null || !path.startsWith((await realpath(campaignPath)) + sep)) return null;
  return (await stat(path)).isFile() ? path : null;
}

/** For `catch`: a value where the path leads nowhere; other errors pass. */
function absent<T>(value: T): (error: unknown) => T {
  return (error) => {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP" || code === "ENAMETOOLONG") return value;
    throw error;
  };
}

function noFile(path: string): TareError {
  return new TareError("NOT_FOUND", `The campaign has no file ${JSON.stringify(path)}.`);
}
