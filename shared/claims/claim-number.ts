// A claim's numbers as text, with their unit, as many digits as they deserve.
import { ratioText, significant } from "../report/number.ts";
import type { Relation } from "./claim-file.ts";
import { quantityOf } from "../dataset/quantities.ts";

/** Unit of what a relation yields: `×` for ratios, `%` for spreads, empty for shares and settings. */
export function unitOfRelation(relation: Relation): string {
  switch (relation.type) {
    case "value":
    case "difference":
    case "peak_difference": {
      const unit = quantityOf(relation.workload, relation.metric)?.unit ?? "";
      // A difference of percentages is in points, not in per cent.
      return unit === "%" && relation.type !== "value" ? "percentage points" : unit;
    }
    case "ratio":
    case "stdev_ratio":
    case "peak_ratio":
    case "last_over_peak":
    case "interp_ratio":
    case "cdf_ratio":
      return "×";
    case "spread":
      return "%";
    case "trend":
      return relation.of === "difference"
        ? (quantityOf(relation.workload, relation.metric)?.unit ?? "")
        : "×";
    case "monotonic":
      return "of the steps";
    case "config":
      return "";
  }
}

/** `0.448 ×`, `29.1 µs`: the number of a claim. */
export function claimNumber(value: number, unit: string): string {
  return unit === "" ? bareNumber(value, unit) : `${bareNumber(value, unit)} ${unit}`;
}

/** `0.44 to 0.46 ×`. */
export function claimRange(low: number, high: number, unit: string): string {
  const range = `${bareNumber(low, unit)} to ${bareNumber(high, unit)}`;
  return unit === "" ? range : `${range} ${unit}`;
}

/** `0.97 to 1.03 ×`, `at most 0.85 ×`, `at least 5 ×`: bounds as the claim states them. */
export function boundsText(low: number | null, high: number | null, unit: string): string {
  const suffix = unit === "" ? "" : ` ${unit}`;
  if (low !== null && high !== null)
    return low === high
      ? `${exactNumber(low)}${suffix}`
      : `${exactNumber(low)} to ${exactNumber(high)}${suffix}`;
  if (low !== null) return `at least ${exactNumber(low)}${suffix}`;
  return high === null ? "any value" : `at most ${exactNumber(high)}${suffix}`;
}

function bareNumber(value: number, unit: string): string {
  if (unit === "×" && value >= 0) return ratioText(value);
  return unit === "" || unit === "of the steps"
    ? exactNumber(Number(value.toPrecision(5)))
    : significant(value, 4);
}

/** All of a number's digits: a bound is not rounded. */
export function exactNumber(value: number): string {
  return Number.isInteger(value) ? significant(value, 1) : String(value);
}
