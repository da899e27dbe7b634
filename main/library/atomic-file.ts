// Files that are either the old or the new content, never a part of it, whatever happens in between.
import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { TareError } from "#shared/model/error.ts";

/** Replaces a file's content: temporary file, fsync, rename, fsync of the folder. Throws TareError DISK_FULL. */
export async function writeFileAtomic(
  path: string,
  content: string | Uint8Array,
  mode = 0o644,
): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, "wx", mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw asDiskError(error, path);
  }
}

/** Makes a rename or a new entry in the folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What a failed write means for a person; errors other than a full disk pass unchanged. */
export function asDiskError(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code !== "ENOSPC" && code !== "EDQUOT") return error;
  return new TareError(
    "DISK_FULL",
    `This computer has no space left for ${path}. Free some space and resume the campaign; what was measured so far is kept.`,
    { cause: error },
  );
}
