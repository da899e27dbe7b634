// A campaign under way: connect, take in what a crash left, equip, session after session, put the hosts back, say how it ended.
import { acquireLock } from "#main/ssh/lock.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import { type Failure, toFailure } from "#shared/model/error.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { remaining } from "#shared/plan/remaining.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { connectStage } from "./connect-stage.ts";
import { equip } from "./equip.ts";
import { compareWithBefore } from "./record-facts.ts";
import { createRecorder, type Recorder } from "./recorder.ts";
import { recover } from "./recover.ts";
import { endJobs, undoEverything } from "./restore.ts";
import { runSession } from "./run-session.ts";
import { hostsOf, type Stage } from "./stage.ts";
import type { CampaignWorld } from "./world.ts";

export interface CampaignRun {
  state(): CampaignState;
  /** Stops after the run that is under way and puts the hosts back; the campaign can be taken up again. */
  pause(): void;
  /** Ends the run that is under way, puts the hosts back, keeps what was measured. */
  cancel(): void;
  /** Settles when the hosts are as before; the failure says why it did not go to its end, null where it did. */
  readonly ended: Promise<Failure | null>;
}

type Stop = "none" | "pause" | "cancel";

/** Starts a campaign or takes it up again. `cleanupSignal` is for the rare case that even putting back must be given up. */
export function startCampaignRun(world: CampaignWorld, cleanupSignal: AbortSignal): CampaignRun {
  const recorder = createRecorder(world.folder, world.onEvent);
  const work = new AbortController();
  let stop: Stop = "none";

  return {
    state: recorder.state,
    pause() {
      if (stop === "none") stop = "pause";
    },
    cancel() {
      stop = "cancel";
      work.abort();
    },
    ended: runToEnd(world, recorder, { work: work.signal, cleanup: cleanupSignal, stop: () => stop }),
  };
}

interface Signals {
  readonly work: AbortSignal;
  readonly cleanup: AbortSignal;
  stop(): Stop;
}

async function runToEnd(world: CampaignWorld, recorder: Recorder, signals: Signals): Promise<Failure | null> {
  const { campaign } = world.folder;
  let failure: Failure | null = null;
  try {
    const resumed = recorder.state().startedAt !== null;
    await recorder.record({ type: "session-started", pid: process.pid, tare: world.version, resumed });
    const { stage, close } = await connectStage(world, recorder, signals);
    try {
      failure = await withLocks(stage, () => allSessions(stage, signals));
    } finally {
      await close();
    }
  } catch (error) {
    failure = toFailure(error);
  }
  failure ??= recorder.lost();
  await recorder.recordIfPossible(endingOf(campaign, recorder.state(), signals.stop(), failure));
  return failure ?? recorder.lost();
}

/** Takes both hosts' controller locks for as long as the work lasts. */
async function withLocks(stage: Stage, work: () => Promise<Failure | null>): Promise<Failure | null> {
  const releases: (() => Promise<void>)[] = [];
  try {
    for (const machine of hostsOf(stage)) {
      const { id, name } = stage.campaign;
      releases.push(await acquireLock(machine, { token: id, label: name, signal: stage.signal }));
    }
    return await work();
  } finally {
    for (const release of releases) await release();
  }
}

/** The sessions, and after them, whatever happened, the hosts put back and compared. */
async function allSessions(stage: Stage, signals: Signals): Promise<Failure | null> {
  let failure = await runSessions(stage, signals, 5);
  try {
    await stage.recorder.recordIfPossible({
      type: "stage",
      name: "restore",
      text: "Putting both hosts back as they were",
    });
    await endJobs(stage);
    await undoEverything(stage);
    if (failure === null) {
      const to = {
        campaignPath: stage.world.folder.path,
        recorder: stage.recorder,
        signal: stage.cleanupSignal,
      };
      for (const machine of hostsOf(stage)) await compareWithBefore(machine, to);
    }
  } catch (error) {
    failure ??= toFailure(error);
  }
  return failure;
}

/** A link that was lost in the middle of an act with unknown outcome is no end: take in what there is, restore, go on. */
async function runSessions(stage: Stage, signals: Signals, patience: number): Promise<Failure | null> {
  try {
    await recover(stage);
    const equipped = await equip(stage);
    for (let next = nextOf(stage); next !== null && signals.stop() === "none"; next = nextOf(stage)) {
      await runSession(stage, equipped, next, () => signals.stop() !== "none");
    }
    return null;
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code !== "LINK_LOST" || patience === 0 || signals.stop() !== "none") return failure;
    await stage.recorder.recordIfPossible({
      type: "remark",
      text: `${failure.message} Going on from what the hosts say.`,
    });
    return runSessions(stage, signals, patience - 1);
  }
}

function nextOf(stage: Stage) {
  return remaining(stage.plan, stage.recorder.state()).next;
}

/** The last event of this process for the campaign. */
function endingOf(campaign: Campaign, state: CampaignState, stop: Stop, failure: Failure | null) {
  if (stop === "cancel") return { type: "campaign-ended", outcome: "cancelled" } as const;
  if (failure !== null) return { type: "campaign-ended", outcome: "failed", failure } as const;
  const { counts } = remaining(planSessions(campaign), state);
  if (counts.missing > 0) return { type: "paused" } as const;
  return {
    type: "campaign-ended",
    outcome: counts.ok === counts.planned ? "complete" : "incomplete",
  } as const;
}
