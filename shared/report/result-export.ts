// Results for other programs: tab-separated values in full precision, and a Markdown table as people read it.
import type { Estimate, LadderRow, ResultRow, StartUpRow } from "../model/result.ts";
import { markdownTable, markdownText } from "./markdown.ts";
import { meanText, ratioWithInterval } from "./number.ts";
import { judgementMarks, marksOf } from "./result-table.ts";

type Cell = string | number | null | undefined;

const columns = [
  "workload",
  "condition",
  "metric",
  "unit",
  "better",
  "configuration",
  "n",
  "mean",
  "s",
  "ratio to native",
  "ratio low (95 %)",
  "ratio high (95 %)",
  "evidence",
  "marks",
];

const ladderColumns = [
  "ladder",
  "workload",
  "condition",
  "metric",
  "unit",
  "better",
  "step",
  "configuration",
  "mean",
  "ratio to the step before",
  "ratio low (95 %)",
  "ratio high (95 %)",
  "share",
  "evidence",
  "marks",
];

const startUpColumns = [
  "configuration",
  "n",
  "start-up mean, s",
  "s",
  "ratio to native",
  "ratio low (95 %)",
  "ratio high (95 %)",
  "marks",
];

/** A line of names, then a line for each row; numbers unrounded, nothing where there is no number. */
export function resultTsv(rows: readonly ResultRow[]): string {
  const lines = rows.map((row) => {
    const { workload, conditionLabel, metric, label, values, mean, deviation, ratio } = row;
    return [
      workload,
      conditionLabel,
      metric.title,
      metric.unit,
      metric.better,
      label,
      values.length,
      mean,
      deviation,
      ...estimateCells(ratio),
      row.evidence,
      marksOf(row).join("; "),
    ];
  });
  return tsv(columns, lines);
}

/** A line for each step of each ladder, numbered from 0; the whole way is the last, named "total". */
export function ladderTsv(ladders: readonly LadderRow[]): string {
  const lines = ladders.flatMap(
    ({ title, workload, conditionLabel, metric, steps, total, distinguishable }): Cell[][] => {
      const head = [title, workload, conditionLabel, metric.title, metric.unit, metric.better];
      const emulated = steps.some((step) => step.emulated);
      const whole = judgementMarks({ ratio: total, distinguishable, emulated }, steps[0]?.label ?? "");
      return [
        ...steps.map((step, index) => [
          ...head,
          index,
          step.label,
          step.mean,
          ...estimateCells(step.ratio),
          step.share,
          step.evidence,
          judgementMarks(step, "the step before").join("; "),
        ]),
        [...head, "total", "", null, ...estimateCells(total), null, null, whole.join("; ")],
      ];
    },
  );
  return tsv(ladderColumns, lines);
}

/** A line for each configuration of which a start was measured. */
export function startUpTsv(rows: readonly StartUpRow[]): string {
  const lines = rows.map((row) => [
    row.label,
    row.values.length,
    row.mean,
    row.deviation,
    ...estimateCells(row.ratio),
    judgementMarks(row, "native").join("; "),
  ]);
  return tsv(startUpColumns, lines);
}

function estimateCells(estimate: Estimate | null): Cell[] {
  return [estimate?.value, estimate?.interval?.[0], estimate?.interval?.[1]];
}

function tsv(names: readonly string[], lines: readonly (readonly Cell[])[]): string {
  const cells = lines.map((line) => line.map((cell) => String(cell ?? "").replaceAll(/\s/g, " ")));
  return [names, ...cells].map((line) => `${line.join("\t")}\n`).join("");
}

/** A table with the same rows, numbers rounded as everywhere in Tare. */
export function resultMarkdown(rows: readonly ResultRow[]): string {
  const head = [
    "Condition",
    "Metric",
    "Configuration",
    "Mean ± s",
    "Unit",
    "n",
    "Ratio to native (95 % interval)",
    "Marks",
  ];
  const lines = rows.map((row) =>
    [
      row.conditionLabel,
      `${row.metric.title} (${row.metric.better} is better)`,
      row.label,
      meanText(row.mean, row.deviation),
      row.metric.unit,
      String(row.values.length),
      row.ratio === null ? "" : ratioWithInterval(row.ratio),
      marksOf(row).join("; "),
    ].map(markdownText),
  );
  return markdownTable(head, lines).join("\n");
}
