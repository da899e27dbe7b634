// Moves a folder whole: at any moment all of it is at the old place or at the new one.
import { randomBytes } from "node:crypto";
import { cp, mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { asDiskError, syncFolder } from "./atomic-file.ts";

/** What a move or a deletion that was cut short left: parts of folders that are whole elsewhere, or given up. */
export const leftoverName = /^\.(moving|removed|purged)-/;

/** Across file systems by a copy. Throws TareError DISK_FULL, and rename's errors where `to` is there already. */
export async function moveFolder(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EXDEV")) throw error;
    await copyOver(from, to);
  }
  await syncFolder(dirname(to));
  await syncFolder(dirname(from));
}

async function copyOver(from: string, to: string): Promise<void> {
  const copy = join(dirname(to), `.moving-${randomBytes(4).toString("hex")}`);
  try {
    await cp(from, copy, { recursive: true, preserveTimestamps: true });
    await rename(copy, to);
  } catch (error) {
    await rm(copy, { recursive: true, force: true });
    throw asDiskError(error, to);
  }
  await deleteFolder(from);
}

/** Out of the list at once: a deletion that is cut short must not leave a damaged campaign. */
export async function deleteFolder(path: string): Promise<void> {
  const doomed = join(dirname(path), `.purged-${basename(path).replace(/^\.+/, "")}`);
  await rm(doomed, { recursive: true, force: true });
  await rename(path, doomed);
  await rm(doomed, { recursive: true, force: true });
}
