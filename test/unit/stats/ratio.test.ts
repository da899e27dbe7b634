// The ratio within the block: its value, its invariances, the coverage of its interval, and the verdict.
import * as fc from "fast-check";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { expect, test } from "vitest";
import { randomStream } from "#shared/plan/random-stream.ts";
import { distinguishable, fewerBlocks, pairedRatio } from "#shared/stats/ratio.ts";
import type { Pair } from "#shared/stats/ratio.ts";

const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
const pairs: fc.Arbitrary<Pair[]> = fc.array(fc.record({ value: positive, baseline: positive }), {
  minLength: 2,
  maxLength: 12,
});
const estimate = (low: number, high: number) => ({
  value: Math.sqrt(low * high),
  interval: [low, high] as const,
});

/** Three numbers of an estimate, on the log scale, for comparison. */
const logs = (list: readonly Pair[]) => {
  const { value, interval } = pairedRatio(list) ?? { value: Number.NaN, interval: null };
  return [value, ...(interval ?? [])].map(Math.log);
};
const expectClose = (found: readonly number[], expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length);
  found.forEach((each, index) => expect(each).toBeCloseTo(expected[index] ?? Number.NaN, 6));
};

test("the geometric mean and interval are those computed with NumPy and SciPy", () => {
  const values = [94.1, 95, 93.2, 96.4, 94.8];
  const baselines = [100.2, 101.1, 98.7, 102.3, 99.9];
  const ratio = pairedRatio(values.map((value, index) => ({ value, baseline: baselines[index] ?? 0 })));
  expect(ratio?.value).toBeCloseTo(0.94286057, 8);
  expect(ratio?.interval?.[0]).toBeCloseTo(0.93793002, 8);
  expect(ratio?.interval?.[1]).toBeCloseTo(0.94781703, 8);
});

test("units and order do not matter, and exchanging the two sides inverts the ratio", () => {
  fc.assert(
    fc.property(pairs, positive, (list, unit) => {
      const expected = logs(list);
      expectClose(logs(list.map((p) => ({ value: p.value * unit, baseline: p.baseline * unit }))), expected);
      expectClose(logs(list.toReversed()), expected);
      const [value = 0, low = 0, high = 0] = logs(
        list.map((p) => ({ value: p.baseline, baseline: p.value })),
      );
      expectClose([-value, -high, -low], expected);
    }),
  );
});

test("what a whole block shares cancels out", () => {
  const ratio = pairedRatio([100, 50, 10].map((block) => ({ value: 0.9 * block, baseline: block })));
  expect(ratio?.value).toBeCloseTo(0.9, 12);
  expect(ratio?.interval?.[0]).toBeCloseTo(0.9, 12);
});

test("one pair has no interval; none, or a value of zero, has no ratio", () => {
  expect(pairedRatio([{ value: 1, baseline: 2 }])).toEqual({ value: 0.5, interval: null });
  expect(pairedRatio([])).toBeNull();
  expect(
    pairedRatio([
      { value: 0, baseline: 2 },
      { value: 1, baseline: 2 },
    ]),
  ).toBeNull();
});

test.each([3, 5, 10])("with %i blocks the interval holds the true ratio about 95 times in 100", (blocks) => {
  const random = randomStream(2014, blocks);
  const trials = 4000;
  let covered = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const list = Array.from({ length: blocks }, () => {
      const block = 100 * Math.exp(0.3 * normal(random));
      return {
        value: 0.87 * block * Math.exp(0.02 * normal(random)),
        baseline: block * Math.exp(0.02 * normal(random)),
      };
    });
    const [low, high] = pairedRatio(list)?.interval ?? [0, 0];
    if (low <= 0.87 && 0.87 <= high) covered += 1;
  }
  // Three standard errors of a share of 0.95 in 4000 trials are 0.0103.
  expect(Math.abs(covered / trials - 0.95)).toBeLessThan(0.0103);
});

test("a difference counts only where its interval excludes 1 and it exceeds the machine's own noise", () => {
  const quiet = estimate(0.99, 1.005);
  expect(distinguishable(estimate(0.9, 0.95), quiet)).toBe(true);
  expect(distinguishable(estimate(0.9, 1.01), quiet)).toBe(false);
  expect(distinguishable(estimate(0.992, 0.998), quiet)).toBe(false);
  // The floor counts the same way up and down: native 8 % above itself hides Docker 6 % below it.
  expect(distinguishable(estimate(0.93, 0.95), estimate(1.0, 1.08))).toBe(false);
});

test("a ratio of fewer blocks than there are values says of how many", () => {
  const values = (...blocks: number[]) => blocks.map((block) => ({ block, value: 1 }));
  expect(fewerBlocks(values(1, 2, 3), values(1, 3, 4))).toEqual({ ratioBlocks: 2 });
  expect(fewerBlocks(values(1, 2), values(1, 2, 3))).toEqual({});
  expect(fewerBlocks(values(1, 2), values(3))).toEqual({});
});

test("with one block nothing is said; without a control the ratio's own interval decides", () => {
  expect(distinguishable({ value: 0.5, interval: null }, "none")).toBeNull();
  expect(distinguishable(estimate(0.4, 0.6), null)).toBeNull();
  expect(distinguishable(estimate(0.4, 0.6), { value: 1, interval: null })).toBeNull();
  expect(distinguishable(estimate(0.4, 0.6), "none")).toBe(true);
});

/** A standard normal number by Box and Muller. */
function normal(random: RandomGenerator): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(random)));
  return radius * Math.cos(2 * Math.PI * uniformFloat64(random));
}
