// Comma-separated values as RFC 4180 has them: a line of names, CRLF at each end of line.
import type { CellValue, Column } from "./column.ts";

/**
 * Nothing between the commas stands for null, `""` for an empty text. Numbers are unrounded with a decimal point, flags
 * `true` and `false`. Texts stay exactly as they are: a program that takes `=1` for a formula changes them, not this file.
 */
export function csvText<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ name }) => cellText(name)),
    ...rows.map((row) => columns.map(({ value }) => cellText(value(row)))),
  ];
  return lines.map((cells) => `${cells.join(",")}\r\n`).join("");
}

function cellText(value: CellValue): string {
  if (value === null) return "";
  const text = String(value);
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
