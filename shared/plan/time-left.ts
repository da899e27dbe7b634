// Time left of a campaign, from what was measured so far; before that, from the workloads' own estimates.
import type { Campaign, PlannedRun, PlannedSession } from "../model/campaign.ts";
import { cellId } from "../model/campaign.ts";
import type { CampaignState, RunState } from "../state/campaign-state.ts";
import { expectedSeconds } from "./expected-seconds.ts";
import { parametersOf } from "./parameters.ts";
import type { Workloads } from "./parameters.ts";
import { remaining } from "./remaining.ts";
import { slotsOf } from "./slots.ts";

export interface TimeLeft {
  readonly seconds: number;
  /** Instant (ISO 8601) at which the campaign ends if it goes on now. */
  readonly finishAt: string;
}

interface Inputs {
  readonly campaign: Campaign;
  readonly plan: readonly PlannedSession[];
  readonly state: CampaignState;
  readonly workloads: Workloads;
  /** Instant, milliseconds since 1970. */
  readonly now: number;
}

/**
 * Seconds for all missing runs, the starts of their environments and the restoration. A run takes as long as the mean
 * of its cell so far; a cell that was never measured takes its workload's estimate, scaled as the measured cells of
 * its slot were (or of all slots).
 */
export function timeLeft({ campaign, plan, state, workloads, now }: Inputs): TimeLeft {
  const { sessions } = remaining(plan, state);
  const estimateRun = runEstimator(campaign, plan, state, workloads);
  const environments = new Map(
    slotsOf(campaign).map(({ slot, configuration }) => [slot, configuration.environment]),
  );
  let seconds = sessions.length === 0 ? 0 : expectedSeconds.restoration;
  if (state.startedAt === null) seconds += expectedSeconds.preparation;
  for (const session of sessions) {
    const { slot, block } = session;
    const up = state.session?.slot === slot && state.session.block === block;
    const start = state.environmentSeconds.get(slot);
    const environment = environments.get(slot);
    if (!up && start !== undefined) seconds += start;
    else if (!up && environment !== undefined) seconds += expectedSeconds.environment[environment];
    for (const run of session.runs) seconds += leftOf(estimateRun(run), state.runs.get(run.runId), now);
  }
  return { seconds, finishAt: new Date(now + seconds * 1000).toISOString() };
}

function leftOf(estimate: number, run: RunState | undefined, now: number): number {
  if (run?.status !== "running") return estimate;
  return Math.max(0, estimate - Math.max(0, now - Date.parse(run.startedAt)) / 1000);
}

/** Seconds that a run should take: the mean of its cell so far, or its workload's estimate as scaled so far. */
export function runEstimator(
  campaign: Campaign,
  plan: readonly PlannedSession[],
  state: Pick<CampaignState, "runs">,
  workloads: Workloads,
): (run: PlannedRun) => number {
  const stated = new Map(
    campaign.conditions.map((condition) => {
      const workload = workloads[condition.workload];
      const seconds = workload.estimateSeconds(parametersOf(condition, workload)) + expectedSeconds.run;
      return [condition.id, seconds];
    }),
  );
  const cells = new Map<string, Tally>();
  const slots = new Map<string, Tally>();
  const all = emptyTally();
  for (const { runId, slot, conditionId } of plan.flatMap(({ runs }) => runs)) {
    const run = state.runs.get(runId);
    // A failed run may have ended at once or at its time limit: it says little of the next.
    if (run?.status !== "ok") continue;
    const estimate = stated.get(conditionId) ?? 0;
    for (const tally of [tallyOf(cells, cellId(slot, conditionId)), tallyOf(slots, slot), all]) {
      tally.count += 1;
      tally.seconds += run.totalSeconds;
      tally.stated += estimate;
    }
  }
  return ({ slot, conditionId }) => {
    const cell = cells.get(cellId(slot, conditionId));
    if (cell !== undefined) return cell.seconds / cell.count;
    const scale = slots.get(slot) ?? all;
    return (stated.get(conditionId) ?? 0) * (scale.stated > 0 ? scale.seconds / scale.stated : 1);
  };
}

/** Runs that were measured: how many, how long they took, how long their workloads' estimates say. */
interface Tally {
  count: number;
  seconds: number;
  stated: number;
}

function emptyTally(): Tally {
  return { count: 0, seconds: 0, stated: 0 };
}

function tallyOf(tallies: Map<string, Tally>, key: string): Tally {
  const tally = tallies.get(key) ?? emptyTally();
  tallies.set(key, tally);
  return tally;
}
