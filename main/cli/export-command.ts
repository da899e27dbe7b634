// `tare export`: a campaign becomes one .tare file.
import { resolve } from "node:path";
import { exportCampaign } from "../library/tare-file/export-campaign.ts";
import { replacedTexts } from "#shared/tare-file/anonymous/replaced-text.ts";
import type { Core } from "../core.ts";
import { exitCodes } from "./exit-code.ts";
import { writeNew } from "./write-new.ts";

export interface ExportCommandOptions {
  readonly anonymous?: boolean;
  readonly json?: boolean;
}

/** Without `file` it gets the campaign's name, in the current folder. A file that is there already is not overwritten. */
export async function exportCommand(
  core: Core,
  campaignId: string,
  file: string | undefined,
  options: ExportCommandOptions,
): Promise<number> {
  const made = await exportCampaign({
    campaignsFolder: core.paths.campaigns,
    campaignId,
    version: core.version,
    anonymous: options.anonymous === true,
  });
  const path = resolve(file ?? made.fileName);
  await writeNew(path, made.open());
  const { manifest, leftOut, anonymous } = made;
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ file: path, manifest, leftOut, anonymous }, null, 2)}\n`);
  else process.stdout.write([path, ...(anonymous === null ? [] : replacedTexts(anonymous)), ""].join("\n"));
  if (leftOut.length > 0)
    process.stderr.write(`Not in the file, because no campaign has such files: ${leftOut.join(", ")}\n`);
  return exitCodes.ok;
}
