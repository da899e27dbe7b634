// `tare report`: the table of ratios of a campaign, or everything as JSON or Markdown.
import { readCampaignFolder, type CampaignContent } from "../library/campaign-folder.ts";
import { findCampaign } from "../library/library.ts";
import type { Core } from "../core.ts";
import { campaignReport } from "#shared/report/campaign-report.ts";
import { resultTable } from "#shared/report/result-table.ts";
import { reduceAll } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { exitCodes } from "./exit-code.ts";

export async function reportCommand(
  core: Core,
  campaignId: string,
  format: "table" | "json" | "markdown",
): Promise<number> {
  const content = await readCampaignFolder(await findCampaign(core.paths.campaigns, campaignId));
  process.stdout.write(`${reportOf(content, format)}\n`);
  return exitCodes.ok;
}

/** The report of a campaign as text. */
export function reportOf(
  { campaign, events }: CampaignContent,
  format: "table" | "json" | "markdown",
): string {
  const state = reduceAll(events);
  const found = results(campaign, state, workloads);
  if (format === "json") return JSON.stringify({ campaign, status: state.status, ...found }, null, 2);
  return format === "markdown" ? campaignReport(campaign, state, found) : resultTable(found);
}
