// A .tare file becomes a campaign of this library, wholly or not at all.
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, statfs } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Campaign } from "#shared/model/campaign.ts";
import { TareError } from "#shared/model/error.ts";
import { tareFileLimits, type TareFileLimits } from "#shared/tare-file/limits.ts";
import type { Manifest } from "#shared/tare-file/manifest.ts";
import { asDiskError, syncFolder, writeFileAtomic } from "../atomic-file.ts";
import { campaignFolderName } from "../campaign-folder.ts";
import { campaignHolder, lockCampaign } from "../run-lock.ts";
import { checkContent } from "./check-content.ts";
import { extractEntry } from "./extract-entry.ts";
import { type Known, knownCampaign } from "./known-campaign.ts";
import { libraryFileName, libraryFileText, parseLibraryFile } from "./library-file.ts";
import { type Archive, openArchive } from "./read-archive.ts";
import { readManifest } from "./read-manifest.ts";

export interface ImportOptions {
  readonly campaignsFolder: string;
  /** The .tare file. */
  readonly path: string;
  /** What the person calls it, where that is not the path's last part. */
  readonly name?: string;
  readonly signal: AbortSignal;
  readonly now?: () => Date;
  readonly limits?: TareFileLimits;
  /** Bytes that are free for this user where the folder is. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

export interface ImportResult {
  /** `duplicate`: the library has it already, and nothing was changed. */
  readonly outcome: "imported" | "duplicate";
  /** Of the campaign in this library. */
  readonly campaignId: string;
  readonly name: string;
  /** A sentence that says what was done, and what the person may want to do. */
  readonly text: string;
}

/** Kept free beside what is unpacked, bytes. */
const spareBytes = 64 * 2 ** 20;

/** A folder whose import is under way, or was cut short. */
const importFolder = /^\.import-[0-9a-f]+$/;

/**
 * Unpacks beside the library's campaigns, checks everything, and moves it into its place. Whatever happens before that
 * leaves the library as it was. Throws TareError INPUT_INVALID, CAMPAIGN_DAMAGED, UNSUPPORTED, DISK_FULL, CANCELLED.
 */
export async function importCampaign(options: ImportOptions): Promise<ImportResult> {
  const { campaignsFolder, path, limits = tareFileLimits, freeBytes = freeOn } = options;
  const name = options.name ?? basename(path);
  const info = await stat(path).catch((cause: unknown) => {
    throw new TareError("INPUT_INVALID", `The file ${path} cannot be read.`, { cause });
  });
  if (!info.isFile()) throw new TareError("INPUT_INVALID", `${path} is no file. Name a .tare file.`);
  const archive = await openArchive({ path, name, sizeBytes: info.size }, limits);
  const folder = join(campaignsFolder, `.import-${randomBytes(6).toString("hex")}`);
  try {
    const manifest = await readManifest(archive, name);
    await mkdir(campaignsFolder, { recursive: true });
    requireSpace(await freeBytes(campaignsFolder), archive.totalBytes, { campaignsFolder, name });
    await unpack(archive, manifest, folder, { ...options, name, limits });
    const result = await place(folder, manifest, { ...options, name });
    await removeCutShort(campaignsFolder, result.campaignId);
    return result;
  } catch (error) {
    throw isFull(error) ? full(name, campaignsFolder) : error;
  } finally {
    archive.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function isFull(error: unknown): boolean {
  const causes = error instanceof TareError ? [error.cause] : [error];
  return causes.some((cause) => asDiskError(cause, "") !== cause);
}

function full(name: string, folder: string): TareError {
  return new TareError(
    "DISK_FULL",
    `This computer has no space left at ${folder} for the campaign in ${JSON.stringify(name)}. Nothing was imported; free some space and import it again.`,
  );
}

async function freeOn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function requireSpace(
  free: number,
  neededBytes: number,
  { campaignsFolder, name }: { campaignsFolder: string; name: string },
): void {
  if (free >= neededBytes + spareBytes) return;
  const [needed, left] = [Math.ceil((neededBytes + spareBytes) / 2 ** 20), Math.floor(free / 2 ** 20)];
  throw new TareError(
    "DISK_FULL",
    `The campaign in ${JSON.stringify(name)} needs ${needed} MiB, and this computer has ${left} MiB free at ${campaignsFolder}. Nothing was imported; free some space and import it again.`,
  );
}

/** While this goes on, `import.json` says what the folder is, and the lock that somebody is at it. */
async function unpack(
  archive: Archive,
  manifest: Manifest,
  folder: string,
  { name, limits, signal, now = () => new Date() }: ImportOptions & { name: string; limits: TareFileLimits },
): Promise<void> {
  await mkdir(folder);
  await lockCampaign(folder);
  const note = {
    schema: "tare-import/1",
    source: name,
    startedAt: now().toISOString(),
    campaign: manifest.campaign,
  };
  await writeFileAtomic(join(folder, "import.json"), `${JSON.stringify(note, null, 2)}\n`);
  const known = new Map(manifest.files.map((file) => [file.path, file]));
  for (const entry of archive.entries) {
    const file = known.get(entry.path);
    if (file !== undefined)
      await extractEntry(entry, file, { zip: archive.zip, folder, name, limits, signal });
  }
}

async function place(
  folder: string,
  manifest: Manifest,
  { campaignsFolder, name, now = () => new Date() }: ImportOptions & { name: string },
): Promise<ImportResult> {
  const { campaign, words } = await checkContent(folder, manifest, name);
  const journal = join(folder, "events.jsonl");
  const first = await knownCampaign(campaignsFolder, campaign, journal);
  if (first.kind === "same") return duplicate(campaign, first);
  const own = first.kind === "absent" ? campaign : await withOwnId(campaign, folder);
  if (own.id !== campaign.id) {
    const again = await knownCampaign(campaignsFolder, own, journal);
    if (again.kind === "same") return duplicate(own, again);
    if (again.kind === "other") throw occupied(own.id, name);
    await writeFileAtomic(join(folder, "campaign.json"), `${JSON.stringify(own, null, 2)}\n`);
  }
  const annotation = words ?? parseLibraryFile("{}");
  const text = libraryFileText({ ...annotation, archived: false, importedAt: now().toISOString() });
  await writeFileAtomic(join(folder, libraryFileName), text);
  for (const each of ["raw", "facts"]) await mkdir(join(folder, each), { recursive: true });
  await rm(join(folder, "import.json"));
  await rm(join(folder, "lock"));
  await rename(folder, join(campaignsFolder, campaignFolderName(own))).catch((error: unknown) => {
    // Somebody else was faster.
    throw isThere(error) ? occupied(own.id, name) : error;
  });
  await syncFolder(campaignsFolder);
  const title = words?.name ?? own.name;
  const kept =
    own.id === campaign.id
      ? ""
      : ` It has the id ${own.id} here, because another campaign has the id ${campaign.id} already; that one is as it was.`;
  return { outcome: "imported", campaignId: own.id, name: title, text: `"${title}" was imported.${kept}` };
}

function duplicate(campaign: Campaign, { moreThere, moreHere }: Known & { kind: "same" }): ImportResult {
  const { id, name } = campaign;
  const here = `"${name}" is in the library already`;
  const text =
    moreThere > 0
      ? `${here}, with less of it: the file's journal goes on for ${moreThere} more events. Nothing was changed. To have the longer one, remove the campaign here, which can be undone, and import the file again.`
      : moreHere > 0
        ? `${here}, with more of it: the journal here goes on for ${moreHere} more events than the file's. Nothing was changed.`
        : `${here}. Nothing was changed.`;
  return { outcome: "duplicate", campaignId: id, name, text };
}

/** The same design under an id made from its content, so that the same file gets the same id each time. */
async function withOwnId(campaign: Campaign, folder: string): Promise<Campaign> {
  const hash = createHash("sha256").update(await readFile(join(folder, "campaign.json")));
  const firstLine = (await readFile(join(folder, "events.jsonl"), "utf8")).split("\n", 1)[0] ?? "";
  const suffix = hash.update(firstLine).digest("hex").slice(0, 8);
  return { ...campaign, id: `${campaign.id.slice(0, 60).replace(/[.-]+$/, "")}-${suffix}` };
}

function occupied(id: string, name: string): TareError {
  return new TareError(
    "INPUT_INVALID",
    `The file ${JSON.stringify(name)} holds another campaign with the id ${id} than the library has. Nothing was imported; remove the one that is here first.`,
  );
}

function isThere(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOTEMPTY" || code === "EEXIST" || code === "EPERM";
}

/** What earlier imports of the campaign left when their process died; those that are under way stay. */
async function removeCutShort(campaignsFolder: string, campaignId: string): Promise<void> {
  for (const name of await readdir(campaignsFolder)) {
    const folder = join(campaignsFolder, name);
    if (!importFolder.test(name) || (await campaignHolder(folder)) !== null) continue;
    const note = await readFile(join(folder, "import.json"), "utf8").catch(() => "");
    if (!note.includes(JSON.stringify(campaignId))) continue;
    // The import is done: what cannot be removed is shown in the library, and removed there.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
