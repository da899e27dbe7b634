// The shift function: how far each quantile of one distribution lies from that of another (Doksum 1974).
import { studentQuantile } from "./student.ts";
import { deviationOf, meanOf } from "./summary.ts";

/** A cumulative distribution: ascending values, and the share of observations at or below each. */
export interface Cumulative {
  readonly values: readonly number[];
  readonly shares: readonly number[];
}

/** The first value at or below which `share` of the observations lie; null for none, and beyond what was kept. */
export function quantileOf({ values, shares }: Cumulative, share: number): number | null {
  // Shares are quotients: 0.99 may stand there as 0.98999999999.
  const index = shares.findIndex((each) => each >= share - 1e-9);
  return index < 0 ? null : (values[index] ?? null);
}

export interface Shift {
  readonly share: number;
  /** Quantile over the other's quantile. */
  readonly ratio: number;
  /** 95 % band over paired blocks (t on the logarithms), for this share alone; null below two blocks. */
  readonly band: readonly [number, number] | null;
}

/** A distribution, whole and by block. */
export interface Blocked extends Cumulative {
  readonly blocks: readonly (Cumulative & { readonly block: number })[] | null;
}

/** At each share where both have a positive quantile. */
export function shiftFunction(of: Blocked, to: Blocked, shares: readonly number[]): Shift[] {
  return shares.flatMap((share): Shift[] => {
    const ratio = ratioAt(of, to, share);
    if (ratio === null) return [];
    const logs = (of.blocks ?? []).flatMap((block) => {
      const partner = to.blocks?.find((each) => each.block === block.block);
      const found = partner === undefined ? null : ratioAt(block, partner, share);
      return found === null ? [] : [Math.log(found)];
    });
    const [mean, deviation] = [meanOf(logs), deviationOf(logs)];
    if (mean === null || deviation === null) return [{ share, ratio, band: null }];
    const half = (studentQuantile(0.975, logs.length - 1) * deviation) / Math.sqrt(logs.length);
    return [{ share, ratio, band: [Math.exp(mean - half), Math.exp(mean + half)] }];
  });
}

function ratioAt(of: Cumulative, to: Cumulative, share: number): number | null {
  const [a, b] = [quantileOf(of, share), quantileOf(to, share)];
  return a === null || b === null || !(a > 0) || !(b > 0) ? null : a / b;
}
