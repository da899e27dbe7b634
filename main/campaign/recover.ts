// After a crash, a lost laptop or a pause: takes in the run that was under way, then puts the hosts back.
import { attachEnvironment } from "#main/environments/start-environment.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { type Failure, TareError, toFailure } from "#shared/model/error.ts";
import { hostRoles } from "#shared/model/lab.ts";
import type { RunState } from "#shared/state/campaign-state.ts";
import { isFatal } from "./fatal.ts";
import { guestConnector } from "./guest-connector.ts";
import { jobId } from "./job-id.ts";
import { endedEvent, failedBody, keepOutput, type RunPlace } from "./measure-job.ts";
import { plannedRun } from "./planned-run.ts";
import { recordEvidence } from "./record-evidence.ts";
import { keptFacts } from "#main/library/campaign-facts.ts";
import { cleanHosts } from "./restore.ts";
import { keepSamples } from "./run-samplers.ts";
import { sessionContext } from "./session-context.ts";
import type { Stage } from "./stage.ts";

/** Nothing to do after a clean end; else the measured program, if it was started, is waited for and its result kept. */
export async function recover(stage: Stage): Promise<void> {
  const { runningRun, runs } = stage.recorder.state();
  const run = runningRun === null ? undefined : runs.get(runningRun);
  if (run?.status === "running") await settle(stage, run);
  await judgeLast(stage);
  await cleanHosts(stage);
  const { session } = stage.recorder.state();
  if (session === null) return;
  const { block, slot } = session;
  await stage.recorder.record({ type: "environment-stopped", block, slot });
}

/** A crash may have come between a run's result and its evidence: judged by what was seen before. */
async function judgeLast(stage: Stage): Promise<void> {
  const ended = [...stage.recorder.state().runs.values()].filter(({ endedAt }) => endedAt !== null);
  // By the time of their ends: a run that was repeated keeps its first place among them.
  const last = ended.toSorted((a, b) => Date.parse(a.endedAt ?? "") - Date.parse(b.endedAt ?? "")).at(-1);
  if (last?.status === "ok" && last.evidence.length === 0) await recordEvidence(stage, last.runId);
}

/** Ends the run in the journal: with its result where its program was started, else as one that is to be repeated. */
async function settle(stage: Stage, run: RunState): Promise<void> {
  const { recorder } = stage;
  const { runId, attempt } = run;
  const text = `Looking for the run ${runId}, which may have gone on without this computer`;
  await recorder.record({ type: "stage", name: "recover", text });
  let why = "the measured program had not been started";
  try {
    if (run.phase?.phase === "measure" && (await takeIn(stage, run))) return;
  } catch (error) {
    const failure = toFailure(error);
    if (isFatal(failure)) throw error;
    why = failure.message;
  }
  // The environment is gone with its job, or the job never was: the run counts as never measured and is done again.
  const failure: Failure = {
    code: "CANCELLED",
    message: `Tare ended, or lost a host, while this run was under way; it will be repeated: ${why}`,
  };
  const seconds = { toolSeconds: 0, totalSeconds: secondsSince(run), emulated: isEmulated(stage) };
  await recorder.record({ type: "run-ended", runId, attempt, ...failedBody(failure), ...seconds });
}

/** Waits for the measured program and journals its result; false where it was never started. */
async function takeIn(stage: Stage, run: RunState): Promise<boolean> {
  const { campaign, recorder, world, signal } = stage;
  const { runId, attempt } = run;
  const place = { campaignId: campaign.id, campaignPath: world.folder.path, runId, attempt };
  const guest = run.phase?.machine === "guest" ? await guestOf(stage, run) : null;
  try {
    const machine = guest ?? (run.phase?.machine === "loadgen" ? stage.loadgen : stage.sut);
    const id = jobId(campaign.id, runId, attempt, "measure");
    if ((await machine.jobs.state(id, signal)) === "absent") return false;
    const end = await machine.jobs.follow(id, {
      signal,
      onOutput: (stream, piece) => world.onLive({ kind: "output", runId, stream, text: piece }),
    });
    await keepOutput(machine, place, { phase: "measure", index: 0, end }, signal);
    const { condition } = plannedRun(stage, runId);
    const totalSeconds = Math.max(end.seconds, secondsSince(run));
    const rest = { program: condition.workload, okStatus: [0], totalSeconds, emulated: isEmulated(stage) };
    await recorder.record(await endedEvent(machine, place, condition, end, rest));
    await keepTheRest(stage, place, guest);
    return true;
  } finally {
    await guest?.close();
  }
}

/** What samplers and servers of the run printed; the run has its result already, so a failure is a remark. */
async function keepTheRest(stage: Stage, place: RunPlace, guest: RemoteMachine | null): Promise<void> {
  const { recorder, signal } = stage;
  try {
    for (const role of hostRoles) await keepSamples(stage[role], place, signal);
    const machine = guest ?? stage.sut;
    const server = jobId(place.campaignId, place.runId, place.attempt, "server");
    const end = await machine.jobs.cancel(server, signal);
    if (end !== null) await keepOutput(machine, place, { phase: "server", index: 0, end }, signal);
  } catch (error) {
    const text = `After the run ${place.runId}: ${toFailure(error).message}`;
    await recorder.recordIfPossible({ type: "remark", text });
  }
}

/** The guest that the run was under way in. Throws TOOL_FAILED where it does not run any more. */
async function guestOf(stage: Stage, run: RunState): Promise<RemoteMachine> {
  const { campaign, recorder, sut, signal, world } = stage;
  const { equipment, changes } = recorder.state();
  const facts = await keptFacts(world.folder.path, "sut", "before");
  if (equipment === null || facts === null)
    throw new TareError("INTERNAL", "The journal has a run in a guest, but not what guests were made of.");
  const { planned } = plannedRun(stage, run.runId);
  const environment = await attachEnvironment({
    context: sessionContext(campaign, planned, { equipment, facts, scripts: stage.scripts.sut }),
    sut,
    changer: stage.changers.sut,
    connectGuest: guestConnector(stage),
    signal,
    onProgress: (text, share) => world.onLive({ kind: "progress", name: "recover", text, share }),
    records: [...changes.values()],
  });
  return environment.machine;
}

function secondsSince({ startedAt }: RunState): number {
  return Math.max(0, (Date.now() - Date.parse(startedAt)) / 1000);
}

function isEmulated({ recorder }: Stage): boolean {
  return recorder.state().session?.accelerator === "tcg";
}
