// The scale on which the ratios of a workload are drawn: logarithmic, so that twice and half lie equally far from 1.
import type { ResultRow } from "#shared/model/result.ts";

export interface RatioScale {
  /** Place of a ratio, 0 to 1; what lies outside of the scale is put at its edge. */
  place(ratio: number): number;
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** An interval is drawn as far as this from the outermost ratio: with two blocks it may span decades. */
const overhang = 1.6;

/** Null where no row has a ratio. */
export function ratioScale(rows: readonly ResultRow[]): RatioScale | null {
  const ratios = rows.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]));
  if (ratios.length === 0) return null;
  const values = [1, ...ratios.map(({ value }) => value)];
  const ends = ratios.flatMap(({ interval }) => interval ?? []);
  const lowest = Math.min(...values);
  const highest = Math.max(...values);
  const low = Math.max(Math.min(lowest, ...ends), lowest / overhang) / 1.03;
  const high = Math.min(Math.max(highest, ...ends), highest * overhang) * 1.03;
  const span = Math.log(high / low);
  const place = (ratio: number) => Math.min(1, Math.max(0, Math.log(ratio / low) / span));
  return { place, low, high, ticks: ticksOf(low, high) };
}

const candidates = [
  [0.001, 0.01, 0.1, 1, 10, 100, 1000],
  [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50],
  [0.25, 0.5, 0.75, 1, 1.5, 2, 3],
  [0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4],
  [0.9, 0.95, 1, 1.05, 1.1],
  [0.98, 0.99, 1, 1.01, 1.02],
];

/** The finest of the rows above that stays below six marks; 1 is always among them. */
function ticksOf(low: number, high: number): readonly number[] {
  const inside = candidates.map((row) => row.filter((tick) => tick >= low && tick <= high));
  return (
    inside.findLast((row, index) => row.length <= 5 && covers(candidates[index] ?? [], low, high)) ?? [1]
  );
}

function covers(row: readonly number[], low: number, high: number): boolean {
  return (row[0] ?? 1) <= low * 1.15 && (row.at(-1) ?? 1) >= high / 1.15;
}
