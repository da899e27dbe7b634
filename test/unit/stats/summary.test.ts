// Summaries against NumPy and SciPy.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { bootstrap } from "#shared/stats/bootstrap.ts";
import { deviationOf, meanEstimate, meanOf, outliers, quantile } from "#shared/stats/summary.ts";

const sample = [2.1, 3.5, 1.9, 8.4, 2.2, 2.6, 3.1];
const mean = (values: readonly number[]) => meanOf(values) ?? Number.NaN;
const median = (values: readonly number[]) => quantile(values, 0.5);

test("quantiles are those of numpy.quantile", () => {
  const expected = [1.9, 2.02, 2.15, 2.6, 3.3, 5.46, 8.106, 8.4];
  const found = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1].map((p) => quantile(sample, p));
  found.forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 12));
});

test("mean, sample deviation and interval of the mean are those of NumPy and SciPy", () => {
  expect(meanOf(sample)).toBeCloseTo(3.4, 12);
  expect(deviationOf(sample)).toBeCloseTo(2.277425447005163, 12);
  const { interval } = meanEstimate(sample) ?? {};
  expect(interval?.[0]).toBeCloseTo(1.293732758225954, 10);
  expect(interval?.[1]).toBeCloseTo(5.506267241774047, 10);
});

test("too few values give null, never a number that looks measured", () => {
  expect([meanOf([]), deviationOf([3]), meanEstimate([])]).toEqual([null, null, null]);
  expect(meanEstimate([3])).toEqual({ value: 3, interval: null });
  expect(bootstrap([3], median, { seed: 1 })).toEqual({ value: 3, interval: null });
});

test("values beyond Tukey's fences are marked, and fewer than four values never are", () => {
  expect(outliers(sample)).toEqual([false, false, false, true, false, false, false]);
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 3 }), (values) => {
      expect(outliers(values)).toEqual(values.map(() => false));
    }),
  );
});

test("a bootstrap interval follows from its seed, and for a mean agrees with the standard error", () => {
  const values = Array.from({ length: 200 }, (_, index) => index);
  const found = bootstrap(values, mean, { seed: 7 });
  expect(bootstrap(values, mean, { seed: 7 })).toEqual(found);
  expect(bootstrap(values, mean, { seed: 8 })).not.toEqual(found);
  // Deviation of 0 to 199 (n) is 57.734, so the mean's standard error is 4.0824.
  const [low, high] = found?.interval ?? [0, 0];
  expect((high - low) / (2 * 1.96 * 4.0824)).toBeCloseTo(1, 1);
  expect(bootstrap(sample, median, { seed: 7 })).toEqual({ value: 2.6, interval: [2.1, 3.5] });
});
