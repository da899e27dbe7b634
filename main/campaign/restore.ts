// Puts the hosts back: ends this campaign's jobs, undoes its changes, compares. Safe to repeat; used at the end, after a crash and after a failure.
import { outstandingChanges } from "#main/hosts/change-journal.ts";
import { latestRecords } from "#shared/changes/latest-records.ts";
import type { ChangeRecord } from "#shared/model/change.ts";
import { type ErrorCode, type Failure, TareError, toFailure } from "#shared/model/error.ts";
import { type HostRole, hostRoles } from "#shared/model/lab.ts";
import { keptFacts } from "#main/library/campaign-facts.ts";
import { compareWithBefore } from "./record-facts.ts";
import type { Stage } from "./stage.ts";

/** A link may be lost and come back while hosts are put back; each act is repeated so often. */
const attempts = 3;

/** Ends the jobs of both hosts and undoes all changes; one host's failure does not keep the other changed. Throws UNDO_FAILED, LINK_LOST. */
export async function cleanHosts(stage: Stage): Promise<void> {
  const failures = await eachHost((role) => cleanHost(stage, role));
  const [first] = failures;
  if (first !== undefined) throw new TareError(first.code, first.message, rest(first));
}

/** The same at the end, and then the proof; never throws. Returns why a host may not be as before, null where both are. */
export async function restoreHosts(stage: Stage): Promise<Failure | null> {
  const [first] = await eachHost(async (role) => {
    await cleanHost(stage, role);
    await compare(stage, role);
  });
  return first ?? null;
}

async function eachHost(work: (role: HostRole) => Promise<void>): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const role of hostRoles) {
    try {
      await work(role);
    } catch (error) {
      failures.push(toFailure(error));
    }
  }
  return failures;
}

async function cleanHost(stage: Stage, role: HostRole): Promise<void> {
  for (let left = attempts - 1; ; left -= 1) {
    try {
      await endJobs(stage, role);
      return await undoEverything(stage, role);
    } catch (error) {
      const { code } = toFailure(error);
      // A link that did not come back within its time will not do so now.
      if (code !== "LINK_LOST" || left === 0 || stage.recorder.state().linksLost.has(role)) throw error;
    }
  }
}

/** Ends every job of the campaign on the host and removes what they left. */
async function endJobs(stage: Stage, role: HostRole): Promise<void> {
  const { cleanupSignal: signal, campaign } = stage;
  const { jobs } = stage[role];
  const unread = unreadResult(stage);
  for (const id of await jobs.list(`${campaign.id}/`, signal)) {
    // Measured, but not yet in the journal here, for want of space: it waits on the host, so that nothing is measured twice.
    if (id === unread && (await jobs.state(id, signal)) === "ended") continue;
    await jobs.cancel(id, signal);
    await jobs.remove(id, signal);
  }
}

/** Job of the measured program whose result is not in the journal, or null. */
function unreadResult({ recorder }: Stage): string | null {
  const { runningRun, runs } = recorder.state();
  const phase = runningRun === null ? null : (runs.get(runningRun)?.phase ?? null);
  return phase?.phase === "measure" ? phase.job : null;
}

/** Undoes every change that is outstanding by the journal here or on the host. Throws UNDO_FAILED after trying all, LINK_LOST. */
async function undoEverything(stage: Stage, role: HostRole): Promise<void> {
  const { failures } = await stage.changers[role].undoAll(
    await outstandingOf(stage, role),
    stage.cleanupSignal,
  );
  const told = failures.map(({ failure }) => failure);
  const first = told.find(({ code }) => code === "LINK_LOST") ?? told[0];
  if (first === undefined) return;
  const code: ErrorCode = first.code === "LINK_LOST" ? "LINK_LOST" : "UNDO_FAILED";
  const host = stage[role].name;
  throw new TareError(
    code,
    `${told.length} change(s) of ${host} could not be undone. The first: ${first.message}`,
    { host, detail: told.map(({ message }) => message).join("\n") },
  );
}

/** Latest records of this campaign's changes of a host that may still be in force, by both journals. */
async function outstandingOf(stage: Stage, role: HostRole): Promise<ChangeRecord[]> {
  const here = [...stage.recorder.state().changes.values()].filter(({ machine }) => machine === role);
  const there = await outstandingChanges(stage[role], stage.cleanupSignal);
  return latestRecords([...here, ...there.filter(({ campaignId }) => campaignId === stage.campaign.id)]);
}

/** Without facts from before nothing was changed yet. Facts that cannot be had are a remark: the host was put back all the same. */
async function compare(stage: Stage, role: HostRole): Promise<void> {
  const { recorder, world, cleanupSignal } = stage;
  const campaignPath = world.folder.path;
  if ((await keptFacts(campaignPath, role, "before")) === null) return;
  try {
    await compareWithBefore(stage[role], { campaignPath, recorder, signal: cleanupSignal });
  } catch (error) {
    const text = `${stage[role].name} was put back, but not compared with before: ${toFailure(error).message}`;
    await recorder.recordIfPossible({ type: "remark", text });
  }
}

function rest({ host, detail }: Failure): { host?: string; detail?: string } {
  return { ...(host === undefined ? {} : { host }), ...(detail === undefined ? {} : { detail }) };
}
