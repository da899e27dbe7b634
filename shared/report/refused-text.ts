// Cells that a lab did not offer, in words: one sentence for each configuration and reason.
import type { Campaign } from "../model/campaign.ts";
import type { RefusedCell } from "../model/result.ts";
import { conditionsIn } from "../plan/plan-sessions.ts";
import { slotsOf } from "../plan/slots.ts";

type Design = Pick<Campaign, "configurations" | "conditions" | "scope" | "control">;

/** `KVM best, all conditions: The SUT has one NUMA node.` In the order of the configurations. */
export function refusedSentences(campaign: Design, refused: readonly RefusedCell[]): string[] {
  return slotsOf(campaign).flatMap(({ slot, label, configuration }) => {
    const own = refused.filter((cell) => cell.slot === slot);
    const conditions = conditionsIn(campaign, configuration.id);
    return [...new Set(own.map(({ reason }) => reason))].map((reason) => {
      const ids = new Set(own.filter((cell) => cell.reason === reason).map((cell) => cell.conditionId));
      const labels = conditions.filter(({ id }) => ids.has(id)).map((condition) => condition.label);
      return `${label}, ${labels.length === conditions.length ? "all conditions" : labels.join(", ")}: ${reason}`;
    });
  });
}
