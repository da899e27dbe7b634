// Which point of one campaign stands for the same cell and quantity as one of another.
import type { DataPoint, Dataset, Terms } from "../model/dataset.ts";

/** Terms that tell cells apart; a difference in any other is a caution, not another cell. */
const identifying = [
  "kernel",
  "sockets",
  "direction",
  "protocol",
  "job",
  "rw",
  "part",
  "op",
  "clients",
  "users",
  "oltp_read_only",
  "variant",
  "streams",
] as const;

export interface MatchedPair {
  readonly first: DataPoint;
  readonly second: DataPoint;
  readonly cautions: readonly string[];
}

/** Pairs in the order of the first campaign's points; controls and values that no other has are left out. */
export function matchedPairs(first: Dataset, second: Dataset): MatchedPair[] {
  const slots = matchedSlots(first, second);
  const candidates = Map.groupBy(second.points, ({ subject, quantity }) => `${subject} ${quantity}`);
  const taken = new Set<DataPoint>();
  return first.points.flatMap((point): MatchedPair[] => {
    const wanted = slots(point);
    const found = (candidates.get(`${point.subject} ${point.quantity}`) ?? []).filter(
      (other) => !taken.has(other) && wanted(other) && sameCell(point, other),
    );
    const best = found.find(({ conditionId }) => conditionId === point.conditionId) ?? found[0];
    if (best === undefined) return [];
    taken.add(best);
    return [{ first: point, second: best, cautions: cautionsOf(point.terms, best.terms) }];
  });
}

/** Same id where both were measured and have it; else the same word of the claims. */
function matchedSlots(first: Dataset, second: Dataset): (point: DataPoint) => (other: DataPoint) => boolean {
  const controls = new Set(
    [first, second].flatMap(({ slots }) => slots.filter(({ control }) => control).map(({ slot }) => slot)),
  );
  const known = new Set(second.slots.map(({ slot }) => slot));
  const measured = first.origin === "measured" && second.origin === "measured";
  return (point) => {
    if (controls.has(point.slot)) return () => false;
    if (measured && known.has(point.slot)) return ({ slot }) => slot === point.slot;
    if (first.origin === "paper" && second.origin === "paper") return ({ slot }) => slot === point.slot;
    return (other) =>
      !controls.has(other.slot) && point.environment !== null && other.environment === point.environment;
  };
}

function sameCell(a: DataPoint, b: DataPoint): boolean {
  return identifying.every((name) => {
    const [one, other] = [a.terms[name] ?? null, b.terms[name] ?? null];
    // Unknown on one side: how many sockets were used is not always kept, and the paper names no variant.
    if (one === null || other === null) return !mustBeKnown(name) || one === other;
    return one === other;
  });
}

function mustBeKnown(name: (typeof identifying)[number]): boolean {
  return !["sockets", "variant", "streams", "rw", "oltp_read_only"].includes(name);
}

/** `pipeline 1 → 10`, for terms that both have. */
function cautionsOf(a: Terms, b: Terms): string[] {
  return Object.keys(a).flatMap((name) => {
    const [one, other] = [a[name] ?? null, b[name] ?? null];
    if (one === null || other === null || one === other) return [];
    return [`${name.replaceAll("_", " ")} ${String(one)} → ${String(other)}`];
  });
}
