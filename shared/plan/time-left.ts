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
  // Asked for only where nothing was measured: the page of an old campaign that has ended needs no estimate.
  const stated = (conditionId: string): number => {
    const condition = campaign.conditions.find(({ id }) => id === conditionId);
    if (condition === undefined) return 0;
    const workload = workloads[condition.workload];
    return workload.estimateSeconds(parametersOf(condition, workload)) + expectedSeconds.run;
  };
  const cells = new Map<string, Tally>();
  const slots = new Map<string, Tally>();
  const all = emptyTally();
  for (const { runId, slot, conditionId } of plan.flatMap(({ runs }) => runs)) {
    const run = state.runs.get(runId);
    // A failed run may have ended at once or at its time limit: it says little of the next.
    if (run?.status !== "ok") continue;
    for (const tally of [tallyOf(cells, cellId(slot, conditionId)), tallyOf(slots, slot), all]) {
      tally.count += 1;
      tally.seconds += run.totalSeconds;
      tally.conditions.set(conditionId, (tally.conditions.get(conditionId) ?? 0) + 1);
    }
  }
  const estimates = new Map<string, number>();
  return ({ slot, conditionId }) => {
    const id = cellId(slot, conditionId);
    const cell = cells.get(id);
    if (cell !== undefined) return cell.seconds / cell.count;
    const known = estimates.get(id);
    if (known !== undefined) return known;
    const { seconds, conditions } = slots.get(slot) ?? all;
    const total = [...conditions].reduce((sum, [condition, count]) => sum + count * stated(condition), 0);
    const estimate = stated(conditionId) * (total > 0 ? seconds / total : 1);
    estimates.set(id, estimate);
    return estimate;
  };
}

/** Runs that were measured: how many, how long they took, how many of each condition. */
interface Tally {
  count: number;
  seconds: number;
  readonly conditions: Map<string, number>;
}

function emptyTally(): Tally {
  return { count: 0, seconds: 0, conditions: new Map() };
}

function tallyOf(tallies: Map<string, Tally>, key: string): Tally {
  const tally = tallies.get(key) ?? emptyTally();
  tallies.set(key, tally);
  return tally;
}
