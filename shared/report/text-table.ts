// Plain-text tables of at most 100 columns; nothing is ever cut.

export interface TextColumn {
  readonly title: string;
  readonly width: number;
  /** Text stands at the end of the column, as numbers do. */
  readonly end: boolean;
}

export const tableWidth = 100;

export function tableLine(columns: readonly TextColumn[], cells: readonly string[]): string {
  return columns
    .map(({ width, end }, index) => {
      const text = cells[index] ?? "";
      return end ? text.padStart(width) : text.padEnd(width);
    })
    .join("  ")
    .trimEnd();
}

/**
 * A row, its marks indented under it. A label (the first cell) that is too long for its column stands on lines of its
 * own, above the others.
 */
export function rowLines(
  columns: readonly TextColumn[],
  [label = "", ...cells]: readonly string[],
  marks: readonly string[],
): string[] {
  const fits = label.length <= (columns[0]?.width ?? 0);
  return [
    ...(fits ? [] : wrapped(label, tableWidth)),
    tableLine(columns, [fits ? label : "", ...cells]),
    ...indented(marks.join("; "), 4),
  ];
}

/** Lines that begin with so many spaces. */
export function indented(text: string, spaces: number): string[] {
  return wrapped(text, tableWidth - spaces).map((line) => `${" ".repeat(spaces)}${line}`);
}

/** Lines of at most `width` characters, broken at spaces, and inside a word only where it is longer than a line. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").flatMap((each) => each.match(new RegExp(`.{1,${width}}`, "gu")) ?? [])) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
