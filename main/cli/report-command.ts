// `tare report`: what a campaign found as text, or everything as JSON or Markdown.
import { readCampaignFolder, type CampaignContent } from "../library/campaign-folder.ts";
import { findCampaign } from "../library/library.ts";
import { reportText } from "../campaign/write-report.ts";
import type { Core } from "../core.ts";
import { campaignText } from "#shared/report/campaign-text.ts";
import { evidenceSummary } from "#shared/report/evidence-summary.ts";
import { reduceAll } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { exitCodes } from "./exit-code.ts";

export type ReportFormat = "table" | "json" | "markdown";

export async function reportCommand(core: Core, campaignId: string, format: ReportFormat): Promise<number> {
  const content = await readCampaignFolder(await findCampaign(core.paths.campaigns, campaignId));
  process.stdout.write(`${await reportOf(content, format)}\n`);
  return exitCodes.ok;
}

/** The report of a campaign as text. */
export async function reportOf(content: CampaignContent, format: ReportFormat): Promise<string> {
  if (format === "markdown") return reportText(content);
  const { campaign, events } = content;
  const state = reduceAll(events);
  const found = results(campaign, state, workloads);
  return format === "json"
    ? JSON.stringify(
        {
          campaign,
          status: state.status,
          ...found,
          evidence: evidenceSummary(campaign, state.runs),
          networkPath: state.networkPath,
        },
        null,
        2,
      )
    : campaignText(campaign, state, found);
}
