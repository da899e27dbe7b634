// Ids of a campaign's changes: they count on from what its journal holds, so that a resume never uses one twice.
import type { Change } from "#shared/model/change.ts";

/** `c0001-thp`, `c0002-container`, … above the highest number in `taken`. */
export function createChangeIds(taken: Iterable<string>): (change: Change) => string {
  let last = Math.max(0, ...[...taken].map((id) => Number(/^c(\d+)-/.exec(id)?.[1] ?? 0)));
  return ({ kind }) => {
    last += 1;
    return `c${String(last).padStart(4, "0")}-${kind}`;
  };
}
