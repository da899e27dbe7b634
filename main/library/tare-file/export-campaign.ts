// A campaign as one .tare file.
import { join } from "node:path";
import type { Readable } from "node:stream";
import { TareError } from "#shared/model/error.ts";
import { paperId } from "#shared/model/dataset.ts";
import type { Replaced } from "#shared/tare-file/anonymous/anonymiser.ts";
import type { Manifest } from "#shared/tare-file/manifest.ts";
import { campaignFolderName, readDesign } from "../campaign-folder.ts";
import { readJournal } from "../journal.ts";
import { findCampaign } from "../library.ts";
import { campaignHolder } from "../run-lock.ts";
import { anonymousFiles, type NamedContent } from "./anonymous-files.ts";
import { campaignFiles, type FolderContent } from "./campaign-files.ts";
import { digestOf } from "./travelling-file.ts";
import { zipStream } from "./write-zip.ts";

export interface ExportOptions {
  readonly campaignsFolder: string;
  readonly campaignId: string;
  /** Of Tare. */
  readonly version: string;
  /** Without host names, addresses, user names, key files and serial numbers. */
  readonly anonymous: boolean;
  readonly signal?: AbortSignal;
}

export interface CampaignExport {
  /** For the file, safe everywhere: `2026-11-24-demo-229c51.tare`. */
  readonly fileName: string;
  readonly manifest: Manifest;
  /** What was replaced, by kind, and names that stay where they are words too; null where nothing was to be. */
  readonly anonymous: { readonly replaced: readonly Replaced[]; readonly kept: readonly string[] } | null;
  /** Files of the folder that belong to no campaign and stay, by their paths. */
  readonly leftOut: readonly string[];
  /** The file's bytes. The caller must read or destroy it. */
  open(): Readable;
}

/**
 * Reads the folder once for sizes and hashes, and again when the stream is read; nothing is held in memory whole.
 * Throws TareError NOT_FOUND, BUSY while it runs, CAMPAIGN_DAMAGED, UNSUPPORTED for the paper.
 */
export async function exportCampaign(options: ExportOptions): Promise<CampaignExport> {
  const { campaignsFolder, campaignId, version, anonymous, signal } = options;
  if (campaignId === paperId)
    throw new TareError(
      "UNSUPPORTED",
      "The paper's data are in every library already, so there is no file to hand on. Export them as CSV, JSON or Parquet.",
    );
  const path = await findCampaign(campaignsFolder, campaignId);
  if ((await campaignHolder(path)) !== null)
    throw new TareError(
      "BUSY",
      "The campaign is running, and its files change. Pause it, or export it when it has ended.",
    );
  const named = await namedContent(path);
  const hidden = anonymous ? await anonymousFiles(named, signal) : null;
  const { campaign, files } = hidden ?? named;
  const listed: Manifest["files"] = [];
  for (const file of files) listed.push({ path: file.path, ...(await digestOf(file.open(), signal)) });
  const manifest: Manifest = {
    schema: "tare-file/1",
    tare: version,
    campaign: { id: campaign.id, name: campaign.name, createdAt: campaign.createdAt },
    anonymous,
    files: listed,
  };
  return {
    fileName: `${campaignFolderName(campaign)}.tare`,
    manifest,
    anonymous:
      hidden === null ? null : { replaced: hidden.anonymiser.replaced(), kept: hidden.anonymiser.kept() },
    leftOut: named.leftOut,
    open: () => zipStream(manifest, files),
  };
}

async function namedContent(path: string): Promise<NamedContent & FolderContent> {
  const campaign = await readDesign(path);
  const { events, wholeBytes } = await readJournal(join(path, "events.jsonl"));
  return { campaign, events, ...(await campaignFiles(path, wholeBytes)) };
}
