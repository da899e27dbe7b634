// A campaign under way: connect, take in what a crash left, equip, session after session, put the hosts back, say how it ended.
import { isOutstanding } from "#main/hosts/changes.ts";
import { type Failure, toFailure } from "#shared/model/error.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { remaining } from "#shared/plan/remaining.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { connectStage } from "./connect-stage.ts";
import { equip } from "./equip.ts";
import { createRecorder, type Recorder } from "./recorder.ts";
import { refuseCells } from "./refuse-cells.ts";
import { recover } from "./recover.ts";
import { restoreHosts } from "./restore.ts";
import { runSession } from "./run-session.ts";
import type { Stage } from "./stage.ts";
import { createSteering, type Steering } from "./steering.ts";
import { withLocks } from "./with-locks.ts";
import type { CampaignWorld } from "./world.ts";

export interface CampaignRun {
  state(): CampaignState;
  /** Stops after the run that is under way, or at once where none is, and puts the hosts back; the campaign can be taken up again. */
  pause(): void;
  /** Ends the run that is under way, puts the hosts back, keeps what was measured. */
  cancel(): void;
  /** Settles when the hosts are as before; the failure says why it did not go to its end, null where it did. */
  readonly ended: Promise<Failure | null>;
}

/** So often a lost link, whose outcome the hosts then tell, does not end a campaign. */
const patience = 5;

/** Starts a campaign or takes it up again. `cleanupSignal` is for the rare case that even putting back must be given up. */
export function startCampaignRun(world: CampaignWorld, cleanupSignal: AbortSignal): CampaignRun {
  const recorder = createRecorder(world.folder, world.onEvent);
  const steering = createSteering(cleanupSignal);
  return {
    state: recorder.state,
    pause: steering.pause,
    cancel() {
      if (steering.wish() === "cancel") return;
      void recorder.recordIfPossible({ type: "cancel-requested" });
      steering.cancel();
    },
    ended: runToEnd(world, recorder, steering),
  };
}

async function runToEnd(
  world: CampaignWorld,
  recorder: Recorder,
  steering: Steering,
): Promise<Failure | null> {
  const { campaign } = world.folder;
  let failure: Failure | null = null;
  try {
    const resumed = recorder.state().startedAt !== null;
    await recorder.record({ type: "session-started", pid: process.pid, tare: world.version, resumed });
    const { stage, close } = await connectStage(world, recorder, steering);
    try {
      failure = await withLocks(stage, steering.giveWay, () => allSessions(stage, steering));
    } finally {
      await close();
    }
  } catch (error) {
    failure = toFailure(error);
  }
  failure =
    steering.gaveWayTo() ?? wished(failure, steering) ?? recorder.lost() ?? leftChanged(recorder.state());
  await recorder.recordIfPossible(endingOf(campaign, recorder.state(), steering, failure));
  return failure ?? recorder.lost();
}

/** The sessions, and after them, whatever happened, the hosts put back and compared. */
async function allSessions(stage: Stage, steering: Steering): Promise<Failure | null> {
  const failure = await runSessions(stage, steering, patience);
  if (steering.gaveWayTo() !== null) return null;
  const { recorder } = stage;
  await recorder.recordIfPossible({
    type: "stage",
    name: "restore",
    text: "Putting both hosts back as they were",
  });
  const notRestored = await restoreHosts(stage);
  // What the person must know first is that a host is not as it was.
  return failure === null || failure.code === "CANCELLED" ? (notRestored ?? failure) : failure;
}

/** A link that was lost in the middle of an act with unknown outcome is no end: take in what there is, restore, go on. */
async function runSessions(stage: Stage, steering: Steering, left: number): Promise<Failure | null> {
  try {
    await recover(stage);
    if (nextOf(stage) === null) return null;
    const { equipment, facts } = await equip(stage);
    await refuseCells(stage, { equipment, facts });
    for (let next = nextOf(stage); next !== null && steering.wish() === "none"; next = nextOf(stage)) {
      await runSession(stage, { equipment, facts: facts.sut }, next, () => steering.wish() !== "none");
    }
    return null;
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code !== "LINK_LOST" || left === 0 || steering.wish() !== "none") return failure;
    await stage.recorder.recordIfPossible({
      type: "remark",
      text: `${failure.message} Going on from what the hosts say.`,
    });
    return runSessions(stage, steering, left - 1);
  }
}

function nextOf(stage: Stage) {
  return remaining(stage.plan, stage.recorder.state()).next;
}

/** Work that was broken off because the person wished so has not failed. */
function wished(failure: Failure | null, steering: Steering): Failure | null {
  return failure?.code === "CANCELLED" && steering.wish() !== "none" ? null : failure;
}

/** By the journal, what an earlier process changed may still be in force: hosts that were not reached this time. */
function leftChanged({ changes }: CampaignState): Failure | null {
  const left = [...changes.values()].filter((record) => record.change.lasting && isOutstanding(record));
  if (left.length === 0) return null;
  const detail = left.map(({ machine, change }) => `${machine}: ${change.title}`).join("\n");
  return {
    code: "UNDO_FAILED",
    message: `${left.length} change(s) of the hosts may still be in force. Resume the campaign to undo them, or run "sh /var/lib/tare/undo-all.sh" on the hosts as root.`,
    detail,
  };
}

/** The last event of this process for the campaign. */
function endingOf(campaign: Campaign, state: CampaignState, steering: Steering, failure: Failure | null) {
  const { counts } = remaining(planSessions(campaign), state);
  const told = failure === null ? {} : { failure };
  if (steering.wish() === "cancel") return { type: "campaign-ended", outcome: "cancelled", ...told } as const;
  if (failure !== null) return { type: "campaign-ended", outcome: "failed", failure } as const;
  if (counts.missing > 0) return { type: "paused" } as const;
  return {
    type: "campaign-ended",
    outcome: counts.ok > 0 && counts.ok + counts.refused === counts.planned ? "complete" : "incomplete",
  } as const;
}
