// Puts the hosts back: ends this campaign's jobs, undoes its changes. Safe to repeat; used at the end, after a crash and after a failure.
import { outstandingChanges } from "#main/hosts/changes.ts";
import { TareError, toFailure, type Failure } from "#shared/model/error.ts";
import type { ChangeRecord } from "#shared/model/change.ts";
import { hostsOf, type Stage } from "./stage.ts";

/** Ends every job of the campaign on both hosts, except `keep`, and removes what they left. */
export async function endJobs(stage: Stage, keep: (jobId: string) => boolean = () => false): Promise<void> {
  const { cleanupSignal: signal, campaign } = stage;
  for (const machine of hostsOf(stage)) {
    const ids = (await machine.jobs.list(`${campaign.id}/`, signal)).filter((id) => !keep(id));
    for (const id of ids) {
      await machine.jobs.cancel(id, signal);
      await machine.jobs.remove(id, signal);
    }
  }
}

/** Undoes every change that is outstanding by the journal here or on the host. Throws TareError UNDO_FAILED, after trying all. */
export async function undoEverything(stage: Stage): Promise<void> {
  const failures: Failure[] = [];
  for (const machine of hostsOf(stage)) {
    try {
      const role = machine === stage.sut ? "sut" : "loadgen";
      failures.push(
        ...(await stage.changers[role].undoAll(await outstandingHere(stage, role), stage.cleanupSignal)),
      );
    } catch (error) {
      failures.push(toFailure(error));
    }
  }
  if (failures.length === 0) return;
  const first = failures[0]?.message ?? "";
  throw new TareError(
    "UNDO_FAILED",
    `${failures.length} change(s) of the hosts could not be undone. The first: ${first}`,
    {
      detail: failures.map((failure) => failure.message).join("\n"),
    },
  );
}

/** Latest records of changes that may still be in force, by both journals. */
async function outstandingHere(stage: Stage, role: "sut" | "loadgen"): Promise<ChangeRecord[]> {
  const records = new Map<string, ChangeRecord>();
  for (const record of stage.recorder.state().changes.values())
    if (record.machine === role) records.set(record.id, record);
  for (const record of await outstandingChanges(stage[role], stage.cleanupSignal)) {
    if (record.campaignId === stage.campaign.id && !records.has(record.id)) records.set(record.id, record);
  }
  return [...records.values()].filter(({ status }) => status !== "undone" && status !== "unavailable");
}
