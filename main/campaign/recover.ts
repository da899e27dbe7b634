// After a crash, a lost laptop or a pause: takes in the run that was under way, then puts the hosts back.
import { attachEnvironment } from "#main/environments/start-environment.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { toFailure } from "#shared/model/error.ts";
import type { RunState } from "#shared/state/campaign-state.ts";
import { jobId } from "./job-id.ts";
import { endedEvent, keepOutput } from "./measure-job.ts";
import { plannedRun } from "./planned-run.ts";
import { guestConnector } from "./guest-connector.ts";
import { keptFacts } from "./record-facts.ts";
import { endJobs, undoEverything } from "./restore.ts";
import { sessionContext } from "./session-context.ts";
import type { Stage } from "./stage.ts";

/** Nothing to do after a clean end; else the measured program, if it was started, is waited for and its result kept. */
export async function recover(stage: Stage): Promise<void> {
  const { runningRun, runs } = stage.recorder.state();
  const run = runningRun === null ? undefined : runs.get(runningRun);
  if (run?.phase?.phase === "measure") await takeIn(stage, run);
  await endJobs(stage);
  await undoEverything(stage);
}

async function takeIn(stage: Stage, run: RunState): Promise<void> {
  const { campaign, recorder, world, signal } = stage;
  const { runId, attempt } = run;
  const text = `Looking for the run ${runId}, which may have gone on without this computer`;
  await recorder.record({ type: "stage", name: "recover", text });
  let guest: RemoteMachine | null = null;
  try {
    if (run.phase?.machine === "guest") guest = await guestOf(stage, run);
    const machine = guest ?? (run.phase?.machine === "loadgen" ? stage.loadgen : stage.sut);
    const id = jobId(campaign.id, runId, attempt, "measure");
    if ((await machine.jobs.state(id, signal)) === "absent") return;
    const end = await machine.jobs.follow(id, {
      signal,
      onOutput: (stream, piece) => world.onLive({ kind: "output", runId, stream, text: piece }),
    });
    const place = { campaignId: campaign.id, campaignPath: world.folder.path, runId, attempt };
    await keepOutput(machine, place, { phase: "measure", index: 0, end }, signal);
    const { condition } = plannedRun(stage, runId);
    const totalSeconds = Math.max(end.seconds, (Date.now() - Date.parse(run.startedAt)) / 1000);
    const emulated = recorder.state().session?.accelerator === "tcg";
    const rest = { program: condition.workload, okStatus: [0], totalSeconds, emulated };
    await recorder.record(await endedEvent(machine, place, condition, end, rest));
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code === "CANCELLED" || failure.code === "DISK_FULL") throw error;
    // The environment is gone with its job: the run counts as never measured and is done again.
    const why = `The run ${runId} could not be taken in and will be repeated: ${failure.message}`;
    await recorder.record({ type: "remark", text: why });
  } finally {
    await guest?.close();
  }
}

/** The guest that the run was under way in, if it still runs. */
async function guestOf(stage: Stage, run: RunState): Promise<RemoteMachine | null> {
  const { campaign, recorder, sut, signal, world } = stage;
  const { equipment, changes } = recorder.state();
  const facts = await keptFacts(world.folder.path, "sut", "before");
  if (equipment === null || facts === null) return null;
  const { planned } = plannedRun(stage, run.runId);
  const environment = await attachEnvironment({
    context: sessionContext(campaign, planned, { equipment, facts, scripts: stage.scripts }),
    sut,
    changer: stage.changers.sut,
    connectGuest: guestConnector(stage),
    signal,
    onProgress: (text, share) => world.onLive({ kind: "progress", name: "recover", text, share }),
    records: [...changes.values()],
  });
  return environment.machine;
}
