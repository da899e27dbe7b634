// The README of a campaign's folder: for somebody who never saw Tare, what was run, where, in what order, with what
// result and how sure.
import type { Campaign } from "../model/campaign.ts";
import type { Facts } from "../model/facts.ts";
import type { Results } from "../model/result.ts";
import type { CampaignState } from "../state/campaign-state.ts";
import { planSessions } from "../plan/plan-sessions.ts";
import { remaining } from "../plan/remaining.ts";
import { cautions, failureSentences } from "./cautions.ts";
import { configurationText } from "./configuration-text.ts";
import { evidenceSection } from "./evidence-section.ts";
import { evidenceSummary } from "./evidence-summary.ts";
import { folderSection } from "./folder-section.ts";
import { hostSection, restorationSection } from "./host-section.ts";
import { ladderTable } from "./ladder-table.ts";
import { markdownTable, markdownText, markdownVerbatim } from "./markdown.ts";
import { countText, durationText, ratioWithInterval } from "./number.ts";
import { refusedSentences } from "./refused-text.ts";
import { resultTable } from "./result-table.ts";
import { startUpTable } from "./start-up-table.ts";

export interface ReportFacts {
  readonly sut: Facts | null;
  readonly loadgen: Facts | null;
}

/** The whole report as Markdown, made from the folder's own content alone; `facts` are those from before the campaign. */
export function campaignReport(
  campaign: Campaign,
  state: CampaignState,
  results: Results,
  facts: ReportFacts = { sut: null, loadgen: null },
): string {
  return [
    `# ${markdownText(campaign.name)}`,
    "",
    ...statusSection(campaign, state),
    ...resultSection(campaign, results),
    ...ladderSection(results),
    ...startUpSection(results),
    ...refusedSection(campaign, results),
    ...cautionSection(campaign, state, results),
    ...evidenceSection(evidenceSummary(campaign, state.runs)),
    ...hostSection(campaign, facts),
    ...designSection(campaign),
    ...orderSection(campaign),
    ...restorationSection(state),
    ...folderSection(campaign),
  ].join("\n");
}

const statusTexts: Readonly<Record<CampaignState["status"], string>> = {
  ready: "not started",
  running: "not finished: it was running when this was written",
  paused: "not finished: paused",
  complete: "complete",
  incomplete: "ended, incomplete",
  cancelled: "cancelled",
  failed: "ended by a failure",
};

/** The status as a person reads it. */
export function campaignStatusText({ status }: Pick<CampaignState, "status">): string {
  return statusTexts[status];
}

function statusSection(campaign: Campaign, state: CampaignState): string[] {
  const { counts } = remaining(planSessions(campaign), state);
  const { lab, versions } = campaign;
  const workloads = [...new Set(campaign.conditions.map(({ workload }) => workload))].join(", ");
  const configurations = campaign.configurations.map(({ label }) => markdownText(label)).join(", ");
  const taken =
    state.startedAt === null || state.endedAt === null
      ? ""
      : `, ${durationText((Date.parse(state.endedAt) - Date.parse(state.startedAt)) / 1000)} from start to end`;
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
  const refused = counts.refused > 0 ? `, ${counts.refused} refused` : "";
  return [
    `A campaign measured with Tare ${markdownText(versions.tare)}: ${workloads} in ${configurations}, on the system under test ${markdownText(lab.sut.address)} with the load generator ${markdownText(lab.loadgen.address)} (lab "${markdownText(lab.name)}").`,
    "",
    `- Status: ${statusTexts[state.status]}. ${counts.ok} of ${countText(counts.planned, "run")} succeeded, ${counts.failed} failed, ${counts.missing} missing${skipped}${refused}.`,
    `- Started: ${state.startedAt ?? "not yet"}. Ended: ${state.endedAt ?? "not yet"}${taken}. Times are UTC.`,
    ...(state.failure === null ? [] : [`- Reason: ${markdownText(state.failure.message)}`]),
    "",
  ];
}

function resultSection(campaign: Campaign, results: Results): string[] {
  const floors = results.floors.map(({ conditionId, metric, ratio }) => {
    const label = campaign.conditions.find(({ id }) => id === conditionId)?.label ?? conditionId;
    return [markdownText(label), markdownText(metric), ratioWithInterval(ratio)];
  });
  return [
    "## Results",
    "",
    ...markdownVerbatim(resultTable(results)),
    `How to read it: "mean ± s" is the arithmetic mean and the sample standard deviation of n runs, one in each block. "Ratio to native" is the geometric mean of the ratios within each block, with its 95 % interval (Student's t on the paired logarithms). A ratio is "not distinguishable" where that interval contains 1, or where it is no farther from 1 than the interval of native against itself (the A/A control) reaches. Outliers are values beyond Tukey's fences; they are marked and never left out.${results.rows.some(({ comparedWith }) => comparedWith !== undefined) ? ' Where a mark says "ratio to …", that native configuration has the same pinning and stands in for the first.' : ""} Secondary metrics are in the journal.`,
    "",
    ...(floors.length === 0
      ? []
      : [
          "The machine's own noise: native run a second time in every block, as a ratio to native.",
          "",
          ...markdownTable(["condition", "metric", "control to native (95 % interval)"], floors),
        ]),
  ];
}

function ladderSection({ ladders }: Results): string[] {
  const table = ladderTable(ladders);
  if (table === "") return [];
  return [
    "## Step by step",
    "",
    ...markdownVerbatim(table),
    "Each step's ratio is taken to the step before it, within each block, as above. The share is the step's part of the whole way's logarithm, from the blocks in which every step has a value, so that shares add up to 100 %; it is told where the whole way is distinguishable. A negative share leads back. A step is as well proven as the runs at both of its ends.",
    "",
  ];
}

function startUpSection({ startUp }: Results): string[] {
  const table = startUpTable(startUp);
  if (table === "") return [];
  return [
    "## Start-up",
    "",
    ...markdownVerbatim(table),
    "From the command that starts the environment to the first answer on a port of it, by the clock of the system under test; one start in each block.",
    "",
  ];
}

function refusedSection(campaign: Campaign, { refused }: Results): string[] {
  const sentences = refusedSentences(campaign, refused);
  if (sentences.length === 0) return [];
  return ["## Not measured", "", ...sentences.map((text) => `- ${markdownText(text)}`), ""];
}

function cautionSection(campaign: Campaign, state: CampaignState, results: Results): string[] {
  const found = [...cautions(campaign, state, results), ...failureSentences(state)];
  if (found.length === 0) return [];
  return ["## To keep in mind", "", ...found.map((text) => `- ${markdownText(text)}`), ""];
}

function designSection(campaign: Campaign): string[] {
  const { governor, dropCaches, sysctls } = campaign.host;
  const changes = [
    ...(governor === undefined ? [] : [`CPU governor ${governor} on both hosts`]),
    ...Object.entries(sysctls).map(([name, value]) => `${name} = ${value} on the system under test`),
    ...(dropCaches ? ["page cache of the system under test dropped before each session"] : []),
  ];
  return [
    "## What was run",
    "",
    ...markdownTable(
      ["configuration", "id", "choices"],
      campaign.configurations.map((configuration) => [
        markdownText(configuration.label),
        `\`${configuration.id}\``,
        markdownText(configurationText(configuration)),
      ]),
    ),
    ...markdownTable(
      ["condition", "id", "workload", "parameters"],
      campaign.conditions.map(({ id, label, workload, parameters }) => [
        markdownText(label),
        `\`${id}\``,
        workload,
        markdownText(
          Object.entries(parameters)
            .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
            .join(", "),
        ),
      ]),
    ),
    `Changes for the whole campaign: ${changes.length === 0 ? "none" : markdownText(changes.join("; "))}. The exact command of every step is in events.jsonl (\`run-phase\`, \`change\`).`,
    "",
  ];
}

function orderSection(campaign: Campaign): string[] {
  const plan = planSessions(campaign);
  const blocks = Array.from({ length: campaign.blocks }, (_, index) => [
    String(index + 1),
    plan
      .filter(({ block }) => block === index + 1)
      .map(({ slot }) => `\`${slot}\``)
      .join(", "),
  ]);
  return [
    "## In what order",
    "",
    `${countText(campaign.blocks, "randomised block")}: each block runs every condition in every configuration once, configurations in random order, conditions in random order within them. Seed ${campaign.seed} decides the order. ${campaign.control ? "The first native configuration stands twice in each block; the second time it is the A/A control." : ""}`.trim(),
    "",
    ...markdownTable(["block", "sessions in the order of execution"], blocks),
    "The order of the runs within a session is that of `run-started` in events.jsonl.",
    "",
  ];
}
