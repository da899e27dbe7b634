// Two distributions compared at equal percentiles.
import type { DataDistribution } from "../../model/dataset.ts";
import { type Cumulative, quantileOf } from "../../stats/shift.ts";
import type { RelationOf } from "../claim-file.ts";
import { distributionsOf, partnerOf, type ClaimData } from "../claim-data.ts";
import { blockRatioOf } from "../compare.ts";
import { bareEstimate, type ClaimEstimate } from "../estimate.ts";
import { allAside, type PartSource, type RelationPart, type RelationParts } from "./relation-part.ts";

/** Those that fio prints, and so the ones that the reference data have. */
const percentiles = [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99, 99.5, 99.9, 99.95, 99.99];

/** a / b at every percentile from `p_low` to `p_high`. Blocks: of each block's own distributions. */
export function cdfParts(data: ClaimData, relation: RelationOf<"cdf_ratio">): RelationParts {
  const { workload, a, b, where, p_low: lowest, p_high: highest } = relation;
  const left = distributionsOf(data, { subject: workload, env: a.env }, where, a.where);
  const right = distributionsOf(data, { subject: workload, env: b.env }, where, b.where);
  return {
    parts: left.items.flatMap((first) => {
      const second = partnerOf(first, right.items, ["part"]);
      if (second === null) return [];
      return percentiles
        .filter((percent) => percent >= lowest && percent <= highest)
        .flatMap((percent): RelationPart[] => {
          const estimate = ratioAt(first, second, percent, data.basis);
          const sources = [sourceOf(first, data), sourceOf(second, data)];
          return estimate === null ? [] : [{ terms: { percentile: percent }, estimate, sources }];
        });
    }),
    aside: allAside(left, right),
    gaps: [],
  };
}

function ratioAt(
  a: DataDistribution,
  b: DataDistribution,
  percent: number,
  basis: ClaimData["basis"],
): ClaimEstimate | null {
  const [first, second] = [valueAt(a, percent), valueAt(b, percent)];
  const whole = first === null || second === null || !(second > 0) ? null : bareEstimate(first / second);
  if (basis === "means" || a.blocks === null || b.blocks === null) return whole;
  return blockRatioOf(blockValues(a, percent), blockValues(b, percent)) ?? whole;
}

function blockValues({ blocks }: DataDistribution, percent: number): ReadonlyMap<number, number> {
  return new Map(
    (blocks ?? []).flatMap((each): [number, number][] => {
      const value = valueAt(each, percent);
      return value === null ? [] : [[each.block, value]];
    }),
  );
}

function valueAt(distribution: Cumulative, percent: number): number | null {
  return quantileOf(distribution, percent / 100);
}

function sourceOf(
  { slot, conditionId, quantity, emulated }: DataDistribution,
  { dataset }: ClaimData,
): PartSource {
  const id = `${slot}/${conditionId}/${quantity}`;
  const evidence =
    dataset.points.find((point) => point.slot === slot && point.conditionId === conditionId)?.evidence ??
    null;
  return { id, slot, emulated, evidence };
}
