// One quantity compared at the same value of another one: throughput at equal CPU use.
import type { DataPoint } from "../../model/dataset.ts";
import type { RelationOf } from "../claim-file.ts";
import { partnerOf, pointsOf, type ClaimData } from "../claim-data.ts";
import { blockRatioOf, byBlock } from "../compare.ts";
import { bareEstimate, type ClaimEstimate } from "../estimate.ts";
import { allAside, partTerms, type RelationPart, type RelationParts } from "./relation-part.ts";

interface Place {
  readonly x: DataPoint;
  readonly y: DataPoint;
}

/**
 * a's metric over b's, interpolated linearly between b's points at the value of `x_metric` that a has. Points of a
 * beyond b's range give no number. Blocks: within the block, in blocks whose range of b reaches that far.
 */
export function interpolatedParts(data: ClaimData, relation: RelationOf<"interp_ratio">): RelationParts {
  const { workload, metric, x_metric: other, a, b, where, pair_on: names } = relation;
  const sideOf = (side: typeof a) => {
    const select = (quantity: string) =>
      pointsOf(data, { subject: workload, quantity, env: side.env }, where, side.where);
    const [ys, xs] = [select(metric), select(other)];
    const places = ys.items.flatMap((y): Place[] => {
      const x = partnerOf(y, xs.items, names);
      return x === null ? [] : [{ x, y }];
    });
    return { places, aside: allAside(ys, xs) };
  };
  const [left, right] = [sideOf(a), sideOf(b)];
  const parts = left.places.flatMap(({ x, y }): RelationPart[] => {
    const estimate = interpolatedRatio({ x, y }, right.places, data.basis);
    if (estimate === null) return [];
    const sources = [x, y, ...right.places.flatMap((place) => [place.x, place.y])];
    return [{ terms: partTerms(data, y, names, a.env), estimate, sources }];
  });
  const apart = left.places.length > 0 && right.places.length > 0 && parts.length === 0;
  return {
    parts,
    aside: allAside(left, right),
    gaps: apart
      ? ["Another condition: the CPU use of the two does not overlap; more client counts of both are needed."]
      : [],
  };
}

function interpolatedRatio(
  { x, y }: Place,
  curve: readonly Place[],
  basis: ClaimData["basis"],
): ClaimEstimate | null {
  const at = interpolate(
    curve.map((place) => [place.x.mean, place.y.mean] as const),
    x.mean,
  );
  if (at === null || at === 0) return null;
  if (basis === "means") return bareEstimate(y.mean / at);
  const [xs, ys] = [byBlock(x), byBlock(y)];
  const expected = new Map<number, number>();
  for (const [block, value] of xs) {
    const places = curve.flatMap((place): [number, number][] => {
      const [px, py] = [byBlock(place.x).get(block), byBlock(place.y).get(block)];
      return px === undefined || py === undefined ? [] : [[px, py]];
    });
    const found = interpolate(places, value);
    if (found !== null && ys.has(block)) expected.set(block, found);
  }
  const paired = blockRatioOf(new Map([...ys].filter(([block]) => expected.has(block))), expected);
  return paired ?? bareEstimate(y.mean / at);
}

/** Linear between neighbours in x; null outside the range. */
export function interpolate(curve: readonly (readonly [number, number])[], at: number): number | null {
  const sorted = [...curve].sort(([first], [second]) => first - second);
  for (const [index, [x, y]] of sorted.entries()) {
    if (x === at) return y;
    const next = sorted[index + 1];
    if (next === undefined || !(x < at && at < next[0])) continue;
    return y + ((next[1] - y) * (at - x)) / (next[0] - x);
  }
  return null;
}
