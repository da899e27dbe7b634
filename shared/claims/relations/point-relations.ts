// Relations of single points: a value, and two compared at the same condition.
import type { DataPoint } from "../../model/dataset.ts";
import type { RelationOf } from "../claim-file.ts";
import { partnerOf, pointsOf, type ClaimData } from "../claim-data.ts";
import { deviationRatioOf, differenceOf, pointEstimate, ratioOf, type Basis } from "../compare.ts";
import type { ClaimEstimate } from "../estimate.ts";
import { allAside, partTerms, type RelationParts } from "./relation-part.ts";

/** The statistic of every point that fits. */
export function valueParts(data: ClaimData, relation: RelationOf<"value">): RelationParts {
  const { workload, metric, env, where, stat = "mean", report = [] } = relation;
  const { items, aside } = pointsOf(data, { subject: workload, quantity: metric, env }, where);
  return {
    parts: items.map((point) => ({
      terms: partTerms(data, point, report, env),
      estimate: pointEstimate(point, data.basis, stat),
      sources: [point],
    })),
    aside,
    gaps: [],
  };
}

type Compared = RelationOf<"ratio"> | RelationOf<"difference"> | RelationOf<"stdev_ratio">;

const comparisons: Readonly<
  Record<Compared["type"], (a: DataPoint, b: DataPoint, basis: Basis) => ClaimEstimate | null>
> = { ratio: ratioOf, difference: differenceOf, stdev_ratio: deviationRatioOf };

/** Every point of a, compared with the one of b that has the same terms of `pair_on`. */
export function comparedParts(data: ClaimData, relation: Compared): RelationParts {
  const { workload, metric, a, b, where, pair_on: names } = relation;
  const asked = { subject: workload, quantity: metric };
  const left = pointsOf(data, { ...asked, env: a.env }, where, a.where);
  const right = pointsOf(data, { ...asked, env: b.env }, where, b.where);
  const compare = comparisons[relation.type];
  const pairs = left.items.flatMap((point) => {
    const partner = partnerOf(point, right.items, names);
    return partner === null ? [] : [{ point, partner, estimate: compare(point, partner, data.basis) }];
  });
  return {
    parts: pairs.flatMap(({ point, partner, estimate }) =>
      estimate === null
        ? []
        : [{ terms: partTerms(data, point, names, a.env), estimate, sources: [point, partner] }],
    ),
    aside: allAside(left, right),
    gaps: pairs.some(({ estimate }) => estimate === null) ? [gapOf[relation.type]] : [],
  };
}

const gapOf: Readonly<Record<Compared["type"], string>> = {
  ratio: "Of values that are not positive there is no ratio.",
  difference: "Without values there is no difference.",
  stdev_ratio: "More blocks: a standard deviation takes at least two, and one that is not 0 to compare with.",
};
