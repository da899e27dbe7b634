// Relations of extremes: peaks along a sweep, and the spread between environments.
import type { DataPoint } from "../../model/dataset.ts";
import type { RelationOf } from "../claim-file.ts";
import { environmentUnder, groupedBy, pointsOf, termsKey, type ClaimData } from "../claim-data.ts";
import { differenceOf, ratioOf } from "../compare.ts";
import { exactEstimate, extreme, type ClaimEstimate } from "../estimate.ts";
import { allAside, partTerms, type RelationPart, type RelationParts } from "./relation-part.ts";
import { byEnvironment, isThere } from "./series.ts";

/** Greatest mean of a over the sweep, compared with the greatest of b. */
export function peakParts(
  data: ClaimData,
  relation: RelationOf<"peak_ratio"> | RelationOf<"peak_difference">,
): RelationParts {
  const { workload, metric, a, b, where, pair_on: names } = relation;
  const asked = { subject: workload, quantity: metric };
  const left = pointsOf(data, { ...asked, env: a.env }, where, a.where);
  const right = pointsOf(data, { ...asked, env: b.env }, where, b.where);
  const compare = relation.type === "peak_ratio" ? ratioOf : differenceOf;
  const partners = groupedBy(right.items, names);
  return {
    parts: byEnvironment(data, left.items).flatMap((series) =>
      groupedBy(series, names).flatMap((group): RelationPart[] => {
        const point = peakOf(group);
        const partner = peakOf(partners.find((each) => sameTerms(each, group, names)) ?? []);
        if (point === null || partner === null) return [];
        const estimate = compare(point, partner, data.basis);
        if (estimate === null) return [];
        return [{ terms: partTerms(data, point, names, a.env), estimate, sources: [point, partner] }];
      }),
    ),
    aside: allAside(left, right),
    gaps: [],
  };
}

/**
 * The value at the largest of the sweep over the greatest. That is the least of its ratios to every point, 1 to itself
 * included, and so are the interval's ends.
 */
export function lastOverPeakParts(data: ClaimData, relation: RelationOf<"last_over_peak">): RelationParts {
  const { workload, metric, env, where, sweep, pair_on: names = [] } = relation;
  const { items, aside } = pointsOf(data, { subject: workload, quantity: metric, env }, where);
  const parts = byEnvironment(data, items).flatMap((series) =>
    groupedBy(series, names).flatMap((group): RelationPart[] => {
      const swept = group.filter(({ terms }) => typeof terms[sweep] === "number");
      const last = swept.reduce<DataPoint | null>(
        (best, point) => (best === null || sweptAt(point, sweep) > sweptAt(best, sweep) ? point : best),
        null,
      );
      if (last === null || swept.length < 2) return [];
      const ratios = swept
        .filter((point) => point !== last)
        .map((point) => ratioOf(last, point, data.basis))
        .filter(isThere);
      return [
        {
          terms: partTerms(data, last, names, env),
          estimate: extreme("min", [exactEstimate(1), ...ratios]),
          sources: swept,
        },
      ];
    }),
  );
  const single = items.length > 0 && parts.length === 0;
  return {
    parts,
    aside,
    gaps: single ? [`Another condition: a sweep of ${sweep} takes at least two values.`] : [],
  };
}

/** (1 - least / greatest) · 100 over the environments: the greatest of what any of them loses to any other. */
export function spreadParts(data: ClaimData, relation: RelationOf<"spread">): RelationParts {
  const { workload, metric, env, where, pair_on: names, stat = "mean" } = relation;
  const { items, aside } = pointsOf(data, { subject: workload, quantity: metric, env }, where);
  const groups = groupedBy(items, names).map((group) =>
    env.flatMap((word) => group.find((point) => environmentUnder(data.labelling, point) === word) ?? []),
  );
  const whole = groups.filter((group) => group.length === env.length);
  return {
    parts: whole.flatMap((group): RelationPart[] => {
      const losses = group.flatMap((point) =>
        group
          .filter((other) => other !== point)
          .map((other) => lossOf(ratioOf(point, other, data.basis, stat)))
          .filter(isThere),
      );
      const [first] = group;
      if (first === undefined || losses.length === 0) return [];
      return [
        {
          terms: partTerms(data, first, names, "any"),
          estimate: extreme("max", [exactEstimate(0), ...losses]),
          sources: group,
        },
      ];
    }),
    aside,
    gaps: [],
  };
}

function lossOf(ratio: ClaimEstimate | null): ClaimEstimate | null {
  if (ratio === null) return null;
  const { value, interval } = ratio;
  return {
    value: (1 - value) * 100,
    interval:
      interval === null
        ? null
        : (level) => {
            const [low, high] = interval(level);
            return [(1 - high) * 100, (1 - low) * 100];
          },
    influence: null,
  };
}

function peakOf(points: readonly DataPoint[]): DataPoint | null {
  return points.reduce<DataPoint | null>(
    (best, point) => (best === null || point.mean > best.mean ? point : best),
    null,
  );
}

function sweptAt({ terms }: DataPoint, sweep: string): number {
  return Number(terms[sweep]);
}

function sameTerms(
  group: readonly DataPoint[],
  other: readonly DataPoint[],
  names: readonly string[],
): boolean {
  const [first] = group;
  const [second] = other;
  return (
    first !== undefined &&
    second !== undefined &&
    termsKey(first.terms, names) === termsKey(second.terms, names)
  );
}
