// The phases of a run: which it has, which were reached, and when.
import type { Campaign, PlannedRun } from "#shared/model/campaign.ts";
import { runPhaseSchema, type CampaignEvent, type RunPhase } from "#shared/model/event.ts";
import type { RunProgram } from "#shared/model/workload.ts";
import type { RunState } from "#shared/state/campaign-state.ts";
import { bindCondition } from "#shared/workloads/registry.ts";

export interface ReachedPhase {
  readonly phase: RunPhase;
  /** Instant, ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string | null;
}

export interface RunPhases {
  readonly steps: readonly {
    readonly phase: RunPhase;
    /** `none`: the workload has no program for this phase. */
    readonly status: "none" | "to come" | "under way" | "done";
    /** Seconds; null where it is under way or was not reached. */
    readonly seconds: number | null;
    readonly startedAt: string | null;
  }[];
  readonly current: ReachedPhase | null;
}

export function phasesOf(
  campaign: Campaign,
  planned: PlannedRun,
  run: RunState,
  events: readonly CampaignEvent[],
): RunPhases {
  const reached = reachedPhases(run, events);
  // What is still to come matters only while the run lasts.
  const needed = run.endedAt === null ? neededPhases(campaign, planned) : new Set<RunPhase>();
  const current = reached.at(-1) ?? null;
  const steps = runPhaseSchema.options.map((phase) => {
    const found = reached.find((each) => each.phase === phase);
    const startedAt = found?.startedAt ?? null;
    const underWay = found !== undefined && found === current && run.endedAt === null;
    const seconds =
      found?.endedAt == null ? null : (Date.parse(found.endedAt) - Date.parse(found.startedAt)) / 1000;
    const status = underWay
      ? "under way"
      : found !== undefined
        ? "done"
        : needed.has(phase)
          ? "to come"
          : "none";
    return { phase, status, seconds, startedAt } as const;
  });
  return { steps, current };
}

/** Phases of the latest attempt in order; several programs of one phase count as one. */
function reachedPhases(run: RunState, events: readonly CampaignEvent[]): readonly ReachedPhase[] {
  const starts: { phase: RunPhase; at: string }[] = [];
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const event = events[index];
    if (event === undefined) break;
    if (event.type === "run-started" && event.runId === run.runId) break;
    if (event.type === "run-phase" && event.runId === run.runId)
      starts.unshift({ phase: event.phase, at: event.at });
  }
  const firsts = starts.filter(({ phase }, index) => starts[index - 1]?.phase !== phase);
  return firsts.map(({ phase, at }, index) => ({
    phase,
    startedAt: at,
    endedAt: firsts[index + 1]?.at ?? run.endedAt,
  }));
}

/** Which phases exist is the same wherever the run takes place: the surroundings here are never used. */
function neededPhases(campaign: Campaign, planned: PlannedRun): ReadonlySet<RunPhase> {
  const condition = campaign.conditions.find(({ id }) => id === planned.conditionId);
  if (condition === undefined) return new Set();
  const program = bindCondition(condition).program({
    serverAddress: campaign.lab.sut.dataAddress,
    dataFolder: "/data",
    kernelFolder: "/opt/tare",
    loadgenKernelFolder: "/opt/tare",
    cpus: 1,
    device: null,
  });
  const has: Readonly<Record<RunPhase, (program: RunProgram) => boolean>> = {
    prepare: ({ prepare }) => prepare.length > 0,
    server: ({ server }) => server !== null,
    "warm-up": ({ warmUp }) => warmUp.length > 0,
    measure: () => true,
    finish: ({ finish }) => finish.length > 0,
  };
  return new Set(runPhaseSchema.options.filter((phase) => has[phase](program)));
}
