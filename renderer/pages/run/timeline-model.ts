// The blocks of a campaign as a timeline: sessions in blocks, runs in sessions, each with its state and its length.
import { cellId } from "#shared/model/campaign.ts";
import type { PlannedRun, PlannedSession } from "#shared/model/campaign.ts";
import { failuresUntilStop } from "#shared/plan/remaining.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";

/** `stopped`: never to be run, because its cell failed too often. `refused`: the lab does not offer what it needs. */
export type CellStatus = "ok" | "failed" | "running" | "missing" | "stopped" | "refused";

export interface TimelineCell {
  readonly run: PlannedRun;
  readonly status: CellStatus;
  /** Measured where the run has ended, else expected. */
  readonly seconds: number;
  readonly emulated: boolean;
}

export interface TimelineSession {
  readonly slot: string;
  /** Seconds until the environment is up. */
  readonly startSeconds: number;
  readonly cells: readonly TimelineCell[];
}

export interface TimelineBlock {
  readonly block: number;
  readonly sessions: readonly TimelineSession[];
  readonly seconds: number;
  readonly ended: number;
  readonly planned: number;
}

export interface TimelineInputs {
  readonly plan: readonly PlannedSession[];
  readonly state: Pick<CampaignState, "runs" | "stoppedCells" | "refusedCells">;
  /** Whether a process works on the campaign: a run that is "running" without one was interrupted. */
  readonly live: boolean;
  readonly expectRun: (run: PlannedRun) => number;
  readonly startSeconds: (slot: string) => number;
}

export function timelineOf({
  plan,
  state,
  live,
  expectRun,
  startSeconds,
}: TimelineInputs): readonly TimelineBlock[] {
  const blocks = new Map<number, TimelineSession[]>();
  for (const { block, slot, runs } of plan) {
    const cells = runs.map((run): TimelineCell => {
      const known = state.runs.get(run.runId);
      const status = statusOf(run, state, live);
      const ended = status === "ok" || status === "failed";
      const seconds = ended && known !== undefined ? known.totalSeconds : expectedOf(status, run, expectRun);
      return { run, status, seconds, emulated: known?.emulated ?? false };
    });
    const sessions = blocks.get(block) ?? [];
    // Nothing is started where every cell is refused.
    const started = cells.some(({ status }) => status !== "refused");
    sessions.push({ slot, startSeconds: started ? startSeconds(slot) : 0, cells });
    blocks.set(block, sessions);
  }
  return [...blocks].map(([block, sessions]) => {
    const cells = sessions.flatMap((session) => session.cells);
    const runs = cells.reduce((sum, { seconds }) => sum + seconds, 0);
    return {
      block,
      sessions,
      seconds: sessions.reduce((sum, session) => sum + session.startSeconds, runs),
      ended: cells.filter(({ status }) => status === "ok" || status === "failed").length,
      planned: cells.filter(({ status }) => status !== "refused").length,
    };
  });
}

/** What a person calls the state of a run. */
export const cellStatusTexts: Readonly<Record<CellStatus, string>> = {
  ok: "done",
  failed: "failed",
  running: "running",
  missing: "to be run",
  refused: "refused: the lab does not offer what it needs",
  stopped: `stopped: its cell failed ${failuresUntilStop} times in a row`,
};

/** A refused cell takes no time; it is drawn as a sliver, so that it can be pointed at. */
const sliver = 0.5;

function expectedOf(status: CellStatus, run: PlannedRun, expectRun: (run: PlannedRun) => number): number {
  return status === "refused" ? sliver : expectRun(run);
}

function statusOf(run: PlannedRun, state: TimelineInputs["state"], live: boolean): CellStatus {
  const status = state.runs.get(run.runId)?.status;
  if (status === "ok" || status === "failed") return status;
  if (status === "running" && live) return "running";
  if (state.refusedCells.has(cellId(run.slot, run.conditionId))) return "refused";
  return state.stoppedCells.has(cellId(run.slot, run.conditionId)) ? "stopped" : "missing";
}
