// What differs between two texts, line by line, with a few equal lines around it.
import { diffArrays } from "diff";

export type DifferenceLine =
  /** `line`: its number from 0, in the text that has it (equal lines: in the second). */
  | { readonly sign: " " | "+" | "-"; readonly line: number; readonly text: string }
  /** Equal lines that are left out, from this one on. */
  | { readonly sign: "…"; readonly line: number; readonly count: number };

/** Empty where both are equal. `context`: equal lines that are kept around each change. */
export function lineDifference(
  before: readonly string[],
  after: readonly string[],
  context = 2,
): readonly DifferenceLine[] {
  const changes = diffArrays([...before], [...after]);
  if (changes.every(({ added, removed }) => !added && !removed)) return [];
  let left = 0;
  let right = 0;
  return changes.flatMap((change, index): DifferenceLine[] => {
    const { value, removed, added } = change;
    const start = removed ? left : right;
    if (!added) left += value.length;
    if (!removed) right += value.length;
    const sign = added ? "+" : removed ? "-" : " ";
    const lines = value.map((text, place): DifferenceLine => ({ sign, line: start + place, text }));
    if (sign !== " ") return lines;
    const head = index === 0 ? 0 : context;
    const tail = index === changes.length - 1 ? 0 : context;
    const count = value.length - head - tail;
    if (count <= 1) return lines;
    return [
      ...lines.slice(0, head),
      { sign: "…", line: start + head, count },
      ...(tail === 0 ? [] : lines.slice(-tail)),
    ];
  });
}
