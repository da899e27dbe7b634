// One session: the configuration's environment is started once, its runs follow, and it is taken down whatever happened.
import { startEnvironment, type RunningEnvironment } from "#main/environments/start-environment.ts";
import { dropCachesChange } from "#shared/changes/drop-caches.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import type { EnvironmentContext } from "#shared/environments/environment.ts";
import { type Failure, toFailure } from "#shared/model/error.ts";
import type { Facts } from "#shared/model/facts.ts";
import { cellId, type PlannedRun, type PlannedSession } from "#shared/model/campaign.ts";
import { failuresUntilStop, isStopped, nextAttempt } from "#shared/plan/remaining.ts";
import { runCommands, surroundingsOf } from "#shared/plan/run-commands.ts";
import { bindCondition } from "#shared/workloads/registry.ts";
import { executeRun } from "./execute-run.ts";
import { isFatal } from "./fatal.ts";
import { conditionOf, configurationOf } from "./planned-run.ts";
import { guestConnector } from "./guest-connector.ts";
import { recordEvidence } from "./record-evidence.ts";
import { recordFacts } from "./record-facts.ts";
import { type EvidenceSource, sessionEvidence } from "./session-evidence.ts";
import { failedBody } from "./measure-job.ts";
import { type Equipment, sessionContext } from "./session-context.ts";
import { hostsOf, type Stage } from "./stage.ts";

/** Runs what is missing of a session; ends early, without an error, when `stopAfterRun()` says so. Throws where the campaign cannot go on. */
export async function runSession(
  stage: Stage,
  { equipment, facts }: { equipment: Equipment; facts: Facts },
  session: PlannedSession,
  stopAfterRun: () => boolean,
): Promise<void> {
  const { recorder, signal, betweenRuns } = stage;
  const { block, slot } = session;
  await recorder.record({
    type: "stage",
    name: `environment ${slot}`,
    text: `Starting ${labelOf(stage, session)}`,
  });
  const context = sessionContext(stage.campaign, session, {
    equipment,
    facts,
    scripts: stage.scripts.sut,
  });
  let environment: RunningEnvironment;
  try {
    if (stage.campaign.host.dropCaches)
      await stage.changers.sut.apply(dropCachesChange(stage.scripts.sut), betweenRuns);
    environment = await startEnvironment({
      context,
      sut: stage.sut,
      changer: stage.changers.sut,
      connectGuest: guestConnector(stage),
      signal: betweenRuns,
      onProgress: (text, share) =>
        stage.world.onLive({ kind: "progress", name: `environment ${slot}`, text, share }),
    });
  } catch (error) {
    const failure = toFailure(error);
    if (isFatal(failure)) throw error;
    await failSession(stage, session, failure);
    return;
  }
  try {
    const { seconds, accelerator, serverAddress, startUp } = environment;
    await recorder.record({
      type: "environment-started",
      block,
      slot,
      seconds,
      accelerator,
      serverAddress,
      startUp,
    });
    await recordEnvironment(stage, session, environment);
    const evidence = sessionEvidence(stage, context, environment);
    for (const run of session.runs) {
      if (stopAfterRun() || signal.aborted) break;
      if (!isStopped(stage.plan, recorder.state(), run.slot, run.conditionId))
        await oneRun(stage, { equipment, context, environment, evidence }, run);
    }
  } catch (error) {
    // A run may be going on in there without us; whoever recovers takes it in first, and stops the environment then.
    if (toFailure(error).code === "LINK_LOST") await environment.detach();
    else await stopEnvironment(stage, session, environment);
    throw error;
  }
  await stopEnvironment(stage, session, environment);
  await Promise.all(
    hostsOf(stage).map(({ jobs }) => jobs.removeEnded(`${stage.campaign.id}/`, stage.cleanupSignal)),
  );
}

async function stopEnvironment(
  { recorder, cleanupSignal }: Stage,
  { block, slot }: PlannedSession,
  environment: RunningEnvironment,
): Promise<void> {
  await environment.stop(cleanupSignal);
  await recorder.recordIfPossible({ type: "environment-stopped", block, slot });
}

async function oneRun(
  stage: Stage,
  session: {
    equipment: Equipment;
    context: EnvironmentContext;
    environment: RunningEnvironment;
    evidence: EvidenceSource;
  },
  run: PlannedRun,
): Promise<void> {
  const { campaign, recorder, world } = stage;
  const { equipment, context, environment, evidence } = session;
  const condition = conditionOf(campaign, run.conditionId);
  const { workload } = bindCondition(condition);
  const kind = environmentOf(context.configuration);
  const surroundings = surroundingsOf(kind, context, equipment.kernelFolders.loadgen);
  const commands = runCommands({ workload, condition, environment: kind, context, surroundings });
  const attempt = nextAttempt(recorder.state(), run.runId);
  await executeRun({
    place: { campaignId: campaign.id, campaignPath: world.folder.path, runId: run.runId, attempt },
    condition,
    commands,
    environment,
    sut: stage.sut,
    loadgen: stage.loadgen,
    evidence,
    earlierSeconds: earlierSeconds(stage, run),
    recorder,
    live: world.onLive,
    signal: stage.signal,
    cleanupSignal: stage.cleanupSignal,
  });
  await recordEvidence(stage, run.runId);
  await noteStopped(stage, run);
}

/** How long the measured program of the same cell took in an earlier block. */
function earlierSeconds({ plan, recorder }: Stage, { slot, conditionId }: PlannedRun): number | null {
  const { runs } = recorder.state();
  const same = plan
    .flatMap((session) => session.runs)
    .filter((each) => each.slot === slot && each.conditionId === conditionId)
    .flatMap(({ runId }) => runs.get(runId) ?? []);
  return same.find(({ status }) => status === "ok")?.toolSeconds ?? null;
}

/** Says so in the journal when a cell has failed so often that it will not be tried again. */
async function noteStopped({ plan, recorder }: Stage, { slot, conditionId }: PlannedRun): Promise<void> {
  const state = recorder.state();
  if (!isStopped(plan, state, slot, conditionId) || state.stoppedCells.has(cellId(slot, conditionId))) return;
  await recorder.record({ type: "cell-stopped", slot, conditionId, failures: failuresUntilStop });
}

/** The environment did not come up: each of its runs of this block has failed for that reason. */
async function failSession(stage: Stage, session: PlannedSession, failure: Failure): Promise<void> {
  const { recorder } = stage;
  await recorder.record({ type: "environment-failed", block: session.block, slot: session.slot, failure });
  for (const run of session.runs) {
    const attempt = nextAttempt(recorder.state(), run.runId);
    await recorder.record({ type: "run-started", runId: run.runId, attempt });
    const ended = { ...failedBody(failure), toolSeconds: 0, totalSeconds: 0, emulated: false };
    await recorder.record({ type: "run-ended", runId: run.runId, attempt, ...ended });
    await noteStopped(stage, run);
  }
}

/** What the inside of the environment looks like, once for each slot. Runs do not depend on it, so a failure is a remark. */
async function recordEnvironment(
  stage: Stage,
  session: PlannedSession,
  environment: RunningEnvironment,
): Promise<void> {
  const { recorder, betweenRuns: signal, world } = stage;
  if (environment.machine === stage.sut && environment.container === null) return;
  if (recorder.state().factFiles.some((file) => file.slot === session.slot)) return;
  const of = { moment: "environment", container: environment.container, slot: session.slot } as const;
  try {
    await recordFacts(environment.machine, of, { campaignPath: world.folder.path, recorder, signal });
  } catch (error) {
    const failure = toFailure(error);
    if (isFatal(failure)) throw error;
    await recorder.record({
      type: "remark",
      text: `The facts of ${labelOf(stage, session)} could not be had: ${failure.message}`,
    });
  }
}

function labelOf(stage: Stage, session: PlannedSession): string {
  const { label } = configurationOf(stage.campaign, session.configurationId);
  return session.slot === session.configurationId ? label : `${label} (control)`;
}
