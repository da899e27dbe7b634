// Points in the order of a sweep, by environment.
import type { DataPoint } from "../../model/dataset.ts";
import { environmentUnder, type ClaimData } from "../claim-data.ts";

/** By the word that counts, in the order of the first of each. */
export function byEnvironment(
  { labelling }: Pick<ClaimData, "labelling">,
  points: readonly DataPoint[],
): readonly (readonly DataPoint[])[] {
  const groups = new Map<string | null, DataPoint[]>();
  for (const point of points) {
    const word = environmentUnder(labelling, point);
    const group = groups.get(word);
    if (group === undefined) groups.set(word, [point]);
    else group.push(point);
  }
  return [...groups.values()];
}

/** Ascending in a term that is a number; the first of several at one value. Points without it are left out. */
export function alongSweep(points: readonly DataPoint[], sweep: string): readonly DataPoint[] {
  const byValue = new Map<number, DataPoint>();
  for (const point of points) {
    const value = point.terms[sweep];
    if (typeof value === "number" && !byValue.has(value)) byValue.set(value, point);
  }
  return [...byValue].sort(([first], [second]) => first - second).map(([, point]) => point);
}

export function isThere<Value>(value: Value | null): value is Value {
  return value !== null;
}
