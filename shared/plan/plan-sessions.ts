// The order of a campaign: randomised blocks. Every block runs every cell once, in an order that the seed alone decides.
import type { Campaign, PlannedRun, PlannedSession } from "../model/campaign.ts";
import { TareError } from "../model/error.ts";
import type { Condition } from "../model/workload.ts";
import { randomStream, shuffled } from "./random-stream.ts";
import { slotsOf } from "./slots.ts";
import type { Slot } from "./slots.ts";

type Design = Pick<Campaign, "configurations" | "conditions" | "scope" | "blocks" | "control" | "seed">;

/**
 * All sessions of all blocks in the order of execution: configurations in random order within the block, conditions in
 * random order within the session. More blocks leave the order of the earlier ones as it was.
 * Throws TareError INPUT_INVALID where two runs would have the same name.
 */
export function planSessions(campaign: Design): PlannedSession[] {
  const slots = slotsOf(campaign);
  refuseSameNames(campaign, slots);
  return Array.from({ length: campaign.blocks }, (_, index) => index + 1).flatMap((block) => {
    const places = slots.map((slot, place) => ({ slot, place }));
    return shuffled(places, randomStream(campaign.seed, block, 0))
      .map(({ slot, place }) => sessionOf(campaign, slot, block, place))
      .filter(({ runs }) => runs.length > 0);
  });
}

/** The conditions that a configuration is measured with, in the campaign's order. */
export function conditionsIn(
  { conditions, scope }: Pick<Campaign, "conditions" | "scope">,
  configurationId: string,
): readonly Condition[] {
  const workloads = scope?.[configurationId];
  return workloads === undefined
    ? conditions
    : conditions.filter(({ workload }) => workloads.includes(workload));
}

/** Name of the run of one cell in one block: `b03-native.control-redis-c50`. */
export function runIdOf(block: number, slot: string, conditionId: string): string {
  return `b${String(block).padStart(2, "0")}-${slot}-${conditionId}`;
}

function sessionOf(campaign: Design, slot: Slot, block: number, place: number): PlannedSession {
  const configurationId = slot.configuration.id;
  const random = randomStream(campaign.seed, block, place + 1);
  const runs = shuffled(conditionsIn(campaign, configurationId), random).map(({ id }): PlannedRun => ({
    runId: runIdOf(block, slot.slot, id),
    block,
    slot: slot.slot,
    configurationId,
    conditionId: id,
  }));
  return { block, slot: slot.slot, configurationId, runs };
}

function refuseSameNames(campaign: Design, slots: readonly Slot[]): void {
  const seen = new Map<string, string>();
  for (const { slot } of slots) {
    for (const { id } of campaign.conditions) {
      const name = runIdOf(1, slot, id);
      const cell = `configuration "${slot}" with condition "${id}"`;
      const other = seen.get(name);
      if (other !== undefined)
        throw new TareError(
          "INPUT_INVALID",
          `Two cells of the campaign would have the same name: ${other} and ${cell}. Give one of them another id.`,
        );
      seen.set(name, cell);
    }
  }
}
