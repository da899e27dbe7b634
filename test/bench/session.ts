// A started environment of the benchmark's lab, and runs in it by the runner's own executeRun.
import { executeRun } from "#main/campaign/execute-run.ts";
import { sessionEvidence } from "#main/campaign/session-evidence.ts";
import { configurationOf } from "#main/campaign/planned-run.ts";
import { sessionContext } from "#main/campaign/session-context.ts";
import type { GuestEndpoint } from "#main/environments/guest-connection.ts";
import { startEnvironment, type RunningEnvironment } from "#main/environments/start-environment.ts";
import { connectGuest } from "#main/ssh/connect-guest.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import type { EnvironmentContext } from "#shared/environments/environment.ts";
import type { Measurement } from "#shared/model/measurement.ts";
import type { Condition } from "#shared/model/workload.ts";
import { type RunCommand, runCommands, surroundingsOf } from "#shared/plan/run-commands.ts";
import { bindCondition } from "#shared/workloads/registry.ts";
import type { BenchLab } from "./bench-lab.ts";
import { type Call, timedMachine } from "./timed-machine.ts";

export interface Session {
  readonly environment: RunningEnvironment;
  readonly context: EnvironmentContext;
  /** How the guest is reached; null where there is none. */
  readonly guest: GuestEndpoint | null;
  run(condition: Condition): Promise<TareRun>;
}

/** One run through Tare. */
export interface TareRun {
  readonly measurements: readonly Measurement[];
  /** Of the measured program, by its machine's own clock. */
  readonly toolSeconds: number;
  /** As the journal has it: up to the result. */
  readonly totalSeconds: number;
  /** Up to where the next run can start: servers ended, files removed, samples kept. */
  readonly wallSeconds: number;
  /** Of every program that ran to its end: preparation, warm-up, measurement, finish. */
  readonly programSeconds: number;
  /** performance.now() when it began. */
  readonly begun: number;
  readonly calls: readonly Call[];
}

let runs = 0;

/** Starts the environment of a configuration of the lab's campaign; `undo` stops it. */
export async function startSession(
  bench: BenchLab,
  configurationId: string,
  undo: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<Session> {
  const { campaign, equipment, facts, scripts, sut, changer, cleanupSignal } = bench;
  const place = { slot: configurationId, configurationId };
  const context = sessionContext(campaign, place, { equipment, facts, scripts });
  let guest: GuestEndpoint | null = null;
  const environment = await startEnvironment({
    context,
    sut,
    changer,
    signal,
    onProgress: () => undefined,
    connectGuest: async (endpoint, attempt) => {
      attempt.throwIfAborted();
      const machine = await connectGuest(sut, { ...endpoint, signal: cleanupSignal });
      guest = endpoint;
      return timedMachine(machine, (call) => bench.calls.push(call));
    },
  });
  undo.defer(() => environment.stop(cleanupSignal));
  return {
    environment,
    context,
    guest,
    run: (condition) => runOnce(bench, environment, context, condition, signal),
  };
}

/** The very commands that a run executes, in order. */
export function commandsOf(
  { campaign, equipment }: BenchLab,
  context: EnvironmentContext,
  condition: Condition,
): RunCommand[] {
  const environment = environmentOf(configurationOf(campaign, context.configuration.id));
  const surroundings = surroundingsOf(environment, context, equipment.kernelFolders.loadgen);
  const { workload } = bindCondition(condition);
  return runCommands({ workload, condition, environment, context, surroundings });
}

/** Throws an Error where the run failed: a benchmark with holes would compare nothing. */
async function runOnce(
  bench: BenchLab,
  environment: RunningEnvironment,
  context: EnvironmentContext,
  condition: Condition,
  signal: AbortSignal,
): Promise<TareRun> {
  signal.throwIfAborted();
  const { campaign, campaignPath, recorder, sut, loadgen, cleanupSignal, calls } = bench;
  runs += 1;
  const runId = `r${runs}-${context.slot}-${condition.id}`;
  const before = calls.length;
  const begun = performance.now();
  await executeRun({
    place: { campaignId: campaign.id, campaignPath, runId, attempt: 1 },
    condition,
    commands: commandsOf(bench, context, condition),
    environment,
    sut,
    loadgen,
    evidence: sessionEvidence(bench, context, environment),
    earlierSeconds: null,
    recorder,
    live: () => undefined,
    signal,
    cleanupSignal,
  });
  const wallSeconds = (performance.now() - begun) / 1000;
  const run = recorder.state().runs.get(runId);
  if (run?.status !== "ok")
    throw new Error(`${runId} did not succeed: ${run?.failure?.message ?? ""} ${run?.failure?.detail ?? ""}`);
  const own = calls.slice(before);
  return {
    measurements: run.measurements,
    toolSeconds: run.toolSeconds,
    totalSeconds: run.totalSeconds,
    wallSeconds,
    programSeconds: own.filter(runsToEnd).reduce((sum, { end }) => sum + (end?.seconds ?? 0), 0),
    begun,
    calls: own,
  };
}

/** Samplers and servers last as long as the run and add nothing of their own. */
function runsToEnd({ act, of }: Call): boolean {
  return act === "follow" && !/\.(?:sampler|server)\.\d+$/.test(of);
}

/** The value of one metric. Throws an Error where the run did not report it. */
export function valueOf(measurements: readonly Measurement[], metric: string): number {
  const found = measurements.find((each) => each.metric === metric);
  if (found === undefined)
    throw new Error(`There is no ${metric} among ${measurements.map((each) => each.metric).join(", ")}.`);
  return found.value;
}
