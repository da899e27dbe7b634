// Every attempt of every run in the order in which it was made, from the journal: the state keeps the latest alone.
import type { PlannedRun } from "../../model/campaign.ts";
import type { CampaignEvent } from "../../model/event.ts";
import { cellId } from "../../model/campaign.ts";
import { planSessions } from "../../plan/plan-sessions.ts";
import type { ReportedCampaign } from "./report-inputs.ts";

export interface Attempt {
  readonly runId: string;
  readonly attempt: number;
  readonly startedAt: string;
  /** `not ended` where the journal has no end of it. */
  readonly outcome: string;
  /** Null until it has ended. */
  readonly seconds: number | null;
  readonly failure: string | null;
  readonly remarks: readonly string[];
  readonly commands: readonly {
    readonly phase: string;
    readonly machine: string;
    readonly command: string;
  }[];
}

/** `planned` lacks the cells that the lab does not offer. */
export function attemptsOf({ campaign, events, state }: ReportedCampaign): {
  planned: readonly PlannedRun[];
  attempts: readonly Attempt[];
} {
  const attempts: Attempt[] = [];
  const at = new Map<string, number>();
  for (const event of events) {
    if (event.type === "run-started") {
      at.set(event.runId, attempts.length);
      attempts.push(startOf(event));
      continue;
    }
    if (event.type !== "run-phase" && event.type !== "run-ended") continue;
    const index = at.get(event.runId);
    const known = index === undefined ? undefined : attempts[index];
    if (index === undefined || known === undefined) continue;
    attempts[index] = event.type === "run-phase" ? withCommand(known, event) : withEnd(known, event);
  }
  const planned = planSessions(campaign)
    .flatMap(({ runs }) => runs)
    .filter(({ slot, conditionId }) => !state.refusedCells.has(cellId(slot, conditionId)));
  return { planned, attempts };
}

type Of<T extends CampaignEvent["type"]> = Extract<CampaignEvent, { type: T }>;

function startOf({ runId, attempt, at }: Of<"run-started">): Attempt {
  return {
    runId,
    attempt,
    startedAt: at,
    outcome: "not ended",
    seconds: null,
    failure: null,
    remarks: [],
    commands: [],
  };
}

function withCommand(attempt: Attempt, { phase, machine, command }: Of<"run-phase">): Attempt {
  return { ...attempt, commands: [...attempt.commands, { phase, machine, command }] };
}

function withEnd(attempt: Attempt, event: Of<"run-ended">): Attempt {
  const { outcome, totalSeconds, failure, remarks } = event;
  return { ...attempt, outcome, seconds: totalSeconds, failure: failure?.message ?? null, remarks };
}
