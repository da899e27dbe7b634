// Relations along a sweep: how a comparison changes from its smallest to its largest value, and whether values rise.
import type { RelationOf } from "../claim-file.ts";
import { groupedBy, partnerOf, pointsOf, type ClaimData } from "../claim-data.ts";
import { differenceOf, ratioOf } from "../compare.ts";
import { levelOfEach, weightedSum } from "../estimate.ts";
import { allAside, partTerms, type RelationPart, type RelationParts } from "./relation-part.ts";
import { alongSweep, byEnvironment } from "./series.ts";

/** Ratio (or difference) of a to b at the largest value of the sweep, less the one at the smallest. */
export function trendParts(data: ClaimData, relation: RelationOf<"trend">): RelationParts {
  const { workload, metric, a, b, where, pair_on: pairs, sweep, of = "ratio" } = relation;
  const asked = { subject: workload, quantity: metric };
  const left = pointsOf(data, { ...asked, env: a.env }, where, a.where);
  const right = pointsOf(data, { ...asked, env: b.env }, where, b.where);
  const names = pairs.filter((name) => name !== sweep);
  const compare = of === "ratio" ? ratioOf : differenceOf;
  const series = byEnvironment(data, left.items).flatMap((each) => groupedBy(each, names));
  const parts = series.flatMap((group): RelationPart[] => {
    const compared = alongSweep(group, sweep).flatMap((point) => {
      const partner = partnerOf(point, right.items, [...names, sweep]);
      const estimate = partner === null ? null : compare(point, partner, data.basis);
      return partner === null || estimate === null ? [] : [{ point, partner, estimate }];
    });
    const [first] = compared;
    const last = compared.at(-1);
    if (first === undefined || last === undefined || first === last) return [];
    return [
      {
        terms: partTerms(data, last.point, names, a.env),
        estimate: weightedSum([
          { estimate: last.estimate, weight: 1 },
          { estimate: first.estimate, weight: -1 },
        ]),
        sources: [first.point, first.partner, last.point, last.partner],
      },
    ];
  });
  const single = left.items.length > 0 && right.items.length > 0 && parts.length === 0;
  return { parts, aside: allAside(left, right), gaps: single ? [tooFew(sweep)] : [] };
}

/**
 * Share of rising steps. Its interval: from the share of steps whose differences are above 0 for sure to the share that
 * are not below 0 for sure, at the level that holds for all steps at once.
 */
export function monotonicParts(data: ClaimData, relation: RelationOf<"monotonic">): RelationParts {
  const { workload, metric, env, where, pair_on: names, sweep } = relation;
  const { items, aside } = pointsOf(data, { subject: workload, quantity: metric, env }, where);
  const parts = byEnvironment(data, items).flatMap((series) =>
    groupedBy(series, names).flatMap((group): RelationPart[] => {
      const along = alongSweep(group, sweep);
      const steps = along.slice(1).flatMap((point, index) => {
        const before = along[index];
        return before === undefined ? [] : [differenceOf(point, before, data.basis)];
      });
      const [first] = along;
      if (first === undefined || steps.length === 0) return [];
      const share = (count: number) => count / steps.length;
      const intervals = steps.flatMap((step) => step?.interval ?? []);
      return [
        {
          terms: partTerms(data, first, names, env),
          estimate: {
            value: share(steps.filter((step) => step !== null && step.value > 0).length),
            interval:
              intervals.length < steps.length
                ? null
                : (level) => {
                    const each = intervals.map((interval) => interval(levelOfEach(level, steps.length)));
                    return [
                      share(each.filter(([low]) => low > 0).length),
                      share(each.filter(([, high]) => high > 0).length),
                    ];
                  },
            influence: null,
          },
          sources: along,
        },
      ];
    }),
  );
  const single = items.length > 0 && parts.length === 0;
  return { parts, aside, gaps: single ? [tooFew(sweep)] : [] };
}

function tooFew(sweep: string): string {
  return `Another condition: a comparison along ${sweep} takes at least two values of it, each measured on both sides.`;
}
