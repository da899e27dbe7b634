// Two points compared: ratio, difference and ratio of deviations, within blocks where both have samples.
import type { DataPoint } from "../model/dataset.ts";
import { logRatios } from "../stats/ratio.ts";
import { varianceRatioInterval } from "../stats/variance-ratio.ts";
import { quantile } from "../stats/summary.ts";
import { asRatio, bareEstimate, blockMean, welchDifference, type ClaimEstimate } from "./estimate.ts";

/** `means`: as recorded for the paper, whose repeats are not in blocks. `blocks`: with intervals from blocks. */
export type Basis = "means" | "blocks";

export type Statistic = "mean" | "median";

/** The statistic of one point; the interval is that of the mean. */
export function pointEstimate(point: DataPoint, basis: Basis, statistic: Statistic = "mean"): ClaimEstimate {
  const value = statisticOf(point, statistic);
  if (basis === "means") return bareEstimate(value);
  const estimate = blockMean(byBlock(point));
  if (estimate === null) return bareEstimate(value);
  return statistic === "mean" ? estimate : reachingTo(value, estimate);
}

/** Means of the repeats, or their median where each is known. */
function statisticOf({ mean, samples }: DataPoint, statistic: Statistic): number {
  if (statistic === "mean" || samples === null || samples.length === 0) return mean;
  return quantile(
    samples.map(({ value }) => value),
    0.5,
  );
}

/** a / b. Blocks: the geometric mean within the block. Null where a value is not positive, of which no ratio speaks. */
export function ratioOf(
  a: DataPoint,
  b: DataPoint,
  basis: Basis,
  statistic: Statistic = "mean",
): ClaimEstimate | null {
  const [first, second] = [statisticOf(a, statistic), statisticOf(b, statistic)];
  if (basis === "means") return second === 0 ? null : bareEstimate(first / second);
  const estimate = blockRatioOf(byBlock(a), byBlock(b));
  if (estimate === null) return null;
  return statistic === "mean" ? estimate : reachingTo(first / second, estimate);
}

/** As `ratioOf`, of values by block. */
export function blockRatioOf(
  a: ReadonlyMap<number, number>,
  b: ReadonlyMap<number, number>,
): ClaimEstimate | null {
  const logs = logRatios(blockValues(a), blockValues(b));
  const all = [...a.values(), ...b.values()];
  if (logs === null || all.length === 0 || all.some((value) => !(value > 0))) return null;
  if (logs.length > 1 || (a.size === 1 && b.size === 1 && logs.length === 1)) {
    const blocks = [...a.keys()].filter((block) => b.has(block));
    const paired = blockMean(new Map(blocks.map((block, index) => [block, logs[index] ?? Number.NaN])));
    return paired === null ? null : asRatio(paired);
  }
  const free = welchDifference(logsOf(a), logsOf(b));
  return free === null ? null : asRatio(free);
}

/** a - b in their unit: paired within blocks, where fewer than two have both by Welch. */
export function differenceOf(a: DataPoint, b: DataPoint, basis: Basis): ClaimEstimate | null {
  if (basis === "means") return bareEstimate(a.mean - b.mean);
  const [valuesA, valuesB] = [byBlock(a), byBlock(b)];
  const blocks = [...valuesA.keys()].filter((block) => valuesB.has(block));
  if (blocks.length < 2) return welchDifference([...valuesA.values()], [...valuesB.values()]);
  return blockMean(
    new Map(blocks.map((block) => [block, (valuesA.get(block) ?? 0) - (valuesB.get(block) ?? 0)])),
  );
}

/** Standard deviation of a / of b; the interval by the F distribution of the ratio of variances. Null without deviations. */
export function deviationRatioOf(a: DataPoint, b: DataPoint, basis: Basis): ClaimEstimate | null {
  if (a.deviation === null || b.deviation === null || b.deviation === 0) return null;
  const value = a.deviation / b.deviation;
  if (basis === "means" || a.n === null || b.n === null || a.n < 2 || b.n < 2) return bareEstimate(value);
  const degrees = [a.n - 1, b.n - 1] as const;
  return {
    value,
    interval: (level) => {
      const [low, high] = varianceRatioInterval(value ** 2, degrees, level);
      return [Math.sqrt(low), Math.sqrt(high)];
    },
    influence: null,
  };
}

/** Samples by block; the mean alone, of a block 0, where there are none. */
export function byBlock({ samples, mean }: DataPoint): ReadonlyMap<number, number> {
  return samples === null || samples.length === 0
    ? new Map([[0, mean]])
    : new Map(samples.map(({ block, value }) => [block, value]));
}

/** A median with the interval of the mean, made to reach the median where that lies outside. */
function reachingTo(value: number, { interval, influence }: ClaimEstimate): ClaimEstimate {
  if (interval === null) return { value, interval, influence };
  return {
    value,
    interval: (level) => {
      const [low, high] = interval(level);
      return [Math.min(low, value), Math.max(high, value)];
    },
    influence,
  };
}

function blockValues(values: ReadonlyMap<number, number>) {
  return [...values].map(([block, value]) => ({ block, value }));
}

function logsOf(values: ReadonlyMap<number, number>): number[] {
  return [...values.values()].map((value) => Math.log(value));
}
