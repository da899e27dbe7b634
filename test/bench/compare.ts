// Pairs in random order: which comparison comes next, and which of its two sides goes first, is drawn from the seed.
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { randomStream, shuffled } from "#shared/plan/random-stream.ts";
import { ratioWithInterval } from "#shared/report/number.ts";
import { type Pair, pairedRatio } from "#shared/stats/ratio.ts";
import { quantile } from "#shared/stats/summary.ts";

/** Measures `pairs` pairs of every item; a round goes over all items in a new order. */
export async function measurePairs<T>(
  items: readonly T[],
  options: { readonly pairs: number; readonly seed: number },
  sides: {
    readonly value: (item: T) => Promise<number>;
    readonly baseline: (item: T) => Promise<number>;
  },
): Promise<ReadonlyMap<T, readonly Pair[]>> {
  const measured = new Map<T, Pair[]>(items.map((item) => [item, []]));
  for (let round = 0; round < options.pairs; round += 1) {
    const random = randomStream(options.seed, round);
    for (const item of shuffled(items, random)) {
      const valueFirst = uniformInt(random, 0, 1) === 1;
      const first = await (valueFirst ? sides.value(item) : sides.baseline(item));
      const second = await (valueFirst ? sides.baseline(item) : sides.value(item));
      const [value, baseline] = valueFirst ? [first, second] : [second, first];
      measured.get(item)?.push({ value, baseline });
    }
  }
  return measured;
}

/** `0.998 (0.981 to 1.015)`. */
export function ratioOf(pairs: readonly Pair[]): string {
  const ratio = pairedRatio(pairs);
  return ratio === null ? "–" : ratioWithInterval(ratio);
}

export function medianOf(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** `1.23 (1.11 to 1.62)`: median and range, with two decimals. */
export function medianAndRange(values: readonly number[]): string {
  const text = (value: number) => value.toFixed(2);
  return `${text(medianOf(values))} (${text(Math.min(...values))} to ${text(Math.max(...values))})`;
}
