// Whether a value, or the terms of a point, are what a claim asks for.
import type { Terms } from "../model/dataset.ts";
import type { Condition, Scalar, Where } from "./claim-file.ts";

/** A value is equal, any of a list, or a number within limits. */
export function matches(value: Scalar, condition: Condition): boolean {
  if (Array.isArray(condition)) return condition.includes(value);
  if (typeof condition !== "object" || condition === null) return value === condition;
  const { ge, le, gt, lt } = condition;
  return (
    typeof value === "number" &&
    (ge === undefined || value >= ge) &&
    (le === undefined || value <= le) &&
    (gt === undefined || value > gt) &&
    (lt === undefined || value < lt)
  );
}

/** Every condition holds; a term that is not there counts as null. */
export function matchesTerms(terms: Terms, where: Where): boolean {
  return Object.entries(where).every(([term, condition]) => matches(terms[term] ?? null, condition));
}
