// Sections of the benchmark's report as plain text of at most 100 columns.

export const reportWidth = 100;

export interface Table {
  readonly columns: readonly { readonly title: string; readonly align?: "right" }[];
  readonly rows: readonly (readonly string[])[];
}

/** One section: what was measured and how, and its figures. */
export interface Section {
  readonly name: string;
  readonly title: string;
  /** How it was measured, and what the columns mean. */
  readonly note: string;
  readonly tables: readonly Table[];
  /** The figures behind the tables, for the JSON file. */
  readonly data: unknown;
}

export function sectionText({ title, note, tables }: Section): string {
  return [`${title}\n${"=".repeat(title.length)}`, wrapped(note), ...tables.map(tableText)].join("\n\n");
}

/** Columns as wide as their widest cell; a table too wide for the report has its first column cut. */
function tableText({ columns, rows }: Table): string {
  const gap = 2;
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const total = widths.reduce((sum, width) => sum + width + gap, -gap);
  const first = widths[0] ?? 0;
  widths[0] = Math.min(first, Math.max(8, first - (total - reportWidth)));
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, index) => {
        const width = widths[index] ?? 0;
        const cell = cells[index] ?? "";
        const text = cell.length > width ? `${cell.slice(0, width - 1)}…` : cell;
        return align === "right" ? text.padStart(width) : text.padEnd(width);
      })
      .join(" ".repeat(gap))
      .trimEnd();
  const head = line(columns.map(({ title }) => title));
  return [head, widths.map((width) => "-".repeat(width)).join(" ".repeat(gap)), ...rows.map(line)].join("\n");
}

function wrapped(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > reportWidth) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
