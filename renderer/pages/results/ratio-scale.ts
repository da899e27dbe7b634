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

/** Null where no row has a ratio. An emulated row has none to be compared: it would only stretch the scale. */
export function ratioScale(rows: readonly ResultRow[]): RatioScale | null {
  const ratios = rows.flatMap(({ ratio, emulated }) => (ratio === null || emulated ? [] : [ratio]));
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
  [0.98, 0.99, 1, 1.01, 1.02],
  [0.9, 0.95, 1, 1.05, 1.1],
  [0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3],
  [0.25, 0.5, 0.75, 1, 1.5, 2, 3],
  [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50],
  [0.001, 0.01, 0.1, 1, 10, 100, 1000],
];

/** So far apart, as a share of the scale, that their numbers do not touch. */
const closest = 0.14;

/** The finest of the rows above whose marks have room; 1 is in each. */
function ticksOf(low: number, high: number): readonly number[] {
  const span = Math.log(high / low);
  const inside = candidates.map((row) => row.filter((tick) => tick >= low && tick <= high));
  const roomy = inside.find(
    (row) =>
      row.length > 1 &&
      row.every((tick, index) => index === 0 || Math.log(tick / (row[index - 1] ?? tick)) >= closest * span),
  );
  return roomy ?? [1];
}
