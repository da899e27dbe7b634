// Results, noise floor, ladders and start-up as tables with a drawing of each ratio.
import type { Dataset, DataSlot } from "../../model/dataset.ts";
import type { EnvironmentName } from "../../model/configuration.ts";
import type { Estimate, LadderRow, ResultRow, Results, StartUpRow } from "../../model/result.ts";
import { meanText, ratioWithInterval, shareText, significant } from "../number.ts";
import { judgementMarks, marksOf } from "../result-table.ts";
import { labelMarkup } from "./about-sections.ts";
import { html, table, type Part, type Section, type TableColumn, type TableRow } from "./markup.ts";
import { ratioBar, reachOf } from "./ratio-bar.ts";
import type { ReportedCampaign } from "./report-inputs.ts";

/** A line of any of these tables. */
interface Line {
  readonly group: string;
  readonly label: string;
  readonly environment: EnvironmentName | null;
  readonly mean: Part;
  readonly unit: string;
  readonly n: number | null;
  readonly ratio: Estimate | null;
  readonly distinguishable: boolean | null;
  readonly proven: boolean;
  readonly marks: readonly string[];
}

const columns: readonly TableColumn[] = [
  { title: "configuration" },
  { title: "mean ± s", number: true },
  { title: "unit" },
  { title: "n", number: true },
  { title: "ratio to native (95 % interval)", number: true },
  { title: "from 1" },
  { title: "marks" },
];

function linesTable(label: string, lines: readonly Line[], titles = columns): Part {
  const groups = Map.groupBy(lines, ({ group }) => group);
  const rows = [...groups].flatMap(([group, own]): TableRow[] => {
    const reach = reachOf(own.flatMap(({ ratio }) => ratio ?? []));
    return [{ heading: true, cells: [group] }, ...own.map((line) => ({ cells: cellsOf(line, reach) }))];
  });
  return table(label, titles, rows);
}

function cellsOf(line: Line, reach: number): Part[] {
  const { label, environment, mean, unit, n, ratio, distinguishable, proven, marks } = line;
  return [
    labelMarkup(label, environment),
    mean,
    unit,
    n,
    ratio === null ? null : ratioWithInterval(ratio),
    ratio === null || environment === null
      ? null
      : ratioBar({ ratio, environment, distinguishable, proven }, reach),
    html`<span class="mark">${marks.join("; ")}</span>`,
  ];
}

export function resultSection(dataset: Dataset, measured: ReportedCampaign | null): Section {
  const slots = new Map(dataset.slots.map((slot) => [slot.slot, slot]));
  const all = measured === null ? paperLines(dataset, slots) : measuredLines(measured.results.rows, slots);
  const [primary, secondary] = [all.filter((line) => line.primary), all.filter((line) => !line.primary)];
  return {
    id: "results",
    title: "Results",
    content: html`${
      primary.length === 0 ? html`<p>Nothing was measured yet.</p>` : linesTable("Table of results", primary)
    }${
      secondary.length === 0
        ? null
        : html`<details>
            <summary>Secondary quantities, pilots and re-runs: ${secondary.length} rows</summary>
            ${linesTable("Secondary results", secondary)}
          </details>`
    }`,
  };
}

type Slots = ReadonlyMap<string, DataSlot>;

function measuredLines(rows: readonly ResultRow[], slots: Slots): (Line & { primary: boolean })[] {
  return rows.map((row) => ({
    group: `${row.conditionLabel}: ${row.metric.title} (${row.metric.better} is better)`,
    label: row.label,
    environment: slots.get(row.slot)?.environment ?? null,
    mean: meanText(row.mean, row.deviation),
    unit: row.mean === null ? "" : row.metric.unit,
    n: row.values.length,
    ratio: row.ratio,
    distinguishable: row.distinguishable,
    proven: !row.emulated && isHeld(row.evidence) && row.nativeEvidence === undefined,
    marks: marksOf(row),
    primary: row.metric.primary || row.failed > 0,
  }));
}

function isHeld(evidence: ResultRow["evidence"]): boolean {
  return evidence === null || evidence === "held";
}

function paperLines({ points }: Dataset, slots: Slots): (Line & { primary: boolean })[] {
  return points.map((point) => ({
    group: [
      point.source?.figure == null ? "" : `Figure ${point.source.figure}`,
      point.subject,
      point.title,
      point.conditionLabel,
    ]
      .filter((part) => part !== "")
      .join(", "),
    label: slots.get(point.slot)?.label ?? point.slot,
    environment: slots.get(point.slot)?.environment ?? null,
    mean: meanText(point.mean, point.deviation),
    unit: point.unit,
    n: point.n,
    ratio: point.ratio,
    distinguishable: point.distinguishable,
    proven: true,
    marks: [
      ...judgementMarks({ ...point, ratio: null }, "native"),
      ...(point.paperEnvironment === null ? [] : [`the report's label: ${point.paperEnvironment}`]),
      ...(point.deviationNote === null ? [] : [`s: ${point.deviationNote}`]),
      ...outlierMark(point.samples?.filter(({ outlier }) => outlier).length ?? 0),
    ],
    primary: point.primary,
  }));
}

function outlierMark(count: number): string[] {
  return count === 0 ? [] : [`${count} outlier${count === 1 ? "" : "s"}`];
}

export function noiseSection({ campaign, results }: ReportedCampaign): Section {
  const rows = results.floors.map(({ conditionId, metric, ratio }) => ({
    cells: [
      campaign.conditions.find(({ id }) => id === conditionId)?.label ?? conditionId,
      metric,
      ratioWithInterval(ratio),
      ratioBar({ ratio, environment: "native", distinguishable: null, proven: true }, reachOf([ratio])),
    ],
  }));
  return {
    id: "noise",
    title: "The machines' own noise",
    content:
      rows.length === 0
        ? html`<p>
            Nothing is known of it:
            ${campaign.control ? "no block has both runs of native" : "the campaign has no A/A control"}.
          </p>`
        : html`<p>Native run a second time in every block, as a ratio to native.</p>
            ${table(
              "Noise floor",
              [
                { title: "condition" },
                { title: "metric" },
                { title: "control to native (95 % interval)", number: true },
                { title: "from 1" },
              ],
              rows,
            )}`,
  };
}

export function ladderSection({ ladders }: Results, slots: readonly DataSlot[]): Section {
  const environments = new Map(
    slots.map(({ configurationId, environment }) => [configurationId, environment]),
  );
  const lines = ladders
    .filter(({ metric }) => metric.primary)
    .flatMap((ladder) => ladderLines(ladder, environments));
  return {
    id: "ladders",
    title: "Step by step",
    content:
      lines.length === 0
        ? html`<p>
            The campaign has no ladder: no walk from one configuration to another, one change at a time.
          </p>`
        : html`<p>
              Each ratio is taken to the step before, within each block. The share is the step's part of the
              whole way's logarithm; it is told where the whole way is distinguishable, and a negative one
              leads back.
            </p>
            ${linesTable("Ladders", lines, [
              { title: "step" },
              { title: "mean", number: true },
              { title: "unit" },
              { title: "share, %", number: true },
              { title: "ratio to the step before (95 % interval)", number: true },
              { title: "from 1" },
              { title: "marks" },
            ])}`,
  };
}

function ladderLines(
  { title, conditionLabel, metric, steps, total, distinguishable }: LadderRow,
  environments: ReadonlyMap<string, EnvironmentName>,
): Line[] {
  const group = `${title}: ${conditionLabel}, ${metric.title} (${metric.better} is better)`;
  const emulated = steps.some((step) => step.emulated);
  const last = steps.at(-1);
  return [
    ...steps.map((step) => ({
      group,
      label: step.label,
      environment: environments.get(step.configurationId) ?? null,
      mean: meanText(step.mean, null),
      unit: step.mean === null ? "" : metric.unit,
      n: step.share === null ? null : Number((100 * step.share).toFixed(1)),
      ratio: step.ratio,
      distinguishable: step.distinguishable,
      proven: !step.emulated && isHeld(step.evidence),
      marks: judgementMarks(step, "the step before"),
    })),
    {
      group,
      label: "The whole way",
      environment: environments.get(last?.configurationId ?? "") ?? null,
      mean: "",
      unit: "",
      n: null,
      ratio: total,
      distinguishable,
      proven: !emulated && steps.every(({ evidence }) => isHeld(evidence)),
      marks: [
        ...judgementMarks({ ratio: total, distinguishable, emulated }, steps[0]?.label ?? ""),
        ...(total === null
          ? []
          : [`shares add up to ${shareText(1)}`].filter(() => steps.some(({ share }) => share !== null))),
      ],
    },
  ];
}

export function startUpSection({ startUp }: Results, slots: readonly DataSlot[]): Section {
  const environments = new Map(slots.map(({ slot, environment }) => [slot, environment]));
  return {
    id: "start-up",
    title: "Start-up",
    content:
      startUp.length === 0
        ? html`<p>The start-up of no environment was measured.</p>`
        : html`<p>
              From the command that starts the environment to the first answer on a port of it, by the clock
              of the system under test; one start in each block.
            </p>
            ${linesTable(
              "Table of start-up",
              startUp.map((row) => startUpLine(row, environments.get(row.slot) ?? null)),
            )}`,
  };
}

function startUpLine(row: StartUpRow, environment: EnvironmentName | null): Line {
  return {
    group: "Start-up (lower is better)",
    label: row.label,
    environment,
    mean:
      row.deviation === null && row.mean !== null
        ? significant(row.mean, 4)
        : meanText(row.mean, row.deviation),
    unit: "s",
    n: row.values.length,
    ratio: row.ratio,
    distinguishable: row.distinguishable,
    proven: !row.emulated,
    marks: judgementMarks(row, "native"),
  };
}
