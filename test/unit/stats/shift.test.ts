import { expect, test } from "vitest";
import { quantileOf, shiftFunction } from "#shared/stats/shift.ts";

const uniform = (scale: number) => ({
  values: Array.from({ length: 100 }, (_, index) => scale * (index + 1)),
  shares: Array.from({ length: 100 }, (_, index) => (index + 1) / 100),
});

test("a quantile is the first value that the share reaches; beyond what was kept there is none", () => {
  expect(quantileOf(uniform(1), 0.5)).toBe(50);
  expect(quantileOf(uniform(1), 0.505)).toBe(51);
  expect(quantileOf({ values: [1, 2], shares: [0.5, 0.9] }, 0.99)).toBeNull();
  expect(quantileOf({ values: [1, 2], shares: [0.98999999999, 1] }, 0.99)).toBe(1);
});

test("a distribution twice as slow has the ratio 2 at every share", () => {
  const shifts = shiftFunction(
    { ...uniform(2), blocks: null },
    { ...uniform(1), blocks: null },
    [0.1, 0.5, 0.99],
  );
  expect(shifts).toEqual([0.1, 0.5, 0.99].map((share) => ({ share, ratio: 2, band: null })));
});

test("the band is Student's t over the blocks that both have", () => {
  const blocks = (scales: readonly number[]) =>
    scales.map((scale, index) => ({ block: index + 1, ...uniform(scale) }));
  const of = { ...uniform(2), blocks: blocks([2, 2 * Math.E, 2 / Math.E]) };
  const to = { ...uniform(1), blocks: blocks([1, 1, 1]) };
  // Logarithms ln 2 + (0, 1, -1): mean ln 2, s = 1, t(0.975, 2) = 4.303.
  const half = 4.302_652_729 / Math.sqrt(3);
  const [shift] = shiftFunction(of, to, [0.5]);
  expect(shift?.band?.[0]).toBeCloseTo(2 * Math.exp(-half), 6);
  expect(shift?.band?.[1]).toBeCloseTo(2 * Math.exp(half), 6);
});
