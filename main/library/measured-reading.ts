// What a run's tool printed, read again from raw/ by the parser of this version.
import type { RunPhase } from "#shared/model/event.ts";
import type { Reading } from "#shared/model/measurement.ts";
import type { Condition } from "#shared/model/workload.ts";
import { bindCondition } from "#shared/workloads/registry.ts";
import { readRaw } from "./raw-store.ts";

/** Name of a raw file for a step's output. */
export function rawName(
  attempt: number,
  phase: RunPhase | "sampler" | "evidence",
  index: number,
  stream: string,
): string {
  return `${attempt}-${phase}-${index}.${stream}`;
}

/** Parses a run's raw output as it is kept in the campaign's folder. Throws TareError OUTPUT_UNREADABLE. */
export async function readMeasured(
  place: { readonly campaignPath: string; readonly runId: string; readonly attempt: number },
  condition: Condition,
): Promise<Reading> {
  const read = (stream: "stdout" | "stderr") =>
    readRaw(place.campaignPath, place.runId, rawName(place.attempt, "measure", 0, stream));
  return bindCondition(condition).parse({ stdout: await read("stdout"), stderr: await read("stderr") });
}
