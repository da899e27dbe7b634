// Summaries of a sample: quantiles, the interval of a mean, outliers. Nothing is ever left out of a sample here.
import { mean, sampleStandardDeviation } from "simple-statistics";
import type { Estimate } from "../model/result.ts";
import { studentQuantile } from "./student.ts";

/** Quantile of any sample, probability in [0, 1]: type 7 of Hyndman and Fan 1996, as R and NumPy do by default. NaN for no values. */
export function quantile(values: readonly number[], probability: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * probability;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/** Arithmetic mean; null for no values. */
export function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean([...values]);
}

/** Sample standard deviation (n - 1); null below two values. */
export function deviationOf(values: readonly number[]): number | null {
  return values.length < 2 ? null : sampleStandardDeviation([...values]);
}

/** Mean with its 95 % interval by Student's t; null for no values, without interval below two. */
export function meanEstimate(values: readonly number[]): Estimate | null {
  const value = meanOf(values);
  const deviation = deviationOf(values);
  if (value === null) return null;
  if (deviation === null) return { value, interval: null };
  const half = (studentQuantile(0.975, values.length - 1) * deviation) / Math.sqrt(values.length);
  return { value, interval: [value - half, value + half] };
}

/** Which values lie beyond Tukey's fences (1.5 interquartile ranges outside the quartiles). Marks only: fewer than four values have none. */
export function outliers(values: readonly number[]): boolean[] {
  const low = quantile(values, 0.25);
  const high = quantile(values, 0.75);
  const reach = 1.5 * (high - low);
  return values.map((value) => value < low - reach || value > high + reach);
}
