// The evidence of several runs as one list: equal findings once, with how many runs they are of.
import type { EvidenceItem } from "#shared/model/evidence.ts";

export interface EvidenceGroup extends EvidenceItem {
  /** Runs with this very verdict, expectation and finding. */
  readonly runs: number;
}

/** What was not held first, then what is unknown; required items before those that are told for context. */
export function evidenceGroups(evidence: readonly (readonly EvidenceItem[])[]): readonly EvidenceGroup[] {
  const groups = new Map<string, EvidenceGroup>();
  for (const item of evidence.flat()) {
    const { name, required, verdict, expected, found } = item;
    const key = JSON.stringify([name, required, verdict, expected, found]);
    groups.set(key, { ...item, runs: (groups.get(key)?.runs ?? 0) + 1 });
  }
  return [...groups.values()].toSorted((a, b) => rank(a) - rank(b));
}

function rank({ required, verdict }: EvidenceItem): number {
  return ["not-held", "unknown", "held"].indexOf(verdict) * 2 + (required ? 0 : 1);
}
