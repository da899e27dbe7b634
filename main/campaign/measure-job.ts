// The measured program of a run as a detached job: start it or find it again, wait for its end, read what it printed.
import { join } from "node:path";
import type { JobEnd, RemoteMachine } from "#main/hosts/machine.ts";
import { writeFileAtomic } from "#main/library/atomic-file.ts";
import { rawName, readMeasured } from "#main/library/measured-reading.ts";
import { compressRun, rawFolder, readRaw } from "#main/library/raw-store.ts";
import { type Failure, TareError, toFailure } from "#shared/model/error.ts";
import type { EventBody, RunPhase } from "#shared/model/event.ts";
import type { Condition } from "#shared/model/workload.ts";
import { jobId } from "./job-id.ts";

/** Where a run's output belongs. */
export interface RunPlace {
  readonly campaignId: string;
  readonly campaignPath: string;
  readonly runId: string;
  readonly attempt: number;
}

/** Keeps what a job printed, unmodified, in the run's raw folder. */
export async function keepOutput(
  machine: RemoteMachine,
  place: RunPlace,
  { phase, index, end }: { phase: RunPhase; index: number; end: JobEnd },
  signal: AbortSignal,
): Promise<void> {
  const folder = await rawFolder(place.campaignPath, place.runId);
  const id = jobId(place.campaignId, place.runId, place.attempt, phase, index);
  const keep = async (stream: "stdout" | "stderr", bytes: number) => {
    const path = join(folder, rawName(place.attempt, phase, index, stream));
    // An empty file tells that the program printed nothing.
    const known = bytes === 0 ? "" : end.printed?.[stream];
    if (known === undefined) await machine.jobs.fetch(id, stream, path, signal);
    else await writeFileAtomic(path, known);
  };
  await Promise.all([keep("stdout", end.stdoutBytes), keep("stderr", end.stderrBytes)]);
}

/** Throws the TareError that says why a step's program did not succeed; `detail` holds the last lines that it printed. */
export async function requireSuccess(
  machine: RemoteMachine,
  place: RunPlace,
  step: { phase: RunPhase; index: number; program: string; okStatus: readonly number[] },
  end: JobEnd,
): Promise<void> {
  if (end.reason === "exited" && step.okStatus.includes(end.status)) return;
  const stderr = await readRaw(
    place.campaignPath,
    place.runId,
    rawName(place.attempt, step.phase, step.index, "stderr"),
  );
  const stdout = await readRaw(
    place.campaignPath,
    place.runId,
    rawName(place.attempt, step.phase, step.index, "stdout"),
  );
  const rest = { host: machine.name, detail: lastLines(stderr.trim() === "" ? stdout : stderr) };
  const what = `${step.program} (${step.phase}) on ${machine.name}`;
  if (end.reason === "time-limit") {
    throw new TareError(
      "TIME_LIMIT",
      `${what} was ended because it had not finished after ${Math.round(end.seconds)} s.`,
      rest,
    );
  }
  if (end.reason === "cancelled") throw new TareError("CANCELLED", `${what} was cancelled.`, rest);
  if (end.reason === "died") {
    throw new TareError(
      "TOOL_FAILED",
      `${what} disappeared without an exit status: the machine was restarted or the program was killed.`,
      rest,
    );
  }
  if (end.status === 127) {
    throw new TareError(
      "TOOL_MISSING",
      `${step.program} is not installed where ${what} was to run. Install it there or rebuild the userland.`,
      rest,
    );
  }
  throw new TareError("TOOL_FAILED", `${what} ended with status ${end.status}.`, rest);
}

/** The event that ends a run whose measured program ended: parsed where it succeeded, with the failure where not. */
export async function endedEvent(
  machine: RemoteMachine,
  place: RunPlace,
  condition: Condition,
  end: JobEnd,
  rest: { program: string; okStatus: readonly number[]; totalSeconds: number; emulated: boolean },
): Promise<EventBody> {
  const common = {
    type: "run-ended",
    runId: place.runId,
    attempt: place.attempt,
    totalSeconds: rest.totalSeconds,
    emulated: rest.emulated,
  } as const;
  try {
    await requireSuccess(
      machine,
      place,
      { phase: "measure", index: 0, program: rest.program, okStatus: rest.okStatus },
      end,
    );
    const reading = await readMeasured(place, condition);
    await compressRun(place.campaignPath, place.runId);
    return {
      ...common,
      outcome: "ok",
      measurements: reading.measurements,
      remarks: reading.remarks,
      toolSeconds: end.seconds,
    };
  } catch (error) {
    const failure = toFailure(error);
    // What was measured is on its machine still; that this computer has no space is not the run's failure.
    if (failure.code === "DISK_FULL" && failure.host === undefined) throw error;
    return { ...common, ...failedBody(failure), toolSeconds: end.seconds };
  }
}

type RunEnded = Extract<EventBody, { type: "run-ended" }>;

/** The parts of `run-ended` that a failure decides. */
export function failedBody(
  failure: Failure,
): Pick<RunEnded, "outcome" | "measurements" | "remarks" | "failure"> {
  return {
    outcome: failure.code === "CANCELLED" ? "cancelled" : "failed",
    measurements: [],
    remarks: [],
    failure,
  };
}

function lastLines(text: string): string {
  return text.trimEnd().split("\n").slice(-20).join("\n").slice(-4000);
}
