// Results as a plain-text table of at most 100 columns, for the terminal and for the report.
import type { ResultRow, Results } from "../model/result.ts";
import { countText, meanText, ratioWithInterval } from "./number.ts";

export interface TableOptions {
  /** Only the metrics that stand for their workloads; default true. */
  readonly primaryOnly?: boolean;
}

const columns = [
  { title: "configuration", width: 24, end: false },
  { title: "mean ± s", width: 22, end: true },
  { title: "unit", width: 5, end: false },
  { title: "n", width: 4, end: true },
  { title: "ratio to native (95 % interval)", width: 25, end: false },
] as const;

/**
 * One block of lines for each condition and metric: mean ± sample standard deviation, unit, number of blocks, ratio to
 * native with its 95 % interval. Under a row stand its marks, indented, where it has any. Ends with a line break; a sentence
 * where there is no row.
 */
export function resultTable({ rows }: Results, { primaryOnly = true }: TableOptions = {}): string {
  const shown = rows.filter(({ metric, failed }) => !primaryOnly || metric.primary || failed > 0);
  if (shown.length === 0) return "Nothing was measured yet.\n";
  const lines: string[] = [];
  let heading = "";
  for (const row of shown) {
    const own = `${row.conditionLabel}: ${row.metric.title} (${row.metric.better} is better)`;
    if (own !== heading) {
      if (heading !== "") lines.push("");
      heading = own;
      lines.push(...wrapped(own, 100), line(columns.map(({ title }) => title)));
    }
    lines.push(rowLine(row));
    lines.push(...wrapped(marksOf(row).join("; "), 96).map((text) => `    ${text}`));
  }
  return `${lines.map((text) => text.trimEnd()).join("\n")}\n`;
}

/** What must be known of a row besides its numbers; empty for most. */
export function marksOf(row: ResultRow): string[] {
  const { emulated, failed, distinguishable, ratio, planned, values } = row;
  const outliers = values.filter(({ outlier }) => outlier).map(({ block }) => block);
  const withoutInterval = ratio !== null && ratio.interval === null;
  return [
    ...(emulated ? ["emulated: not a result"] : []),
    ...(distinguishable === false ? ["not distinguishable from native"] : []),
    ...(withoutInterval ? ["one block: no interval"] : []),
    ...(failed > 0 ? [`${failed} of ${countText(planned, "run")} failed`] : []),
    ...(outliers.length > 0
      ? [`${countText(outliers.length, "outlier")} (block ${outliers.join(", ")})`]
      : []),
  ];
}

function rowLine(row: ResultRow): string {
  const { label, mean, deviation, metric, values, ratio } = row;
  return line([
    label,
    meanText(mean, deviation),
    mean === null ? "" : metric.unit,
    String(values.length),
    ratio === null ? "" : ratioWithInterval(ratio),
  ]);
}

/** Cells side by side. A text that is too long takes room from the gap or pushes on, but is never cut. */
function line(cells: readonly string[]): string {
  return columns
    .map(({ width, end }, index) => {
      const text = cells[index] ?? "";
      return end ? text.padStart(width) : text.padEnd(width);
    })
    .join("  ");
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter((each) => each !== "")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
