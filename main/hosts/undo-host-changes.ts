// Undoes changes that are in force on a host, whoever made them, one after the other.
import type { Core } from "../core.ts";
import type { UndoStep } from "#shared/contract/hosts.ts";
import { coveredAlone, isSameKey, isSameList, keyOf } from "#shared/changes/host-changes.ts";
import type { ChangeRecord } from "#shared/model/change.ts";
import { type Failure, TareError, toFailure } from "#shared/model/error.ts";
import type { ChangeKey, ChangeOwner } from "#shared/model/host-change.ts";
import type { HostRole } from "#shared/model/lab.ts";
import { createChangeIds } from "./change-ids.ts";
import { outstandingChanges } from "./change-journal.ts";
import { type ChangeJournals, openChangeJournals } from "./change-journals.ts";
import { changeOwners } from "./change-owners.ts";
import { createChanger } from "./changes.ts";
import { findChanges } from "./found-changes.ts";
import { holdHost } from "./hold-host.ts";

export interface UndoRequest {
  readonly labId: string;
  readonly role: HostRole;
  readonly changes: readonly ChangeKey[] | "all";
  readonly overwrite: boolean;
}

/**
 * Tells each change when it begins and when it ends, the newest first. A change that was begun is brought to its end, whoever stops listening.
 * Throws HOST_BUSY, NOT_FOUND, INPUT_INVALID where a later change would be left over one that is undone, and the TareErrors of connecting.
 */
export async function* undoHostChanges(
  core: Core,
  { labId, role, changes, overwrite }: UndoRequest,
  signal: AbortSignal,
): AsyncGenerator<UndoStep> {
  const held = await holdHost(core, await core.labs.get(labId), role, signal);
  const { machine } = held;
  try {
    const records = await outstandingChanges(machine, held.signal);
    const chosen = changes === "all" ? records : chosenOf(records, changes, machine.name);
    const ids = chosen.map(({ campaignId }) => campaignId);
    const ownerOf = await changeOwners(core.paths.campaigns, ids);
    const owners = ids.map(ownerOf);
    const { campaigns } = core.paths;
    const journals = await openChangeJournals(owners, { labId, campaigns, byHand: core.byHand });
    try {
      await held.lock(stoppedOf(owners, journals));
      const locked = await outstandingChanges(machine, held.signal);
      if (!isSameList(records, locked)) throw changedMeanwhile(machine.name);
      const changer = createChanger(machine, {
        campaignId: "by-hand",
        append: journals.append,
        nextId: createChangeIds([]),
        now: () => new Date(),
      });
      const stillSet = new Set<string>();
      for (const record of chosen.toReversed()) {
        signal.throwIfAborted();
        held.ensureHeld();
        const { target, title } = record.change;
        const about = { key: keyOf(record), title };
        const refusal =
          journals.refusal(record.campaignId) ??
          (stillSet.has(target) ? setAgain(record, machine.name) : null);
        if (refusal !== null) {
          stillSet.add(target);
          yield { kind: "left", ...about, failure: refusal };
          continue;
        }
        yield { kind: "undoing", ...about };
        try {
          await changer.undo(record, held.signal, { overwrite });
          yield { kind: "undone", ...about };
        } catch (error) {
          const failure = toFailure(error);
          stillSet.add(target);
          yield { kind: "left", ...about, failure };
          if (failure.code === "LINK_LOST") return;
        }
      }
    } finally {
      await journals.close();
    }
    await findChanges({ labId, role, machine }, core, held.signal);
  } finally {
    await held.release();
  }
}

/** Before the lock was held another controller may have applied or undone something: what was chosen was chosen without it. */
function changedMeanwhile(host: string): TareError {
  return new TareError(
    "HOST_BUSY",
    `What Tare has in force on ${host} changed in this very moment, so nothing was undone. Look at the host again.`,
    { host },
  );
}

function setAgain({ change }: ChangeRecord, host: string): Failure {
  const message = `"${change.title}" on ${host} was left: a later change of ${change.target} is in force still. Undo that first.`;
  return { code: "UNDO_FAILED", message, host };
}

/** Campaigns that this process has in hand, so that no other one runs them. */
function stoppedOf(owners: readonly ChangeOwner[], journals: ChangeJournals): readonly string[] {
  const ids = owners.filter(({ kind }) => kind === "campaign").map(({ campaignId }) => campaignId);
  return [...new Set(ids)].filter((id) => journals.refusal(id) === null);
}

function chosenOf(
  records: readonly ChangeRecord[],
  keys: readonly ChangeKey[],
  host: string,
): readonly ChangeRecord[] {
  const chosen = records.filter((record) => keys.some((key) => isSameKey(key, record)));
  if (chosen.length < keys.length)
    throw new TareError("NOT_FOUND", `A change that was to be undone is not in force on ${host} any more.`, {
      host,
    });
  const covered = coveredAlone(chosen, records);
  if (covered === null) return chosen;
  const { record, by } = covered;
  throw new TareError(
    "INPUT_INVALID",
    `"${record.change.title}" was followed by "${by.change.title}" on ${host}. Undo the later one first, or both.`,
    { host },
  );
}
