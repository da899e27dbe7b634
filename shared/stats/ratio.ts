// The ratio of two configurations within the block, and whether it can be told from the machine's own noise.
import type { Estimate } from "../model/result.ts";
import { meanEstimate } from "./summary.ts";

/** A value and its partner from the same block. */
export interface Pair {
  readonly value: number;
  readonly baseline: number;
}

/**
 * Geometric mean of value / baseline over the blocks, with its 95 % interval: Student's t on the paired log ratios,
 * taken back by exp. Pairing removes what a whole block shares (temperature, time of day). Null without pairs, and
 * where a value is not positive: a ratio to zero says nothing.
 */
export function pairedRatio(pairs: readonly Pair[]): Estimate | null {
  if (pairs.some(({ value, baseline }) => !(value > 0) || !(baseline > 0))) return null;
  const logs = meanEstimate(pairs.map(({ value, baseline }) => Math.log(value / baseline)));
  if (logs === null) return null;
  const [low, high] = logs.interval ?? [null, null];
  return {
    value: Math.exp(logs.value),
    interval: low === null || high === null ? null : [Math.exp(low), Math.exp(high)],
  };
}

/** A value and the block that it was measured in. */
export interface BlockValue {
  readonly block: number;
  readonly value: number;
}

/** Ratio within the block of values to others, over the blocks that have both; null as `pairedRatio`. */
export function blockRatio(values: readonly BlockValue[], others: readonly BlockValue[]): Estimate | null {
  return pairedRatio(pairsOf(values, others));
}

/** `ratioBlocks` of a row, where the ratio is of fewer blocks than there are values. */
export function fewerBlocks(
  values: readonly BlockValue[],
  others: readonly BlockValue[],
): { readonly ratioBlocks?: number } {
  const count = pairsOf(values, others).length;
  return count === 0 || count === values.length ? {} : { ratioBlocks: count };
}

/** Logarithms of the ratios that `blockRatio` averages, by block; null where a value is not positive. */
export function logRatios(
  values: readonly BlockValue[],
  others: readonly BlockValue[],
): readonly number[] | null {
  const pairs = pairsOf(values, others);
  if (pairs.some(({ value, baseline }) => !(value > 0) || !(baseline > 0))) return null;
  return pairs.map(({ value, baseline }) => Math.log(value / baseline));
}

function pairsOf(values: readonly BlockValue[], others: readonly BlockValue[]): readonly Pair[] {
  const baselines = new Map(others.map(({ block, value }) => [block, value]));
  return values.flatMap(({ block, value }) => {
    const baseline = baselines.get(block);
    return baseline === undefined ? [] : [{ value, baseline }];
  });
}

/**
 * Whether a ratio can be told from no difference. Two conditions, both needed:
 * 1. its own 95 % interval excludes 1;
 * 2. where the campaign has an A/A control, the ratio lies farther from 1, on the log scale, than any end of the
 *    interval of control to native. Which of the two natives is called the control is chance, so the floor counts the
 *    same way up and down.
 * The second guards against what the first cannot see: a machine on which native differs from itself.
 * With two or three blocks both intervals are wide (t is 12.7 and 4.3), so little is called distinguishable: that is
 * right, more blocks are the remedy. Each ratio is judged on its own: of twenty ratios that are truly 1, one interval
 * excludes 1 on average.
 * `floor`: estimate of the A/A control; "none" where the campaign has no control. Null where nothing can be said:
 * fewer than two blocks in either.
 */
export function distinguishable(ratio: Estimate, floor: Estimate | null | "none"): boolean | null {
  if (ratio.interval === null) return null;
  const excludesOne = ratio.interval[0] > 1 || ratio.interval[1] < 1;
  if (floor === "none") return excludesOne;
  if (floor === null || floor.interval === null) return null;
  const noise = Math.max(...floor.interval.map((end) => Math.abs(Math.log(end))));
  return excludesOne && Math.abs(Math.log(ratio.value)) > noise;
}
