// Student's t against SciPy 1.17.1 (scipy.stats.t) and the closed forms for 1, 2 and 4 degrees of freedom.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { studentProbability, studentQuantile } from "#shared/stats/student.ts";

/** Probability, degrees of freedom, scipy.stats.t.ppf. */
const published: readonly (readonly [number, number, number])[] = [
  [0.9, 3, 1.637744353696209],
  [0.9, 1000, 1.2823987214609247],
  [0.975, 1, 12.706204736174694],
  [0.975, 2, 4.302652729749462],
  [0.975, 4, 2.7764451051977934],
  [0.975, 9, 2.262157162798205],
  [0.975, 29, 2.045229642132703],
  [0.995, 7, 3.4994832973504924],
  [0.995, 99, 2.626405457280827],
  [0.9999, 9, 6.010132129081531],
  [0.9999, 19, 4.589864596755082],
];

const closedForms: Readonly<Record<number, (probability: number) => number>> = {
  1: (p) => Math.tan(Math.PI * (p - 0.5)),
  2: (p) => (2 * p - 1) * Math.sqrt(2 / (4 * p * (1 - p))),
  4: (p) => {
    const alpha = 4 * p * (1 - p);
    const q = Math.cos(Math.acos(Math.sqrt(alpha)) / 3) / Math.sqrt(alpha);
    return Math.sign(p - 0.5) * 2 * Math.sqrt(q - 1);
  },
};

test.each(published)("the %f quantile with %i degrees of freedom is SciPy's", (probability, degrees, t) => {
  expect(studentQuantile(probability, degrees) / t).toBeCloseTo(1, 10);
});

test.each([1, 2, 4])("quantiles with %i degrees of freedom follow the closed form", (degrees) => {
  for (const probability of [0.51, 0.6, 0.75, 0.9, 0.95, 0.99, 0.999, 0.025])
    expect(studentQuantile(probability, degrees)).toBeCloseTo(
      closedForms[degrees]?.(probability) ?? Number.NaN,
      8,
    );
});

test("the probability is SciPy's, and the quantile is its inverse", () => {
  expect(studentProbability(2.5, 9)).toBeCloseTo(0.9830690861585072, 12);
  expect(studentProbability(-0.3, 3)).toBeCloseTo(0.3918816460199595, 12);
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      fc.integer({ min: 1, max: 500 }),
      (p, degrees) => {
        expect(studentProbability(studentQuantile(p, degrees), degrees)).toBeCloseTo(p, 10);
      },
    ),
  );
});
