// Results for other programs: tab-separated values in full precision, and a Markdown table as people read it.
import type { ResultRow } from "../model/result.ts";
import { markdownTable, markdownText } from "./markdown.ts";
import { meanText, ratioWithInterval } from "./number.ts";
import { marksOf } from "./result-table.ts";

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
  "marks",
];

/** A line of names, then a line for each row; numbers unrounded, nothing where there is no number. */
export function resultTsv(rows: readonly ResultRow[]): string {
  const lines = rows.map((row) => {
    const { workload, conditionLabel, metric, label, values, mean, deviation, ratio } = row;
    const numbers = [
      values.length,
      mean,
      deviation,
      ratio?.value,
      ratio?.interval?.[0],
      ratio?.interval?.[1],
    ];
    return [
      workload,
      conditionLabel,
      metric.title,
      metric.unit,
      metric.better,
      label,
      ...numbers.map((number) => (number == null ? "" : String(number))),
      marksOf(row).join("; "),
    ].map((cell) => cell.replaceAll(/\s/g, " "));
  });
  return [columns, ...lines].map((cells) => `${cells.join("\t")}\n`).join("");
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
