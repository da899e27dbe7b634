// Pairs in random order: which comparison comes next, and which of its two sides goes first, is drawn from the seed.
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { randomStream, shuffled } from "#shared/plan/random-stream.ts";
import { ratioWithInterval } from "#shared/report/number.ts";
import { type Pair, pairedRatio } from "#shared/stats/ratio.ts";
import { quantile } from "#shared/stats/summary.ts";

/** What both sides of a pair gave. */
export interface Both<R> {
  readonly value: R;
  readonly baseline: R;
}

/**
 * Measures `pairs` pairs of every item; a round goes over all items in a new order. Where a side fails and `onFailure`
 * is given, it is told, and the item has no further pairs; else the error is thrown.
 */
export async function measurePairs<T, R>(
  items: readonly T[],
  options: { readonly pairs: number; readonly seed: number },
  sides: {
    readonly value: (item: T) => Promise<R>;
    readonly baseline: (item: T) => Promise<R>;
    readonly onFailure?: (item: T, error: unknown) => void;
  },
): Promise<ReadonlyMap<T, readonly Both<R>[]>> {
  const measured = new Map<T, Both<R>[]>(items.map((item) => [item, []]));
  const failed = new Set<T>();
  for (let round = 0; round < options.pairs; round += 1) {
    const random = randomStream(options.seed, round);
    for (const item of shuffled(items, random)) {
      const valueFirst = uniformInt(random, 0, 1) === 1;
      if (failed.has(item)) continue;
      try {
        const first = await (valueFirst ? sides.value(item) : sides.baseline(item));
        const second = await (valueFirst ? sides.baseline(item) : sides.value(item));
        const [value, baseline] = valueFirst ? [first, second] : [second, first];
        measured.get(item)?.push({ value, baseline });
      } catch (error) {
        if (sides.onFailure === undefined) throw error;
        sides.onFailure(item, error);
        failed.add(item);
      }
    }
  }
  return measured;
}

/** `0.998 (0.981 to 1.015)`. */
export function ratioOf(pairs: readonly Pair[]): string {
  const ratio = pairedRatio(pairs);
  return ratio === null ? "–" : ratioWithInterval(ratio);
}

/** How many of the intervals hold 1, of those that are intervals. */
export function holdingOne(all: readonly (readonly Pair[])[]): {
  readonly holding: number;
  readonly of: number;
} {
  const intervals = all.flatMap((pairs) => {
    const interval = pairedRatio(pairs)?.interval ?? null;
    return interval === null ? [] : [interval];
  });
  return { holding: intervals.filter(([low, high]) => low <= 1 && high >= 1).length, of: intervals.length };
}

export function medianOf(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** `1.23 (1.11 to 1.62)`: median and range, with two decimals. */
export function medianAndRange(values: readonly number[]): string {
  const text = (value: number) => value.toFixed(2);
  return `${text(medianOf(values))} (${text(Math.min(...values))} to ${text(Math.max(...values))})`;
}
