// `tare report`: what a campaign found as text, or the campaign in another format.
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { readCampaignFolder, type CampaignContent } from "../library/campaign-folder.ts";
import { findCampaign } from "../library/library.ts";
import { reportText } from "../campaign/write-report.ts";
import type { Core } from "../core.ts";
import { rootFolder } from "../installation.ts";
import { exportFormats, type ExportFormat } from "../report/export-formats.ts";
import { readCampaignSource } from "../report/campaign-source.ts";
import { ensureWindowBuilt } from "../web/ensure-window-built.ts";
import { TareError } from "#shared/model/error.ts";
import { campaignText } from "#shared/report/campaign-text.ts";
import { datasetMarkdown, datasetText } from "#shared/report/dataset-text.ts";
import { reduceAll } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { exitCodes } from "./exit-code.ts";
import { writeNew } from "./write-new.ts";

const formats = ["html", "markdown", "json", "csv", "parquet", "bibtex"] as const;
type Format = (typeof formats)[number];

export type ReportOptions = Partial<Record<Format | "summary" | "samples", boolean>> & {
  readonly output?: string;
};

/** Without a format a table. Throws TareError INPUT_INVALID, NOT_FOUND, CAMPAIGN_DAMAGED, DISK_FULL. */
export async function reportCommand(core: Core, campaignId: string, options: ReportOptions): Promise<number> {
  const asked = formats.filter((format) => options[format] === true);
  const [format, other] = asked;
  if (other !== undefined)
    throw new TareError("INPUT_INVALID", `Ask for one format at a time, not for ${asked.join(" and ")}.`);
  if (options.summary === true && format !== "csv")
    throw new TareError("INPUT_INVALID", "--summary goes with --csv.");
  if (options.samples === true && format !== "parquet")
    throw new TareError("INPUT_INVALID", "--samples goes with --parquet.");
  const made = exportOf(format, options);
  if (made?.binary === true && options.output === undefined)
    throw new TareError("INPUT_INVALID", "Parquet is no text: name a file with --output.");
  if (format === "html") await ensureWindowBuilt(rootFolder, (text) => void process.stderr.write(text));
  const content =
    made === null
      ? `${await textOf(core, campaignId, format === "markdown" ? "markdown" : "table")}\n`
      : await made.make(core.paths, campaignId, core.version);
  if (options.output === undefined) process.stdout.write(content);
  else {
    const path = resolve(options.output);
    await writeNew(path, Readable.from([content]));
    process.stdout.write(`${path}\n`);
  }
  return exitCodes.ok;
}

function exportOf(format: Format | undefined, { summary, samples }: ReportOptions): ExportFormat | null {
  switch (format) {
    case undefined:
    case "markdown":
      return null;
    case "csv":
      return exportFormats[summary === true ? "summary.csv" : "csv"];
    case "parquet":
      return exportFormats[samples === true ? "samples.parquet" : "parquet"];
    case "bibtex":
      return exportFormats.bib;
    default:
      return exportFormats[format];
  }
}

type TextFormat = "table" | "markdown";

async function textOf(core: Core, campaignId: string, format: TextFormat): Promise<string> {
  const { dataset, measured } = await readCampaignSource(core.paths, campaignId);
  if (measured === null) return format === "markdown" ? datasetMarkdown(dataset) : datasetText(dataset);
  return reportOf(await readCampaignFolder(await findCampaign(core.paths.campaigns, campaignId)), format);
}

/** The report of a measured campaign as text. */
export async function reportOf(content: CampaignContent, format: TextFormat): Promise<string> {
  if (format === "markdown") return reportText(content);
  const { campaign, events } = content;
  const state = reduceAll(events);
  return campaignText(campaign, state, results(campaign, state, workloads));
}
