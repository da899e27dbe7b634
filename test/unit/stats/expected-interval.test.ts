// The interval that is to be expected: known values, its inverse, and intervals of simulated campaigns.
import * as fc from "fast-check";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { expect, test } from "vitest";
import { randomStream } from "#shared/plan/random-stream.ts";
import {
  blocksForShare,
  expectedHalfWidth,
  expectedShare,
  pooledDeviation,
} from "#shared/stats/expected-interval.ts";
import { pairedRatio } from "#shared/stats/ratio.ts";

test("half widths are t(n - 1; 0.975) s / sqrt(n), with t from the tables", () => {
  expect(expectedHalfWidth(0.01, 2)).toBeCloseTo((12.7062 * 0.01) / Math.sqrt(2), 6);
  expect(expectedHalfWidth(0.01, 5)).toBeCloseTo((2.77645 * 0.01) / Math.sqrt(5), 6);
  expect(expectedHalfWidth(0.01, 10)).toBeCloseTo((2.26216 * 0.01) / Math.sqrt(10), 6);
  expect(expectedShare(0.01, 10)).toBeCloseTo(Math.exp(0.0071536) - 1, 6);
  expect([expectedHalfWidth(0.01, 1), expectedShare(0.01, 0)]).toEqual([null, null]);
});

test("the blocks for a width are the fewest that give it", () => {
  const deviation = fc.double({ min: 1e-4, max: 0.5, noNaN: true });
  const share = fc.double({ min: 1e-3, max: 1, noNaN: true });
  fc.assert(
    fc.property(deviation, share, (s, wanted) => {
      const blocks = blocksForShare(s, wanted, 1000);
      if (blocks === null) {
        expect(expectedShare(s, 1000)).toBeGreaterThan(wanted);
        return;
      }
      expect(expectedShare(s, blocks)).toBeLessThanOrEqual(wanted);
      if (blocks > 2) expect(expectedShare(s, blocks - 1)).toBeGreaterThan(wanted);
    }),
  );
  expect(blocksForShare(0.1, 0, 1000)).toBeNull();
  expect(blocksForShare(0, 0.01, 1000)).toBe(2);
});

test("pooling weighs variances by their degrees of freedom", () => {
  expect(pooledDeviation([])).toBeNull();
  expect(pooledDeviation([{ deviation: 3, degrees: 4 }])).toBe(3);
  expect(
    pooledDeviation([
      { deviation: 1, degrees: 1 },
      { deviation: 3, degrees: 3 },
    ]),
  ).toBeCloseTo(Math.sqrt(7), 12);
});

test("intervals of simulated campaigns are as wide as expected, in the root mean square", () => {
  const random = randomStream(20_261_124, 1, 1);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - uniformFloat64(random))) * Math.cos(2 * Math.PI * uniformFloat64(random));
  const s = 0.02;
  for (const blocks of [3, 10]) {
    const squares = Array.from({ length: 2000 }, () => {
      const pairs = Array.from({ length: blocks }, () => ({ value: Math.exp(s * normal()), baseline: 1 }));
      const [low, high] = pairedRatio(pairs)?.interval ?? [Number.NaN, Number.NaN];
      return (Math.log(high / low) / 2) ** 2;
    });
    const root = Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / squares.length);
    const expected = expectedHalfWidth(s, blocks) ?? Number.NaN;
    expect(root / expected).toBeGreaterThan(0.94);
    expect(root / expected).toBeLessThan(1.06);
  }
});
