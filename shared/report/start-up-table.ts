// Start-up of environments as a plain-text table.
import type { StartUpRow } from "../model/result.ts";
import { meanText, ratioWithInterval } from "./number.ts";
import { judgementMarks } from "./result-table.ts";
import { rowLines, tableLine, type TextColumn } from "./text-table.ts";

const columns: readonly TextColumn[] = [
  { title: "configuration", width: 34, end: false },
  { title: "start-up, s: mean ± s", width: 22, end: true },
  { title: "n", width: 4, end: true },
  { title: "ratio to native (95 % interval)", width: 31, end: false },
];

/** A row for each configuration of which a start was measured; empty without any. */
export function startUpTable(rows: readonly StartUpRow[]): string {
  if (rows.length === 0) return "";
  const lines = rows.flatMap((row) =>
    rowLines(
      columns,
      [
        row.label,
        meanText(row.mean, row.deviation),
        String(row.values.length),
        row.ratio === null ? "" : ratioWithInterval(row.ratio),
      ],
      judgementMarks(row, "native"),
    ),
  );
  const titles = columns.map(({ title }) => title);
  return `${[tableLine(columns, titles), ...lines].join("\n")}\n`;
}
