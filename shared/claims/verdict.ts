// From numbers with intervals to a verdict: whether what the quantifier speaks of lies within the bounds.
import type { ClaimVerdict } from "../model/claim.ts";
import { quantile } from "../stats/summary.ts";
import type { Quantifier } from "./claim-file.ts";
import {
  bareEstimate,
  extreme,
  levelOfEach,
  shownLevel,
  weightedSum,
  type ClaimEstimate,
} from "./estimate.ts";

/** Inclusive; null is open. */
export interface Bounds {
  readonly low: number | null;
  readonly high: number | null;
}

type Range = readonly [number, number];

/** Where a range lies: all of it within the bounds, all of it beyond one of them, or across. */
export function placeOf([from, to]: Range, { low, high }: Bounds): "inside" | "outside" | "across" {
  if ((low !== null && to < low) || (high !== null && from > high)) return "outside";
  return (low === null || from >= low) && (high === null || to <= high) ? "inside" : "across";
}

/** A number that counts, and whether it may: an emulated one proves nothing. */
export interface Weighed {
  readonly estimate: ClaimEstimate;
  readonly counts: boolean;
}

/**
 * `exact`: by the numbers themselves, as recorded for the paper. Else by intervals: holds where the interval lies
 * within the bounds, does not hold where it lies beyond, cannot be told otherwise. `all`: every interval within; one
 * beyond refutes, at the level that holds for all of them at once, or chance would refute where there are many. `any`
 * mirrors that. Null for no numbers.
 */
export function verdictOf(
  parts: readonly Weighed[],
  quantifier: Quantifier,
  bounds: Bounds,
  exact: boolean,
): ClaimVerdict {
  if (parts.length === 0) return "cannot-tell";
  const place = ({ estimate, counts }: Weighed, level: number) => {
    const range = rangeOf(estimate, level, exact);
    return !counts || range === null ? "across" : placeOf(range, bounds);
  };
  const together = levelOfEach(shownLevel, parts.length);
  switch (quantifier) {
    case "all":
      if (parts.some((part) => place(part, together) === "outside")) return "does-not-hold";
      return parts.every((part) => place(part, shownLevel) === "inside") ? "holds" : "cannot-tell";
    case "any":
      if (parts.some((part) => place(part, together) === "inside")) return "holds";
      return parts.every((part) => place(part, shownLevel) === "outside") ? "does-not-hold" : "cannot-tell";
    default: {
      const estimate = quantified(
        parts.map((part) => part.estimate),
        quantifier,
      );
      const counts = parts.every((part) => part.counts);
      const found = place({ estimate, counts }, shownLevel);
      return found === "inside" ? "holds" : found === "outside" ? "does-not-hold" : "cannot-tell";
    }
  }
}

/** The one number that a quantifier makes of several; `all` and `any` make none, and give the first. */
export function quantified(
  estimates: readonly ClaimEstimate[],
  quantifier: Exclude<Quantifier, "all" | "any">,
): ClaimEstimate {
  switch (quantifier) {
    case "mean":
      return weightedSum(estimates.map((estimate) => ({ estimate, weight: 1 / estimates.length })));
    case "min":
    case "max":
      return extreme(quantifier, estimates);
    case "median":
      return medianOf(estimates);
  }
}

/** A median rises with each of its numbers, so its ends are the medians of theirs, at the level of all at once. */
function medianOf(estimates: readonly ClaimEstimate[]): ClaimEstimate {
  const middle = (values: readonly number[]) => quantile(values, 0.5);
  const value = middle(estimates.map((each) => each.value));
  const intervals = estimates.flatMap(({ interval }) => (interval === null ? [] : [interval]));
  if (intervals.length < estimates.length) return bareEstimate(value);
  return {
    value,
    interval: (level) => {
      const each = intervals.map((interval) => interval(levelOfEach(level, intervals.length)));
      return [middle(each.map(([low]) => low)), middle(each.map(([, high]) => high))];
    },
    influence: null,
  };
}

function rangeOf({ value, interval }: ClaimEstimate, level: number, exact: boolean): Range | null {
  if (exact) return [value, value];
  return interval === null ? null : interval(level);
}
