// Two or more campaigns side by side: what differed in what they ran on, then what differed in what they found.
import type { CampaignDescription, Comparison, Correction } from "../model/comparison.ts";
import type { Dataset } from "../model/dataset.ts";
import { differences } from "./differences.ts";
import { effects } from "./effects.ts";
import { matchedPairs } from "./matching.ts";

/** `descriptions` and `datasets` in the same order; the first campaign is what the others are compared with. */
export function comparison(
  descriptions: readonly CampaignDescription[],
  datasets: readonly Dataset[],
  correction: Correction,
): Comparison {
  const [first, ...others] = datasets;
  const pairs = first === undefined ? [] : others.map((other) => matchedPairs(first, other).length);
  return {
    campaigns: datasets.map(({ id, name }) => ({ id, name })),
    ...differences(descriptions),
    effects: effects(datasets, correction),
    unmatched: others.map((other, index) => ({
      campaignId: other.id,
      count: other.points.length - (pairs[index] ?? 0),
    })),
  };
}
