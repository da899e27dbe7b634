// A file that a command makes at a place that a person named.
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { asDiskError, syncFolder } from "../library/atomic-file.ts";
import { TareError } from "#shared/model/error.ts";

/** The file appears whole or not at all. Throws TareError INPUT_INVALID where one is there, DISK_FULL. */
export async function writeNew(path: string, content: NodeJS.ReadableStream): Promise<void> {
  const unfinished = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    await pipeline(content, createWriteStream(unfinished, { flags: "wx" }));
    const written = await open(unfinished, "r+");
    await written.sync();
    await written.close();
    // Unlike a rename, this does not replace what is there.
    await link(unfinished, path);
    await syncFolder(dirname(path));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST")
      throw new TareError(
        "INPUT_INVALID",
        `${path} is there already and is not overwritten. Name another file.`,
        {
          cause: error,
        },
      );
    if (code === "ENOENT" || code === "EACCES" || code === "EROFS")
      throw new TareError("INPUT_INVALID", `${path} cannot be written. Name another place.`, {
        cause: error,
      });
    throw asDiskError(error, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}
