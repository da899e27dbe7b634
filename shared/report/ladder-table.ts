// Ladders as a plain-text table: each step's ratio to the one before, and its share of the whole way.
import type { LadderRow, LadderStep } from "../model/result.ts";
import { meanText, ratioWithInterval, shareText } from "./number.ts";
import { judgementMarks } from "./result-table.ts";
import { rowLines, tableLine, tableWidth, wrapped, type TextColumn } from "./text-table.ts";

const columns: readonly TextColumn[] = [
  { title: "step", width: 34, end: false },
  { title: "mean", width: 12, end: true },
  { title: "unit", width: 8, end: false },
  { title: "ratio to the step before (95 %)", width: 31, end: false },
  { title: "share", width: 7, end: true },
];

/** A heading for each ladder, condition and primary metric, a row for each step, a row for the whole way. Empty without ladders. */
export function ladderTable(ladders: readonly LadderRow[]): string {
  const shown = ladders.filter(({ metric }) => metric.primary);
  if (shown.length === 0) return "";
  const titles = columns.map(({ title }) => title);
  const lines = [tableLine(columns, titles), ...shown.flatMap(ladderLines)];
  return `${lines.join("\n")}\n`;
}

function ladderLines({ title, conditionLabel, metric, steps, total, distinguishable }: LadderRow): string[] {
  const heading = `${title}: ${conditionLabel}, ${metric.title} (${metric.better} is better)`;
  const first = steps[0]?.label ?? "";
  const emulated = steps.some((step) => step.emulated);
  const whole = { ratio: total, distinguishable, emulated };
  return [
    "",
    ...wrapped(heading, tableWidth),
    ...steps.flatMap((step) => stepLines(step, metric.unit)),
    ...rowLines(
      columns,
      ["The whole way", "", "", total === null ? "" : ratioWithInterval(total), ""],
      judgementMarks(whole, first),
    ),
  ];
}

function stepLines(step: LadderStep, unit: string): string[] {
  const { label, mean, ratio, share } = step;
  return rowLines(
    columns,
    [
      label,
      meanText(mean, null),
      mean === null ? "" : unit,
      ratio === null ? "" : ratioWithInterval(ratio),
      share === null ? "" : shareText(share),
    ],
    judgementMarks(step, "the step before"),
  );
}
