// What a campaign found, as plain text of at most 100 columns: results, ladders, start-up, what was not measured, evidence.
import type { Campaign } from "../model/campaign.ts";
import type { Results } from "../model/result.ts";
import type { CampaignState } from "../state/campaign-state.ts";
import { evidenceSentences, evidenceSummary } from "./evidence-summary.ts";
import { ladderTable } from "./ladder-table.ts";
import { networkSentences } from "./network-path-text.ts";
import { refusedSentences } from "./refused-text.ts";
import { resultTable } from "./result-table.ts";
import { startUpTable } from "./start-up-table.ts";
import { indented, wrapped, tableWidth } from "./text-table.ts";

/** Sections without content are left out. Ends with a line break. */
export function campaignText(
  campaign: Campaign,
  state: Pick<CampaignState, "runs" | "networkPath">,
  results: Results,
): string {
  const evidence = evidenceSummary(campaign, state.runs).flatMap((summary) => [
    ...wrapped(summary.label, tableWidth),
    ...evidenceSentences(summary).flatMap((sentence) => indented(sentence, 4)),
  ]);
  const listed = (sentences: readonly string[]) =>
    sentences.flatMap((sentence) => wrapped(sentence, tableWidth)).join("\n");
  const sections = [
    ["Ladders", ladderTable(results.ladders)],
    ["Start-up", startUpTable(results.startUp)],
    ["Not measured", listed(refusedSentences(campaign, results.refused))],
    ["Evidence", evidence.join("\n")],
    ["Network", listed(networkSentences(campaign, state.networkPath))],
  ] as const;
  return [
    resultTable(results),
    ...sections
      .filter(([, text]) => text !== "")
      .map(([title, text]) => `${title}\n${"-".repeat(title.length)}\n${text.trimEnd()}\n`),
  ].join("\n");
}
