// What a campaign still has to do: the plan without what has ended. A resume needs nothing but this.
import { cellId } from "../model/campaign.ts";
import type { PlannedRun, PlannedSession } from "../model/campaign.ts";
import type { RefusedCell } from "../model/result.ts";
import type { CampaignState } from "../state/campaign-state.ts";

/** So many failures in a row of the same cell, and it is not tried again. */
export const failuresUntilStop = 5;

export interface Remaining {
  /** Sessions with the runs that are missing in them, in the order of the plan; none is empty. */
  readonly sessions: readonly PlannedSession[];
  /** The session to run next, or null where nothing is missing. */
  readonly next: PlannedSession | null;
  readonly counts: {
    readonly planned: number;
    readonly ok: number;
    readonly failed: number;
    /** Never ended, and never to be tried: their cell failed too often. */
    readonly skipped: number;
    /** Never to be run: the lab does not offer what their cell needs. */
    readonly refused: number;
    readonly missing: number;
  };
}

type Progress = Pick<CampaignState, "runs" | "stoppedCells"> & Partial<Pick<CampaignState, "refusedCells">>;

/** Refused cells as a campaign's state keeps them. */
export function byCell(refused: readonly RefusedCell[]): CampaignState["refusedCells"] {
  return new Map(refused.map((each) => [cellId(each.slot, each.conditionId), each]));
}

/**
 * The refusals among those found that are to be journalled: none twice, and none of a cell that was measured before. What
 * the lab offered once and does not now (memory is short for an hour) is tried again; where it fails, it has failed, and the
 * campaign is not complete.
 */
export function newRefusals(
  found: readonly RefusedCell[],
  plan: readonly PlannedSession[],
  { runs, refusedCells }: Pick<CampaignState, "runs" | "refusedCells">,
): readonly RefusedCell[] {
  const measured = plan
    .flatMap((session) => session.runs)
    .filter(({ runId }) => runs.get(runId)?.status === "ok")
    .map(({ slot, conditionId }) => cellId(slot, conditionId));
  const settled = new Set([...measured, ...refusedCells.keys()]);
  const firstOfEach = new Map(found.toReversed().map((each) => [cellId(each.slot, each.conditionId), each]));
  return found.filter((each) => {
    const cell = cellId(each.slot, each.conditionId);
    return !settled.has(cell) && firstOfEach.get(cell) === each;
  });
}

/** A run that ended ok or failed is done; one that is running, was cancelled or never began is missing. */
export function remaining(plan: readonly PlannedSession[], state: Progress): Remaining {
  const stopped = stoppedCells(plan, state);
  const sessions: PlannedSession[] = [];
  const counts = { planned: 0, ok: 0, failed: 0, skipped: 0, refused: 0, missing: 0 };
  for (const session of plan) {
    const missing: PlannedRun[] = [];
    for (const run of session.runs) {
      counts.planned += 1;
      const status = state.runs.get(run.runId)?.status;
      if (status === "ok" || status === "failed") counts[status] += 1;
      else if (state.refusedCells?.has(cellId(run.slot, run.conditionId)) === true) counts.refused += 1;
      else if (stopped.has(cellId(run.slot, run.conditionId))) counts.skipped += 1;
      else missing.push(run);
    }
    counts.missing += missing.length;
    if (missing.length > 0) sessions.push({ ...session, runs: missing });
  }
  return { sessions, next: sessions[0] ?? null, counts };
}

/** Whether a cell failed five times in a row, by block order. Runs that were cancelled or never began say nothing. */
export function isStopped(
  plan: readonly PlannedSession[],
  state: Progress,
  slot: string,
  conditionId: string,
): boolean {
  return stoppedCells(plan, state).has(cellId(slot, conditionId));
}

/** Number that the next attempt at a run has; attempts count from 1. */
export function nextAttempt(state: Pick<CampaignState, "runs">, runId: string): number {
  return (state.runs.get(runId)?.attempt ?? 0) + 1;
}

/** Cells that are journalled as stopped, and those whose fifth failure is the journal's last word. */
function stoppedCells(plan: readonly PlannedSession[], state: Progress): ReadonlySet<string> {
  const stopped = new Set(state.stoppedCells);
  const inARow = new Map<string, number>();
  for (const run of plan.flatMap(({ runs }) => runs)) {
    const cell = cellId(run.slot, run.conditionId);
    const status = state.runs.get(run.runId)?.status;
    if (status === "ok") inARow.set(cell, 0);
    if (status !== "failed") continue;
    const failures = (inARow.get(cell) ?? 0) + 1;
    inARow.set(cell, failures);
    if (failures >= failuresUntilStop) stopped.add(cell);
  }
  return stopped;
}
