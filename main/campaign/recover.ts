// After a crash, a lost laptop or a pause: takes in the run that was under way, then puts the hosts back.
import { reconnectGuest } from "#main/environments/guest-access.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { toFailure } from "#shared/model/error.ts";
import type { RunState } from "#shared/state/campaign-state.ts";
import { jobId } from "./job-id.ts";
import { endedEvent, keepOutput } from "./measure-job.ts";
import { plannedRun } from "./planned-run.ts";
import { endJobs, undoEverything } from "./restore.ts";
import type { Stage } from "./stage.ts";

/** Nothing to do after a clean end; else the measured program, if it was started, is waited for and its result kept. */
export async function recover(stage: Stage): Promise<void> {
  const state = stage.recorder.state();
  const run = state.runningRun === null ? undefined : state.runs.get(state.runningRun);
  if (run !== undefined) await takeIn(stage, run);
  await endJobs(stage);
  await undoEverything(stage);
}

async function takeIn(stage: Stage, run: RunState): Promise<void> {
  const { campaign, recorder, world } = stage;
  const { phase } = run;
  if (phase === null || phase.phase !== "measure") return;
  const id = jobId(campaign.id, run.runId, run.attempt, "measure");
  await recorder.record({
    type: "stage",
    name: "recover",
    text: `Waiting for the run ${run.runId}, which went on without this computer`,
  });
  try {
    const machine = await machineOf(stage, phase.machine);
    if (machine === null || (await machine.jobs.state(id, stage.signal)) === "absent") return;
    const place = {
      campaignId: campaign.id,
      campaignPath: world.folder.path,
      runId: run.runId,
      attempt: run.attempt,
    };
    const end = await machine.jobs.follow(id, {
      signal: stage.signal,
      onOutput: (stream, text) => world.onLive({ kind: "output", runId: run.runId, stream, text }),
    });
    await keepOutput(machine, place, "measure", 0, stage.signal);
    const { condition, planned } = plannedRun(stage, run.runId);
    const totalSeconds = Math.max(end.seconds, (Date.now() - Date.parse(run.startedAt)) / 1000);
    const emulated = recorder.state().session?.accelerator === "tcg";
    const rest = { program: planned.conditionId, okStatus: [0], totalSeconds, emulated };
    await recorder.record(await endedEvent(machine, place, condition, end, rest));
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code === "CANCELLED" || failure.code === "DISK_FULL") throw error;
    // The environment is gone with its job: the run counts as never measured and is done again.
    await recorder.record({
      type: "remark",
      text: `The run ${run.runId} could not be taken in and will be repeated: ${failure.message}`,
    });
  }
}

/** The machine that carries the job, or null where it was a guest that is gone. */
async function machineOf(stage: Stage, machine: "sut" | "loadgen" | "guest"): Promise<RemoteMachine | null> {
  if (machine !== "guest") return stage[machine];
  return reconnectGuest(stage.sut, {
    campaignId: stage.campaign.id,
    lab: stage.campaign.lab,
    signal: stage.signal,
  });
}
