// The summary of a claim's numbers, to the digits that the claims file records.
import { mean } from "simple-statistics";
import type { ClaimValues } from "../model/claim.ts";

/**
 * Count, least, mean and greatest. As in the claims file each number is taken to five significant digits, and the mean
 * is that of these. Null for no values.
 */
export function summaryOf(values: readonly number[]): ClaimValues | null {
  if (values.length === 0) return null;
  const rounded = values.map(fiveDigits);
  return {
    n: values.length,
    min: Math.min(...rounded),
    mean: fiveDigits(mean(rounded)),
    max: Math.max(...rounded),
  };
}

function fiveDigits(value: number): number {
  return Number(value.toPrecision(5));
}
