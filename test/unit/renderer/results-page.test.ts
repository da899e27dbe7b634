// What the results page computes: the scale of the ratios, and marks of axes.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ResultRow } from "#shared/model/result.ts";
import { roundTicks } from "#renderer/format/ticks.ts";
import { ratioScale } from "#renderer/pages/results/ratio-scale.ts";
import { finishedResults } from "../sample-results.ts";

test("twice and half lie equally far from native, and 1 is always on the scale and marked", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), { minLength: 1, maxLength: 12 }),
      (ratios) => {
        const scale = ratioScale(ratios.map((ratio) => rowOf(ratio)));
        expect(scale).not.toBeNull();
        if (scale === null) return;
        for (const ratio of [1, ...ratios]) {
          expect(scale.place(ratio)).toBeGreaterThan(0);
          expect(scale.place(ratio)).toBeLessThan(1);
        }
        expect(scale.ticks).toContain(1);
        expect(scale.ticks.every((tick) => tick >= scale.low && tick <= scale.high)).toBe(true);
      },
    ),
  );
  const scale = ratioScale([rowOf(2), rowOf(0.5)]);
  const [half = 0, one = 0, two = 0] = [0.5, 1, 2].map((ratio) => scale?.place(ratio) ?? 0);
  expect(two - one).toBeCloseTo(one - half, 12);
});

test("an interval over decades does not squeeze the ratios, and an emulated row does not stretch the scale", () => {
  const wide = ratioScale([rowOf(1.02, [0.001, 1000])]);
  expect(wide?.low).toBeGreaterThan(0.5);
  expect(wide?.place(1000)).toBe(1);
  const emulated = { ...rowOf(0.01), emulated: true };
  expect(ratioScale([rowOf(0.9), emulated])?.low).toBeGreaterThan(0.8);
  expect(ratioScale([emulated])).toBeNull();
});

test("marks of an axis are round and within it", () => {
  expect(roundTicks(0, 280_000, 4)).toEqual([0, 100_000, 200_000]);
  expect(roundTicks(0, 0, 4)).toEqual([]);
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
      fc.integer({ min: 2, max: 12 }),
      (high, count) => {
        const ticks = roundTicks(0, high, count);
        expect(ticks.length).toBeLessThanOrEqual(count + 1);
        expect(ticks.every((tick) => tick >= 0 && tick <= high * (1 + 1e-9))).toBe(true);
      },
    ),
  );
});

function rowOf(value: number, interval: [number, number] | null = null): ResultRow {
  const [row] = finishedResults.rows;
  if (row === undefined) throw new Error("the sample has no rows");
  return { ...row, ratio: { value, interval }, emulated: false };
}
