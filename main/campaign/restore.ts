// Puts the hosts back: ends this campaign's jobs, undoes its changes. Safe to repeat; used at the end, after a crash and after a failure.
import { outstandingChanges } from "#main/hosts/change-journal.ts";
import { latestRecords } from "#shared/changes/latest-records.ts";
import type { ChangeRecord } from "#shared/model/change.ts";
import { TareError, toFailure, type Failure } from "#shared/model/error.ts";
import { type HostRole, hostRoles } from "#shared/model/lab.ts";
import { hostsOf, type Stage } from "./stage.ts";

/** Ends every job of the campaign on both hosts and removes what they left. */
export async function endJobs(stage: Stage): Promise<void> {
  const { cleanupSignal: signal, campaign } = stage;
  for (const machine of hostsOf(stage)) {
    for (const id of await machine.jobs.list(`${campaign.id}/`, signal)) {
      await machine.jobs.cancel(id, signal);
      await machine.jobs.remove(id, signal);
    }
  }
}

/** Undoes every change that is outstanding by the journal here or on the host. Throws TareError UNDO_FAILED, after trying all. */
export async function undoEverything(stage: Stage): Promise<void> {
  const failures: Failure[] = [];
  for (const role of hostRoles) {
    try {
      const undone = await stage.changers[role].undoAll(
        await outstandingOf(stage, role),
        stage.cleanupSignal,
      );
      failures.push(...undone.failures.map(({ failure }) => failure));
    } catch (error) {
      failures.push(toFailure(error));
    }
  }
  const [first] = failures;
  if (first === undefined) return;
  throw new TareError(
    "UNDO_FAILED",
    `${failures.length} change(s) of the hosts could not be undone. The first: ${first.message}`,
    {
      detail: failures.map(({ message }) => message).join("\n"),
    },
  );
}

/** Latest records of this campaign's changes of a host that may still be in force, by both journals. */
async function outstandingOf(stage: Stage, role: HostRole): Promise<ChangeRecord[]> {
  const here = [...stage.recorder.state().changes.values()].filter(({ machine }) => machine === role);
  const there = await outstandingChanges(stage[role], stage.cleanupSignal);
  return latestRecords([...here, ...there.filter(({ campaignId }) => campaignId === stage.campaign.id)]);
}
