// A number that a claim speaks of, with what is known of its error, so that intervals of any level and of means follow.
import { studentQuantile } from "../stats/student.ts";
import { deviationOf, meanOf } from "../stats/summary.ts";

type Interval = readonly [number, number];

export interface ClaimEstimate {
  readonly value: number;
  /** The interval at a level in (0, 1); null where it cannot be told. */
  readonly interval: ((level: number) => Interval) | null;
  /**
   * By block, by how much it lies above the others, in the unit of the value, to first order: what a mean over several
   * numbers of the same blocks needs. Null where blocks tell nothing.
   */
  readonly influence: ReadonlyMap<number, number> | null;
}

/** The level of every interval that is shown. */
export const shownLevel = 0.95;

/** A number without error or one whose error nobody knows. */
export function bareEstimate(value: number): ClaimEstimate {
  return { value, interval: null, influence: null };
}

/** One number of which nothing is open (a ratio of a number to itself). */
export function exactEstimate(value: number): ClaimEstimate {
  return { value, interval: () => [value, value], influence: null };
}

/** Ends of Student's t interval: `value` ± t · error. */
function linear(value: number, error: number, degrees: number): (level: number) => Interval {
  return (level) => {
    const half = studentQuantile((1 + level) / 2, degrees) * error;
    return [value - half, value + half];
  };
}

/** Values by block: their mean, Student's t with n - 1; without interval below two. Null for none. */
export function blockMean(values: ReadonlyMap<number, number>): ClaimEstimate | null {
  const all = [...values.values()];
  const value = meanOf(all);
  if (value === null) return null;
  const deviation = deviationOf(all);
  if (deviation === null) return bareEstimate(value);
  return {
    value,
    interval: linear(value, deviation / Math.sqrt(all.length), all.length - 1),
    influence: new Map([...values].map(([block, each]) => [block, each - value])),
  };
}

/** Mean a - mean b without pairs: Welch's t with the degrees of Satterthwaite; without interval below two values in either. */
export function welchDifference(a: readonly number[], b: readonly number[]): ClaimEstimate | null {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  if (meanA === null || meanB === null) return null;
  const value = meanA - meanB;
  const [deviationA, deviationB] = [deviationOf(a), deviationOf(b)];
  if (deviationA === null || deviationB === null) return bareEstimate(value);
  const [partA, partB] = [deviationA ** 2 / a.length, deviationB ** 2 / b.length];
  const variance = partA + partB;
  const degrees =
    variance === 0 ? 1 : variance ** 2 / (partA ** 2 / (a.length - 1) + partB ** 2 / (b.length - 1));
  return { value, interval: linear(value, Math.sqrt(variance), degrees), influence: null };
}

/** A difference of logarithms as a ratio; the influence by the delta method. */
export function asRatio({ value, interval, influence }: ClaimEstimate): ClaimEstimate {
  const ratio = Math.exp(value);
  return {
    value: ratio,
    interval:
      interval === null
        ? null
        : (level) => {
            const [low, high] = interval(level);
            return [Math.exp(low), Math.exp(high)];
          },
    influence:
      influence === null ? null : new Map([...influence].map(([block, each]) => [block, ratio * each])),
  };
}

/**
 * The sum of weighted numbers (a mean, a difference): from what the same blocks say of all of them, so that errors in
 * common are counted once. Where fewer than two blocks have all: the ends' sums, which is never too narrow. Without
 * interval where a number has none.
 */
export function weightedSum(
  parts: readonly { readonly estimate: ClaimEstimate; readonly weight: number }[],
): ClaimEstimate {
  const value = parts.reduce((sum, { estimate, weight }) => sum + weight * estimate.value, 0);
  const influence = commonInfluence(parts);
  if (influence !== null) {
    const all = [...influence.values()];
    const error = (deviationOf(all) ?? 0) / Math.sqrt(all.length);
    return { value, interval: linear(value, error, all.length - 1), influence };
  }
  const ends = parts.flatMap(({ estimate, weight }) =>
    estimate.interval === null ? [] : [{ interval: estimate.interval, weight }],
  );
  if (ends.length < parts.length) return bareEstimate(value);
  return {
    value,
    interval: (level) =>
      ends.reduce<[number, number]>(
        ([low, high], { interval, weight }) => {
          const [first, second] = interval(level).map((end) => weight * end) as [number, number];
          return [low + Math.min(first, second), high + Math.max(first, second)];
        },
        [0, 0],
      ),
    influence: null,
  };
}

/** Summed over the blocks that every part has, about their mean; null below two such blocks. */
function commonInfluence(
  parts: readonly { readonly estimate: ClaimEstimate; readonly weight: number }[],
): ReadonlyMap<number, number> | null {
  const [first] = parts;
  if (first === undefined || parts.some(({ estimate }) => estimate.influence === null)) return null;
  const blocks = [...(first.estimate.influence?.keys() ?? [])].filter((block) =>
    parts.every(({ estimate }) => estimate.influence?.has(block)),
  );
  if (blocks.length < 2) return null;
  const sums = blocks.map((block) =>
    parts.reduce((sum, { estimate, weight }) => sum + weight * (estimate.influence?.get(block) ?? 0), 0),
  );
  const middle = meanOf(sums) ?? 0;
  return new Map(blocks.map((block, index) => [block, (sums[index] ?? 0) - middle]));
}

/**
 * The least or greatest of several numbers. Each end is the least or greatest of the ends at the level that holds for
 * all at once (Bonferroni): the extreme of many noisy numbers lies farther out than the truth, and this says so.
 */
export function extreme(which: "min" | "max", estimates: readonly ClaimEstimate[]): ClaimEstimate {
  const pick = which === "min" ? Math.min : Math.max;
  const intervals = estimates.flatMap(({ interval }) => (interval === null ? [] : [interval]));
  const value = pick(...estimates.map((each) => each.value));
  if (intervals.length < estimates.length) return bareEstimate(value);
  return {
    value,
    interval: (level) => {
      const each = intervals.map((interval) => interval(levelOfEach(level, intervals.length)));
      return [pick(...each.map(([low]) => low)), pick(...each.map(([, high]) => high))];
    },
    influence: null,
  };
}

/** The level of each of so many intervals at which all of them hold together (Bonferroni). */
export function levelOfEach(level: number, count: number): number {
  return 1 - (1 - level) / Math.max(1, count);
}
