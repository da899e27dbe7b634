// Sums over a whole distribution: how many observations it holds, and its percentiles.
import type { Distribution } from "../model/measurement.ts";

/** Number of observations. */
function observations(distribution: Pick<Distribution, "counts">): number {
  return distribution.counts.reduce((sum, count) => sum + count, 0);
}

/**
 * The value below or at which `share` (0 to 1) of the observations lie: the first bucket whose cumulative count
 * reaches share * n, as fio and HdrHistogram define it. Null for an empty distribution.
 */
export function percentile(
  distribution: Pick<Distribution, "values" | "counts">,
  share: number,
): number | null {
  const rank = Math.max(share * observations(distribution), Number.MIN_VALUE);
  let seen = 0;
  for (const [index, count] of distribution.counts.entries()) {
    seen += count;
    if (seen >= rank && count > 0) return distribution.values[index] ?? null;
  }
  return null;
}

/** From `[value, cumulative count]` rows in ascending order; rows that add nothing are left out. */
export function fromCumulative(
  rows: readonly (readonly [value: number, cumulative: number])[],
): Pick<Distribution, "values" | "counts"> {
  const values: number[] = [];
  const counts: number[] = [];
  let before = 0;
  for (const [value, cumulative] of rows) {
    if (cumulative > before) {
      values.push(value);
      counts.push(cumulative - before);
    }
    before = cumulative;
  }
  return { values, counts };
}
