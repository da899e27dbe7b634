// Names of the detached jobs of a campaign: the same on every resume, so that a job is found and never started twice.
import type { RunPhase } from "#shared/model/event.ts";

/** Job of one step of a run; `index` counts the steps of a phase. */
export function jobId(
  campaignId: string,
  runId: string,
  attempt: number,
  phase: RunPhase | "sampler",
  index = 0,
): string {
  return `${campaignId}/${runId}.${attempt}.${phase}.${index}`;
}
