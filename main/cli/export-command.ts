// `tare export`: a campaign becomes one .tare file.
import { createWriteStream } from "node:fs";
import { link, open, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { randomBytes } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { asDiskError, syncFolder } from "../library/atomic-file.ts";
import { type CampaignExport, exportCampaign } from "../library/tare-file/export-campaign.ts";
import type { Core } from "../core.ts";
import { TareError } from "#shared/model/error.ts";
import { exitCodes } from "./exit-code.ts";

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
  else process.stdout.write([path, ...anonymousText(anonymous), ""].join("\n"));
  if (leftOut.length > 0)
    process.stderr.write(`Not in the file, because no campaign has such files: ${leftOut.join(", ")}\n`);
  return exitCodes.ok;
}

/** What was replaced, and what to look at before the file is handed on. */
function anonymousText(anonymous: CampaignExport["anonymous"]): string[] {
  if (anonymous === null) return [];
  const { replaced, kept } = anonymous;
  const counts = replaced.map(({ words, count }) => `${count} ${words}`).join(", ");
  return [
    `Replaced: ${counts}. Tags and note are left out.`,
    ...(kept.length === 0
      ? []
      : [
          `Names that are also words of the field, replaced only where a name stands: ${kept.join(", ")}. Look for them before you hand the file on.`,
        ]),
  ];
}

/** The file appears whole or not at all. Throws TareError INPUT_INVALID where one is there, DISK_FULL. */
async function writeNew(path: string, content: NodeJS.ReadableStream): Promise<void> {
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
