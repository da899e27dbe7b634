// Finds what a run id stands for in the plan of a campaign.
import type { Campaign, PlannedRun, PlannedSession } from "#shared/model/campaign.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import { TareError } from "#shared/model/error.ts";
import type { Condition } from "#shared/model/workload.ts";

type Planned = { readonly campaign: Campaign; readonly plan: readonly PlannedSession[] };

/** Throws TareError INTERNAL for a run that is not planned. */
export function plannedRun(
  { campaign, plan }: Planned,
  runId: string,
): { planned: PlannedRun; condition: Condition } {
  const planned = plan.flatMap((session) => session.runs).find((run) => run.runId === runId);
  if (planned === undefined)
    throw new TareError("INTERNAL", `The run ${runId} is not in the plan of ${campaign.id}.`);
  return { planned, condition: conditionOf(campaign, planned.conditionId) };
}

export function conditionOf(campaign: Campaign, conditionId: string): Condition {
  const condition = campaign.conditions.find((each) => each.id === conditionId);
  if (condition === undefined)
    throw new TareError("INTERNAL", `The campaign ${campaign.id} has no condition ${conditionId}.`);
  return condition;
}

export function configurationOf(campaign: Campaign, configurationId: string): Configuration {
  const configuration = campaign.configurations.find((each) => each.id === configurationId);
  if (configuration === undefined) {
    throw new TareError("INTERNAL", `The campaign ${campaign.id} has no configuration ${configurationId}.`);
  }
  return configuration;
}
