// How wide a ratio's 95 % interval will be with so many blocks, and how many blocks a wanted width takes.
import { studentQuantile } from "./student.ts";

/**
 * Half the width of the 95 % interval of a mean log ratio over n blocks whose log ratios scatter with standard deviation s:
 * t(n - 1; 0.975) · s / √n, the interval of `meanEstimate` (Student 1908). Null below two blocks, where there is no interval.
 */
export function expectedHalfWidth(deviation: number, blocks: number): number | null {
  if (blocks < 2) return null;
  return (studentQuantile(0.975, blocks - 1) * deviation) / Math.sqrt(blocks);
}

/**
 * The same as a share of the ratio, for ± per cent: e^half - 1, the upper end's distance; the lower end's is a little less.
 */
export function expectedShare(deviation: number, blocks: number): number | null {
  const half = expectedHalfWidth(deviation, blocks);
  return half === null ? null : Math.expm1(half);
}

/** Fewest blocks, from 2 on, with which the interval is at most ± `share` wide; null where `most` are not enough. */
export function blocksForShare(deviation: number, share: number, most: number): number | null {
  const fits = (blocks: number) => (expectedShare(deviation, blocks) ?? Number.POSITIVE_INFINITY) <= share;
  if (!(share > 0) || most < 2 || !fits(most)) return null;
  // Both t and 1 / √n fall with n, so what fits goes on fitting.
  let low = 2;
  let high = most;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A standard deviation and its degrees of freedom. */
export interface Scatter {
  readonly deviation: number;
  readonly degrees: number;
}

/** The pooled standard deviation: root of the mean variance, weighted by degrees of freedom. Null without any. */
export function pooledDeviation(parts: readonly Scatter[]): number | null {
  const degrees = parts.reduce((sum, part) => sum + part.degrees, 0);
  if (degrees === 0) return null;
  const squares = parts.reduce((sum, part) => sum + part.degrees * part.deviation ** 2, 0);
  return Math.sqrt(squares / degrees);
}
