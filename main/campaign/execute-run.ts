// One run: prepare, server, warm-up, measure, finish, each as a detached job that is journalled before it starts.
import type { RemoteMachine } from "#main/hosts/machine.ts";
import type { RunningEnvironment } from "#main/environments/start-environment.ts";
import type { Live } from "#shared/contract/campaigns.ts";
import { TareError, toFailure } from "#shared/model/error.ts";
import { commandText } from "#shared/model/command.ts";
import type { EventBody, RunPhase } from "#shared/model/event.ts";
import type { Condition } from "#shared/model/workload.ts";
import type { RunCommand } from "#shared/plan/run-commands.ts";
import { bindCondition } from "#shared/workloads/registry.ts";
import { collectEvidence, type RunEvidence, type RunJobs } from "./collect-evidence.ts";
import { isFatal } from "./fatal.ts";
import { jobId } from "./job-id.ts";
import { endedEvent, failedBody, keepOutput, requireSuccess, type RunPlace } from "./measure-job.ts";
import type { Recorder } from "./recorder.ts";
import type { EvidenceSource } from "./session-evidence.ts";
import { startRunSamplers } from "./run-samplers.ts";
import { waitForPort } from "./wait-for-port.ts";
import { waitUntilListening } from "./wait-until-listening.ts";

export interface RunInputs {
  readonly place: RunPlace;
  readonly condition: Condition;
  /** In the order in which they run. */
  readonly commands: readonly RunCommand[];
  readonly environment: RunningEnvironment;
  readonly sut: RemoteMachine;
  readonly loadgen: RemoteMachine;
  readonly evidence: EvidenceSource;
  /** How long the measured program took in an earlier block; null where it never ended well. */
  readonly earlierSeconds: number | null;
  readonly recorder: Recorder;
  readonly live: (live: Live) => void;
  /** Ends the run: its jobs are cancelled and it is recorded as cancelled. */
  readonly signal: AbortSignal;
  /** Outlives `signal`: for what must be done whatever happened. */
  readonly cleanupSignal: AbortSignal;
}

/**
 * Executes a run and journals its end; a failure of the run is recorded, not thrown. Throws only where nothing can go on
 * (link, this computer's disk): then the run is left as it is, for `recover` to take in.
 */
export async function executeRun(inputs: RunInputs): Promise<void> {
  const { place, recorder, environment, cleanupSignal } = inputs;
  const { runId, attempt } = place;
  const started = performance.now();
  await recorder.record({ type: "run-started", runId, attempt });
  const hosts = [inputs.sut, inputs.loadgen];
  const samplers = startRunSamplers(hosts, place, {
    recorder,
    live: inputs.live,
    signal: cleanupSignal,
    timeLimitSeconds: inputs.commands.reduce((sum, step) => sum + step.timeLimitSeconds, 60),
  });
  const jobs: StartedJob[] = [];
  const evidence = collectEvidence(inputs.evidence, place, inputs.signal);
  try {
    await recorder.record(await measure(inputs, jobs, { started, sampling: samplers.started, evidence }));
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code !== "CANCELLED" && isFatal(failure)) throw error;
    await Promise.all(jobs.map(({ machine, id }) => machine.jobs.cancel(id, cleanupSignal)));
    const totalSeconds = (performance.now() - started) / 1000;
    const emulated = environment.accelerator === "tcg";
    await recorder.record({
      type: "run-ended",
      runId,
      attempt,
      ...failedBody(failure),
      toolSeconds: 0,
      totalSeconds,
      emulated,
    });
  }
  await Promise.all([samplers.stop(), tidyUp(inputs, jobs), keepEvidence(inputs, evidence)]);
}

interface StartedJob {
  readonly machine: RemoteMachine;
  readonly id: string;
  readonly phase: RunPhase;
  readonly index: number;
  readonly program: string;
}

/** All steps up to the measured program; the event that ends the run. */
async function measure(
  inputs: RunInputs,
  jobs: StartedJob[],
  on: { started: number; sampling: Promise<unknown>; evidence: RunEvidence },
): Promise<EventBody> {
  const { place, signal, environment } = inputs;
  const { started, sampling, evidence } = on;
  let served: number | undefined;
  let warmUpSeconds = 0;
  for (const step of inputs.commands.filter(({ phase }) => phase !== "finish")) {
    if (served !== undefined) await waitUntilListening(environment, served, signal);
    // Nothing is measured before it is sampled; what comes before need not wait for that.
    if (step.phase === "measure") await Promise.all([sampling, evidence.before()]);
    const job = await journalStep(inputs, jobs, step);
    if (step.readyPort !== undefined) {
      await job.machine.jobs.start(job.id, step.command, { ...step, signal });
      const server = { machine: job.machine, job: job.id, program: step.program };
      await waitForPort(inputs.loadgen, {
        server,
        address: environment.serverAddress,
        port: step.readyPort,
        emulated: environment.accelerator === "tcg",
        signal,
      });
      served = step.readyPort;
      continue;
    }
    const following = job.machine.jobs.run(job.id, step.command, {
      ...step,
      signal,
      onOutput: (stream, text) => inputs.live({ kind: "output", runId: place.runId, stream, text }),
    });
    const looking =
      step.phase === "measure"
        ? evidence.during(watched(inputs, jobs), lookAfter(inputs, warmUpSeconds), following)
        : null;
    const end = await following;
    if (step.phase === "warm-up") warmUpSeconds += end.seconds;
    await Promise.all([
      ...(looking === null ? [] : [looking, evidence.after()]),
      keepOutput(job.machine, place, { phase: step.phase, index: job.index, end }, signal),
    ]);
    if (step.phase === "measure") {
      const totalSeconds = (performance.now() - started) / 1000;
      const emulated = environment.accelerator === "tcg";
      return endedEvent(job.machine, place, inputs.condition, end, {
        program: step.program,
        okStatus: step.okStatus,
        totalSeconds,
        emulated,
      });
    }
    await requireSuccess(job.machine, place, { ...step, index: job.index }, end);
  }
  throw new TareError("INTERNAL", `The run ${place.runId} has no measured program.`);
}

/** A thread's share of time means something after so long, s. */
const settlingSeconds = 0.3;

/** Where it is not known how long a program takes, it is looked at no later than this, s after its start. */
const latestFirstLook = 2;

/**
 * When to look, s after the start: at half of what the program took before. Before the first block there is only the
 * workload's estimate, which fits a machine of ten years ago and holds preparations as well (150 million keys): then at an
 * eighth and soon, so that a fast machine is met as well. A program that was missed would leave its evidence unknown.
 */
function lookAfter({ condition, earlierSeconds }: RunInputs, warmUpSeconds: number): number {
  if (earlierSeconds !== null) return earlierSeconds / 2;
  const estimate = bindCondition(condition).estimateSeconds() - warmUpSeconds;
  if (estimate < 3 * settlingSeconds) return 0;
  return Math.min(Math.max(estimate / 8, settlingSeconds), latestFirstLook);
}

/** The measured program and the server, by where they run; warm-ups have ended by then. */
function watched({ loadgen }: RunInputs, jobs: readonly StartedJob[]): RunJobs {
  const live = jobs.filter(({ phase }) => phase === "server" || phase === "measure");
  return {
    environment: live.find(({ machine }) => machine !== loadgen) ?? null,
    loadgen: live.find(({ machine }) => machine === loadgen) ?? null,
  };
}

/** A snapshot that cannot be kept is a remark: the run does not depend on it. */
async function keepEvidence({ place, recorder }: RunInputs, evidence: RunEvidence): Promise<void> {
  try {
    await evidence.kept();
  } catch (error) {
    const text = `Evidence of ${place.runId}: ${toFailure(error).message}`;
    await recorder.recordIfPossible({ type: "remark", text });
  }
}

/** Ends the servers, keeps what they printed and runs the finishing steps; what fails here is a remark, for the run has its result. */
async function tidyUp(inputs: RunInputs, jobs: StartedJob[]): Promise<void> {
  const { place, recorder, cleanupSignal: signal } = inputs;
  try {
    for (const job of jobs.filter(({ phase }) => phase === "server")) {
      const end = await job.machine.jobs.cancel(job.id, signal);
      if (end !== null)
        await keepOutput(job.machine, place, { phase: "server", index: job.index, end }, signal);
    }
    for (const step of inputs.commands.filter(({ phase }) => phase === "finish")) {
      const job = await journalStep(inputs, jobs, step);
      const end = await job.machine.jobs.run(job.id, step.command, { ...step, signal });
      await keepOutput(job.machine, place, { phase: "finish", index: job.index, end }, signal);
      await requireSuccess(job.machine, place, { ...step, index: job.index }, end);
    }
  } catch (error) {
    await recorder.recordIfPossible({
      type: "remark",
      text: `After the run ${place.runId}: ${toFailure(error).message}`,
    });
  }
}

/** Journals a step whose job is to be started. */
async function journalStep(inputs: RunInputs, jobs: StartedJob[], step: RunCommand): Promise<StartedJob> {
  const { place, recorder } = inputs;
  const { phase, command } = step;
  const machine = step.machine === "loadgen" ? inputs.loadgen : inputs.environment.machine;
  const index = jobs.filter((job) => job.phase === phase).length;
  const job = {
    machine,
    id: jobId(place.campaignId, place.runId, place.attempt, phase, index),
    phase,
    index,
    program: step.program,
  };
  await recorder.record({
    type: "run-phase",
    runId: place.runId,
    phase,
    machine: step.machine,
    job: job.id,
    command: commandText(command),
  });
  jobs.push(job);
  return job;
}
