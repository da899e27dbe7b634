import { array, assert, double, property } from "fast-check";
import { expect, test } from "vitest";
import { benjaminiHochberg, holm } from "#shared/stats/correction.ts";
import { welch } from "#shared/stats/welch.ts";

const values = [0.01, 0.04, 0.03, 0.005];

test("Holm: by hand, (4·0.005, 3·0.01, 2·0.03, then never less)", () => {
  const expected = [0.03, 0.06, 0.06, 0.02];
  for (const [index, value] of holm(values).entries()) expect(value).toBeCloseTo(expected[index] ?? 0, 12);
});

test("Benjamini and Hochberg: by hand, (4/1·0.005, 4/2·0.01, 4/3·0.03, 0.04)", () => {
  const expected = [0.02, 0.04, 0.04, 0.02];
  for (const [index, value] of benjaminiHochberg(values).entries())
    expect(value).toBeCloseTo(expected[index] ?? 0, 12);
});

test("adjusted values are in order, at least the raw ones, at most 1; Holm's are the larger ones", () => {
  assert(
    property(array(double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (raw) => {
      const [family, share] = [holm(raw), benjaminiHochberg(raw)];
      for (const [index, p] of raw.entries()) {
        const [a = 0, b = 0] = [family[index], share[index]];
        expect(b).toBeGreaterThanOrEqual(p - 1e-12);
        expect(a).toBeGreaterThanOrEqual(b - 1e-12);
        expect(a).toBeLessThanOrEqual(1);
        for (const [other, q] of raw.entries()) if (p < q) expect(a).toBeLessThanOrEqual(family[other] ?? 0);
      }
    }),
  );
});

test("Welch's t: Student's own numbers (1908, sleep), t = -1.8608, 17.776 degrees of freedom, p = 0.07939", () => {
  const a = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
  const b = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
  const of = (sample: readonly number[]) => {
    const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length;
    const square = sample.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (sample.length - 1);
    return { mean, variance: square / sample.length, freedom: sample.length - 1 };
  };
  const found = welch(of(a), of(b));
  expect(found?.difference.value).toBeCloseTo(1.58, 10);
  expect(found?.p).toBeCloseTo(0.07939, 5);
  expect(found?.difference.interval?.[0]).toBeCloseTo(-0.2055, 3);
  expect(found?.difference.interval?.[1]).toBeCloseTo(3.3655, 3);
});

test("without freedom there is no test, without variance no p", () => {
  expect(welch({ mean: 1, variance: 0, freedom: 0 }, { mean: 2, variance: 1, freedom: 9 })).toBeNull();
  expect(welch({ mean: 1, variance: 0, freedom: 4 }, { mean: 2, variance: 0, freedom: 4 })?.p).toBeNull();
});
