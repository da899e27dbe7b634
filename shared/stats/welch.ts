// Welch's test: whether two means differ, where their variances may.
import type { Estimate } from "../model/result.ts";
import { studentProbability, studentQuantile } from "./student.ts";

/** A mean of something, with the variance of that mean and its degrees of freedom. */
export interface MeanWithError {
  readonly mean: number;
  /** Variance of the mean: s² / n. */
  readonly variance: number;
  /** n - 1. */
  readonly freedom: number;
}

export interface WelchResult {
  /** b - a with its 95 % interval. */
  readonly difference: Estimate;
  /** Two-sided; null where neither varies at all. */
  readonly p: number | null;
}

/** b minus a; degrees of freedom by Welch and Satterthwaite. Null where one has no freedom. */
export function welch(a: MeanWithError, b: MeanWithError): WelchResult | null {
  if (!(a.freedom > 0) || !(b.freedom > 0)) return null;
  const value = b.mean - a.mean;
  const variance = a.variance + b.variance;
  if (!(variance > 0)) return { difference: { value, interval: [value, value] }, p: null };
  const freedom = variance ** 2 / (a.variance ** 2 / a.freedom + b.variance ** 2 / b.freedom);
  const deviation = Math.sqrt(variance);
  const half = studentQuantile(0.975, freedom) * deviation;
  const p = 2 * studentProbability(-Math.abs(value) / deviation, freedom);
  return { difference: { value, interval: [value - half, value + half] }, p };
}
