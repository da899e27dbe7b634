// The commands of a run as the journal has them.
import type { CampaignEvent, RunPhase } from "../model/event.ts";
import type { Machine } from "../model/lab.ts";

export interface RunCommand {
  /** Unique in the run. */
  readonly key: string;
  readonly phase: RunPhase;
  readonly machine: Machine;
  /** Text that a POSIX shell would accept. */
  readonly command: string;
}

/** Of the run's latest attempt, in the order in which they began. */
export function runCommands(events: readonly CampaignEvent[], runId: string): RunCommand[] {
  const start = events.findLastIndex((event) => event.type === "run-started" && event.runId === runId);
  if (start === -1) return [];
  return events
    .slice(start)
    .flatMap((event): RunCommand[] =>
      event.type === "run-phase" && event.runId === runId
        ? [{ key: event.job, phase: event.phase, machine: event.machine, command: event.command }]
        : [],
    );
}
