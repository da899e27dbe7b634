// `POST /import`: the bytes of a .tare file come into the library; the same for app:// in Electron and for HTTP.
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { TareError, toFailure } from "#shared/model/error.ts";
import { tareFileLimits } from "#shared/tare-file/limits.ts";
import { asDiskError } from "../library/atomic-file.ts";
import { importCampaign } from "../library/tare-file/import-campaign.ts";
import type { Core } from "../core.ts";
import { jsonHeaders } from "./window-files.ts";

export interface Received {
  readonly body: AsyncIterable<Uint8Array>;
  /** The file's name on the sender's side, for sentences; empty where it is not known. */
  readonly name: string;
  /** Raised when the sender is gone. */
  readonly signal: AbortSignal;
  readonly longestBytes?: number;
}

/** Answers with what was done, or with status 422 and a Failure. */
export async function importResponse(
  { paths, library }: Pick<Core, "paths" | "library">,
  { body, name, signal, longestBytes = tareFileLimits.fileBytes }: Received,
): Promise<Response> {
  const folder = join(paths.cache, "received");
  const path = join(folder, `${randomBytes(8).toString("hex")}.tare`);
  try {
    await mkdir(folder, { recursive: true });
    await removeForgotten(folder);
    await pipeline(body, limited(longestBytes), createWriteStream(path, { flags: "wx", mode: 0o600 }), {
      signal,
    });
    const shown = lastPart(name);
    const result = await importCampaign({ campaignsFolder: paths.campaigns, path, name: shown, signal });
    if (result.outcome === "imported") library.touched();
    return Response.json(result, { headers: jsonHeaders });
  } catch (error) {
    const failure = toFailure(asDiskError(error, path));
    return Response.json(failure, { status: 422, headers: jsonHeaders });
  } finally {
    await rm(path, { force: true });
  }
}

function limited(longestBytes: number) {
  return async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let received = 0;
    for await (const piece of pieces) {
      received += piece.length;
      if (received > longestBytes)
        throw new TareError(
          "INPUT_INVALID",
          `The file is larger than ${Math.floor(longestBytes / 2 ** 20)} MiB, which no campaign is. Nothing was imported.`,
        );
      yield piece;
    }
  };
}

/** One line without a path, however it was sent. */
function lastPart(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return last.replaceAll(/\p{Cc}/gu, "").slice(0, 120) || "campaign.tare";
}

/** What a process that was killed while it received left here, after a day. */
async function removeForgotten(folder: string): Promise<void> {
  const yesterday = Date.now() - 24 * 3600 * 1000;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const info = await stat(path).catch(() => null);
    if (info !== null && info.mtimeMs < yesterday) await rm(path, { force: true });
  }
}
