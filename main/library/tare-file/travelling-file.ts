// A file of a campaign on its way into a .tare file, and what is known of its content.
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface TravellingFile {
  /** In the .tare file. */
  readonly path: string;
  /** The same bytes at every call. */
  open(): Readable;
}

export interface Digest {
  readonly sizeBytes: number;
  readonly sha256: string;
}

export function textFile(path: string, text: string): TravellingFile {
  return { path, open: () => Readable.from([Buffer.from(text)]) };
}

export async function digestOf(content: Readable, signal?: AbortSignal): Promise<Digest> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  await pipeline(
    content,
    async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) {
        hash.update(piece);
        sizeBytes += piece.length;
      }
    },
    { signal },
  );
  return { sizeBytes, sha256: hash.digest("hex") };
}
