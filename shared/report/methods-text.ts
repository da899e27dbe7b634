// The methods paragraphs of a report, written from the campaign: what was compared, how, on what, and how it was judged.
import type { Campaign } from "../model/campaign.ts";
import type { Dataset } from "../model/dataset.ts";
import type { Facts } from "../model/facts.ts";
import type { Results } from "../model/result.ts";
import { planSessions } from "../plan/plan-sessions.ts";
import { remaining } from "../plan/remaining.ts";
import { baselineOf } from "../plan/slots.ts";
import type { CampaignState } from "../state/campaign-state.ts";
import { workloads } from "../workloads/registry.ts";
import { capital, listText, wordCount } from "./list-text.ts";
import { machineSentence } from "./machine-sentence.ts";
import { durationText } from "./number.ts";
import { versionsSentence } from "./tool-versions.ts";

export interface MethodsInputs {
  readonly campaign: Campaign;
  readonly state: CampaignState;
  readonly results: Results;
  /** By file name without its ending: `sut-before`. */
  readonly facts: Readonly<Record<string, Facts>>;
}

/** Design, course, machines, analysis: a paragraph each, as plain text. */
export function methodsText(inputs: MethodsInputs): string[] {
  return [designText(inputs), courseText(inputs), machinesText(inputs), analysisText(inputs)];
}

function designText({ campaign }: MethodsInputs): string {
  const { configurations, conditions, blocks, control, seed, host } = campaign;
  const baseline = baselineOf(campaign);
  const titles = [...new Set(conditions.map(({ workload }) => workload))].map(
    (name) => workloads[name].title,
  );
  const scope = campaign.scope === undefined ? "every condition" : "every condition that belongs to it";
  const changes = [
    ...(host.governor === undefined ? [] : [`the CPU governor of both hosts was set to ${host.governor}`]),
    ...Object.entries(host.sysctls).map(
      ([name, value]) => `${name} was set to ${value} on the system under test`,
    ),
    ...(host.dropCaches ? ["the page cache of the system under test was dropped before each session"] : []),
  ];
  return sentences([
    `${capital(wordCount(configurations.length, "configuration"))} (${listText(configurations.map(({ label }) => label))}) ${configurations.length === 1 ? "was" : "were"} measured with ${listText(titles)} under ${wordCount(conditions.length, "condition")}`,
    `The design is ${wordCount(blocks, "randomised block")}: ${blocks === 1 ? "it" : "each"} runs ${scope} in each configuration once, the configurations in random order and the conditions in random order within them, as the seed ${seed} decides`,
    control && baseline !== undefined
      ? `${baseline.label} stands twice in each block; its second run is the A/A control, whose ratio to the first shows the noise of the machines themselves`
      : "There is no A/A control, so the noise of the machines themselves is not known",
    "Each environment runs the same userland with the same binaries; a warm-up is part of each workload's definition and is not averaged in",
    changes.length === 0 ? "" : `For the whole campaign ${listText(changes)}`,
  ]);
}

function courseText({ campaign, state, results }: MethodsInputs): string {
  const { counts } = remaining(planSessions(campaign), state);
  const { startedAt, endedAt } = state;
  const last = endedAt ?? lastEnd(state);
  const parts = [
    `${counts.ok} succeeded`,
    `${counts.failed} failed`,
    ...(counts.missing > 0 ? [`${counts.missing} ${counts.missing === 1 ? "was" : "were"} not run`] : []),
    ...(counts.skipped > 0 ? [`${counts.skipped} ${counts.skipped === 1 ? "was" : "were"} skipped`] : []),
    ...(counts.refused > 0
      ? [
          `${counts.refused} ${counts.refused === 1 ? "was" : "were"} refused, because the lab does not offer what ${counts.refused === 1 ? "it needs" : "they need"}`,
        ]
      : []),
  ];
  const emulated = [...new Set(results.rows.filter((row) => row.emulated).map(({ label }) => label))];
  const lost = [...state.runs.values()].filter(({ attempt }) => attempt > 1).length;
  return sentences([
    `Of ${wordCount(counts.planned, "planned run")}, ${listText(parts)}`,
    startedAt === null
      ? "The campaign was not started"
      : `The campaign started on ${dateText(startedAt)} at ${startedAt.slice(11, 16)} UTC${last === null ? "" : ` and ${endedAt === null ? "its last run ended" : "ended"} ${durationText((Date.parse(last) - Date.parse(startedAt)) / 1000)} later`}; its status is “${state.status}”`,
    lost === 0 ? "" : `${capital(wordCount(lost, "run"))} took more than one attempt; the latest one counts`,
    emulated.length === 0
      ? ""
      : `${listText(emulated)} ran emulated, without hardware virtualization: ${emulated.length === 1 ? "its values are" : "their values are"} no result`,
  ]);
}

function lastEnd({ runs }: CampaignState): string | null {
  return [...runs.values()].reduce<string | null>(
    (last, { endedAt }) => (endedAt !== null && (last === null || endedAt > last) ? endedAt : last),
    null,
  );
}

function machinesText({ campaign, facts }: MethodsInputs): string {
  const { lab, versions } = campaign;
  return sentences([
    lab.demo
      ? "Both hosts are namespaces of one machine (the demo lab), so the values say nothing about hardware"
      : "",
    ...(Object.keys(facts).length === 0
      ? [
          `The system under test was ${lab.sut.address}, the load generator ${lab.loadgen.address}; facts of them and the versions of their programs were not kept`,
        ]
      : [
          machineSentence("The system under test", lab.sut.address, facts["sut-before"] ?? null),
          machineSentence("The load generator", lab.loadgen.address, facts["loadgen-before"] ?? null),
          versionsSentence(facts),
        ]),
    `The campaign was run by Tare ${versions.tare} on Node ${versions.node.replace(/^v/, "")} (${versions.platform})`,
  ]);
}

function analysisText({ campaign, results }: MethodsInputs): string {
  const outliers = results.rows.flatMap(({ values }) => values.filter(({ outlier }) => outlier)).length;
  return sentences([
    campaign.blocks === 1
      ? "With a single block there is one value for each cell: neither a deviation nor an interval can be given"
      : "Means are arithmetic means over the blocks, with the sample standard deviation",
    `Ratios to native are ${campaign.blocks === 1 ? "those within the block" : "geometric means of the ratios within each block, with a 95 % interval from Student's t distribution on the paired logarithms"}`,
    campaign.blocks === 1
      ? ""
      : `A ratio is called not distinguishable where its interval contains 1${campaign.control ? ", or where it is no farther from 1 than the interval of the A/A control reaches" : ""}`,
    `Values beyond Tukey's fences are marked as outliers and kept; ${outliers === 0 ? "there are none" : `there ${outliers === 1 ? "is one" : `are ${outliers}`}`}`,
    "Failed runs are listed with their reasons and carry no value",
  ]);
}

/** How the paper's own numbers became a campaign. */
export function paperMethodsText(dataset: Dataset): string[] {
  const { points, slots, contradictions } = dataset;
  const without = points.filter(({ samples }) => samples === null).length;
  const series = new Set(points.map(({ source }) => source?.series)).size;
  const repeats = points.flatMap(({ samples }) => (samples === null ? [] : [samples.length]));
  return [
    sentences([
      `The values are those that Felter, Ferreira, Rajamony and Rubio published with their report IBM RC25482 (2014): ${points.length} points in ${series} series, measured in ${wordCount(slots.length, "environment")} on ${dataset.place}`,
      `${points.length - without} of the points have their single repeats, ${Math.min(...repeats)} to ${Math.max(...repeats)} of them; of the other ${without} the authors kept the mean alone or with a deviation`,
    ]),
    sentences([
      "The authors measured one environment after another: repeats are in no blocks, there was no A/A control, and drift of the machines is not told apart from the environments",
      "Intervals of means are computed by Tare from the repeats, or from their number and deviation (Student's t, 95 %)",
      "Ratios to native are taken from the means, without pairing, with an interval by the delta method on the logarithms and Welch's degrees of freedom; where an end has no repeats there is no interval",
    ]),
    sentences([
      contradictions.length === 0
        ? ""
        : `In ${contradictions.length} places the report and its own data disagree; what each of them says is told below`,
    ]),
  ].filter(Boolean);
}

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** `24 November 2026`. */
export function dateText(instant: string): string {
  const [year, month, day] = instant.slice(0, 10).split("-").map(Number);
  return `${day} ${months[(month ?? 1) - 1]} ${year}`;
}

function sentences(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== "")
    .map((part) => `${part.replace(/\.$/, "")}.`)
    .join(" ");
}
