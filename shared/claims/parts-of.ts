// The numbers of a relation, by its type.
import type { Relation } from "./claim-file.ts";
import type { ClaimData } from "./claim-data.ts";
import { cdfParts } from "./relations/cdf-relation.ts";
import { lastOverPeakParts, peakParts, spreadParts } from "./relations/extreme-relations.ts";
import { interpolatedParts } from "./relations/interpolated-relation.ts";
import { comparedParts, valueParts } from "./relations/point-relations.ts";
import type { RelationParts } from "./relations/relation-part.ts";
import { monotonicParts, trendParts } from "./relations/sweep-relations.ts";

export function partsOf(data: ClaimData, relation: Exclude<Relation, { type: "config" }>): RelationParts {
  switch (relation.type) {
    case "value":
      return valueParts(data, relation);
    case "ratio":
    case "difference":
    case "stdev_ratio":
      return comparedParts(data, relation);
    case "peak_ratio":
    case "peak_difference":
      return peakParts(data, relation);
    case "spread":
      return spreadParts(data, relation);
    case "last_over_peak":
      return lastOverPeakParts(data, relation);
    case "trend":
      return trendParts(data, relation);
    case "monotonic":
      return monotonicParts(data, relation);
    case "interp_ratio":
      return interpolatedParts(data, relation);
    case "cdf_ratio":
      return cdfParts(data, relation);
  }
}
