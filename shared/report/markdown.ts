// Markdown made of text that people and tools wrote: it shows as it stands and can break nothing around it.

/** Text for a paragraph or a table's cell: one line, without any meaning to Markdown. */
export function markdownText(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll(/[\\`*_[\]<>#|~&]/g, (sign) => (sign === "&" ? "&amp;" : `\\${sign}`));
}

/** A table; the cells are Markdown already. Nothing for no rows. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).concat("");
}

/** Text of a tool, as it stands: indented, so that nothing in it can end the block. */
export function markdownVerbatim(text: string): string[] {
  return [
    ...text
      .trimEnd()
      .split("\n")
      .map((line) => `    ${line}`.trimEnd()),
    "",
  ];
}
