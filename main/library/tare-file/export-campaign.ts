// A campaign as one .tare file.
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import { TareError } from "#shared/model/error.ts";
import { paperId } from "#shared/model/dataset.ts";
import type { Manifest } from "#shared/tare-file/manifest.ts";
import { readDesign } from "../campaign-folder.ts";
import { readJournal } from "../journal.ts";
import { findCampaign } from "../library.ts";
import { campaignHolder } from "../run-lock.ts";
import { campaignFiles } from "./campaign-files.ts";
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
  const { campaignsFolder, campaignId, version, signal } = options;
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
  const campaign = await readDesign(path);
  const { wholeBytes } = await readJournal(join(path, "events.jsonl"));
  const { files, leftOut } = await campaignFiles(path, wholeBytes);
  const listed: Manifest["files"] = [];
  for (const file of files) listed.push({ path: file.path, ...(await digestOf(file.open(), signal)) });
  const manifest: Manifest = {
    schema: "tare-file/1",
    tare: version,
    campaign: { id: campaign.id, name: campaign.name, createdAt: campaign.createdAt },
    anonymous: false,
    files: listed,
  };
  return { fileName: `${basename(path)}.tare`, manifest, leftOut, open: () => zipStream(manifest, files) };
}
