// Results as a plain-text table of at most 100 columns, for the terminal and for the report.
import type { ResultRow, Results } from "../model/result.ts";
import { countText, meanText, ratioWithInterval } from "./number.ts";

export interface TableOptions {
  /** Only the metrics that stand for their workloads; default true. */
  readonly primaryOnly?: boolean;
}

const tableWidth = 100;

const columns = [
  { title: "configuration", width: 24, end: false },
  { title: "mean ± s", width: 22, end: true },
  { title: "unit", width: 8, end: false },
  { title: "n", width: 4, end: true },
  { title: "ratio to native (95 % interval)", width: 25, end: false },
] as const;

/**
 * A heading for each condition and metric, a row for each slot: mean ± sample standard deviation, unit, number of
 * values, ratio to native with its 95 % interval. Under a row stand its marks, indented, where it has any. Ends with a line break; a sentence
 * where there is no row.
 */
export function resultTable({ rows }: Results, { primaryOnly = true }: TableOptions = {}): string {
  const shown = rows.filter(({ metric, failed }) => !primaryOnly || metric.primary || failed > 0);
  if (shown.length === 0) return "Nothing was measured yet.\n";
  const lines: string[] = [line(columns.map(({ title }) => title))];
  let heading = "";
  for (const row of shown) {
    const own = `${row.conditionLabel}: ${row.metric.title} (${row.metric.better} is better)`;
    if (own !== heading) {
      heading = own;
      lines.push("", ...wrapped(own, tableWidth));
    }
    lines.push(
      ...rowLines(row),
      ...wrapped(marksOf(row).join("; "), tableWidth - 4).map((text) => `    ${text}`),
    );
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

/** A label that is too long for its column stands on lines of its own, above the numbers; nothing is cut. */
function rowLines(row: ResultRow): string[] {
  const { label, mean, deviation, metric, values, ratio } = row;
  const fits = label.length <= columns[0].width;
  const numbers = line([
    fits ? label : "",
    meanText(mean, deviation),
    mean === null ? "" : metric.unit,
    String(values.length),
    ratio === null ? "" : ratioWithInterval(ratio),
  ]);
  return fits ? [numbers] : [...wrapped(label, tableWidth), numbers];
}

function line(cells: readonly string[]): string {
  return columns
    .map(({ width, end }, index) => {
      const text = cells[index] ?? "";
      return end ? text.padStart(width) : text.padEnd(width);
    })
    .join("  ");
}

/** Lines of at most `width` characters, broken at spaces, and inside a word only where it is longer than a line. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").flatMap((each) => each.match(new RegExp(`.{1,${width}}`, "gu")) ?? [])) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
