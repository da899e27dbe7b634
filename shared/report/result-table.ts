// Results as a plain-text table of at most 100 columns, for the terminal and for the report.
import type { ResultRow, Results } from "../model/result.ts";
import { countText, meanText, ratioWithInterval } from "./number.ts";
import { rowLines, tableLine, tableWidth, wrapped, type TextColumn } from "./text-table.ts";

export interface TableOptions {
  /** Only the metrics that stand for their workloads; default true. */
  readonly primaryOnly?: boolean;
}

const columns: readonly TextColumn[] = [
  { title: "configuration", width: 24, end: false },
  { title: "mean ± s", width: 22, end: true },
  { title: "unit", width: 8, end: false },
  { title: "n", width: 4, end: true },
  { title: "ratio to native (95 % interval)", width: 25, end: false },
];

/**
 * A heading for each condition and metric, a row for each slot: mean ± sample standard deviation, unit, number of
 * values, ratio to native with its 95 % interval. Under a row stand its marks, indented, where it has any. Ends with a line break; a sentence
 * where there is no row.
 */
export function resultTable(
  { rows, refused }: Pick<Results, "rows" | "refused">,
  { primaryOnly = true }: TableOptions = {},
): string {
  const shown = rows.filter(({ metric, failed }) => !primaryOnly || metric.primary || failed > 0);
  if (shown.length === 0) return "Nothing was measured yet.\n";
  const lines: string[] = [
    tableLine(
      columns,
      columns.map(({ title }) => title),
    ),
  ];
  let heading = "";
  for (const row of shown) {
    const own = `${row.conditionLabel}: ${row.metric.title} (${row.metric.better} is better)`;
    if (own !== heading) {
      heading = own;
      lines.push("", ...wrapped(own, tableWidth));
    }
    const left = refused.some(
      ({ slot, conditionId }) => slot === row.slot && conditionId === row.conditionId,
    );
    lines.push(
      ...rowLines(columns, cellsOf(row), [...(left ? ["refused: not offered here"] : []), ...marksOf(row)]),
    );
  }
  return `${lines.map((text) => text.trimEnd()).join("\n")}\n`;
}

/** What must be known of a row besides its numbers; empty for most. */
export function marksOf(row: ResultRow): string[] {
  const { failed, planned, values } = row;
  const outliers = values.filter(({ outlier }) => outlier).map(({ block }) => block);
  return [
    ...judgementMarks(row, "native"),
    ...(failed > 0 ? [`${failed} of ${countText(planned, "run")} failed`] : []),
    ...(outliers.length > 0
      ? [`${countText(outliers.length, "outlier")} (block ${outliers.join(", ")})`]
      : []),
  ];
}

type Judged = Pick<ResultRow, "emulated" | "distinguishable" | "ratio" | "comparedWith"> &
  Partial<Pick<ResultRow, "evidence" | "nativeEvidence">>;

/** Whether a ratio may be believed; `against` is what it is taken to where the row does not say. */
export function judgementMarks(
  { emulated, evidence, distinguishable, ratio, comparedWith, nativeEvidence }: Judged,
  against: string,
): string[] {
  return [
    ...(comparedWith === undefined ? [] : [`ratio to ${comparedWith}`]),
    ...(emulated ? ["emulated: not a result"] : []),
    ...(evidence === "not-held" ? ["evidence not held"] : []),
    ...(evidence === "unknown" ? ["evidence unknown"] : []),
    ...(nativeEvidence === undefined
      ? []
      : [`evidence of ${comparedWith ?? against} ${nativeEvidence === "unknown" ? "unknown" : "not held"}`]),
    ...(distinguishable === false ? [`not distinguishable from ${comparedWith ?? against}`] : []),
    ...(ratio !== null && ratio.interval === null ? ["one block: no interval"] : []),
  ];
}

function cellsOf({ label, mean, deviation, metric, values, ratio }: ResultRow): string[] {
  return [
    label,
    meanText(mean, deviation),
    mean === null ? "" : metric.unit,
    String(values.length),
    ratio === null ? "" : ratioWithInterval(ratio),
  ];
}
