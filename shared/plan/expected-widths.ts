// The intervals that a design may expect, workload by workload, from the noise of past campaigns.
import type { Noise } from "../model/noise.ts";
import type { Condition, WorkloadName } from "../model/workload.ts";
import { blocksForShare, pooledDeviation } from "../stats/expected-interval.ts";

type Compared = Noise["compared"];

/** What is measured against native: an environment with its conditions, or the A/A control. */
export interface ComparedCells {
  readonly compared: Compared;
  readonly conditions: readonly Condition[];
}

export interface ExpectedScatter {
  readonly workload: WorkloadName;
  readonly compared: Compared;
  /** Of a ratio's logarithm within the block, over the chosen conditions that were measured before. */
  readonly deviation: number;
  /** Of the condition that scatters most. */
  readonly worst: number;
  /** False where none of the chosen conditions was measured before, and others of the workload stand for them. */
  readonly same: boolean;
}

/** One entry for each workload and comparison of which anything is known, in the order of the cells. */
export function expectedScatter(
  cells: readonly ComparedCells[],
  noise: readonly Noise[],
): readonly ExpectedScatter[] {
  return cells.flatMap(({ compared, conditions }) =>
    [...new Set(conditions.map(({ workload }) => workload))].flatMap((workload) => {
      const own = noise.filter((each) => each.workload === workload && each.compared === compared);
      const chosen = own.filter(({ conditionId }) => conditions.some(({ id }) => id === conditionId));
      const used = chosen.length > 0 ? chosen : own;
      const deviation = pooledDeviation(used);
      if (deviation === null) return [];
      const worst = Math.max(...used.map((each) => each.deviation));
      return [{ workload, compared, deviation, worst, same: chosen.length > 0 }];
    }),
  );
}

/** Fewest blocks for ± `share` in every entry, and the entry that decides; null where `most` are not enough, or nothing is known. */
export function blocksForAll(
  scatter: readonly ExpectedScatter[],
  share: number,
  most: number,
): { readonly blocks: number; readonly by: ExpectedScatter } | null {
  let found: { readonly blocks: number; readonly by: ExpectedScatter } | null = null;
  for (const by of scatter) {
    const blocks = blocksForShare(by.deviation, share, most);
    if (blocks === null) return null;
    if (found === null || blocks > found.blocks) found = { blocks, by };
  }
  return found;
}
