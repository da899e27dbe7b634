// raw/: what the tools printed, one folder a run, compressed when the run has ended; facts/ likewise plain JSON.
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join, normalize, sep } from "node:path";
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

/** The raw files of a run, with paths relative to the campaign's folder. */
export async function listRaw(
  campaignPath: string,
  runId: string,
): Promise<{ path: string; sizeBytes: number }[]> {
  const folder = containedPath(campaignPath, join("raw", runId));
  const names = await readdir(folder).catch(() => []);
  return Promise.all(
    names
      .filter((name) => !name.endsWith(".tmp"))
      .sort()
      .map(async (name) => ({
        path: `raw/${runId}/${name}`,
        sizeBytes: (await stat(join(folder, name))).size,
      })),
  );
}

/** A file of the campaign as a stream, unpacked. Throws TareError NOT_FOUND, also for paths that leave the folder. */
export async function openCampaignFile(campaignPath: string, relativePath: string): Promise<Readable> {
  const path = containedPath(campaignPath, relativePath);
  const info = await stat(path).catch(() => null);
  if (info === null || !info.isFile())
    throw new TareError("NOT_FOUND", `The campaign has no file ${relativePath}.`);
  const stream = createReadStream(path);
  return path.endsWith(".gz") ? stream.pipe(createGunzip()) : stream;
}

function containedPath(campaignPath: string, relativePath: string): string {
  const path = normalize(join(campaignPath, relativePath));
  if (!path.startsWith(campaignPath + sep) || relativePath.includes("\0")) {
    throw new TareError("NOT_FOUND", `The campaign has no file ${relativePath}.`);
  }
  return path;
}
