// A look at a host: what Tare has in force there, whose it is, and what of it holds.
import type { Core } from "../core.ts";
import { lockHolder } from "../ssh/lock.ts";
import type { HostLook } from "#shared/contract/hosts.ts";
import { changeState, coveringChange } from "#shared/changes/host-changes.ts";
import { undoCommands } from "#shared/changes/undo-commands.ts";
import type { ChangeRecord } from "#shared/model/change.ts";
import { commandText } from "#shared/model/command.ts";
import { toFailure } from "#shared/model/error.ts";
import type { ChangeOwner, HostChange } from "#shared/model/host-change.ts";
import { hostRoles } from "#shared/model/lab.ts";
import { rootRefusal } from "#shared/model/root-programs.ts";
import { outstandingChanges } from "./change-journal.ts";
import { changeOwners } from "./change-owners.ts";
import { foundOf } from "./found-changes.ts";
import type { RemoteMachine } from "./machine.ts";
import { withOwnScripts } from "./own-scripts.ts";

/** One host of the lab after the other; a failure is the look's result, so that the other host is still told of. Throws NOT_FOUND. */
export async function* lookAtLab(core: Core, labId: string, signal: AbortSignal): AsyncGenerator<HostLook> {
  const lab = await core.labs.get(labId);
  for (const role of hostRoles) {
    const { user, address } = lab[role];
    const place = { role, host: `${user}@${address}` };
    let machine: RemoteMachine | undefined;
    try {
      machine = await core.connect(lab, role, signal);
      const records = await outstandingChanges(machine, signal);
      const ownerOf = await changeOwners(core.paths.campaigns, idsOf(records));
      core.found.remember(labId, foundOf(records, { role, machine }, ownerOf));
      const changes = await lookAtChanges(machine, records, ownerOf, signal);
      const busy = (await lockHolder(machine, signal))?.failure ?? null;
      const lookedAt = new Date().toISOString();
      yield { status: "reached", role, host: machine.name, lookedAt, changes, busy };
    } catch (error) {
      if (signal.aborted) throw error;
      yield { status: "failed", ...place, lookedAt: new Date().toISOString(), failure: toFailure(error) };
    } finally {
      await machine?.close();
    }
  }
}

function idsOf(records: readonly ChangeRecord[]): string[] {
  return records.map(({ campaignId }) => campaignId);
}

/** `records` are the host's own, oldest first. A probe that fails makes its change `unread`. */
async function lookAtChanges(
  machine: RemoteMachine,
  records: readonly ChangeRecord[],
  ownerOf: (campaignId: string) => ChangeOwner,
  signal: AbortSignal,
): Promise<HostChange[]> {
  const changes: HostChange[] = [];
  for (const record of records) {
    const change = await withOwnScripts(machine, record.change, signal);
    const now = await stateOf(machine, change, signal);
    const coveredBy = coveringChange(record, records);
    changes.push({
      record,
      owner: ownerOf(record.campaignId),
      state: changeState(record, now, coveredBy),
      now: now ?? null,
      coveredBy,
      undo: undoCommands(change, record.before).map(commandText),
    });
  }
  return changes;
}

/** Null where the host no longer offers it, undefined where the look failed. */
async function stateOf(
  machine: RemoteMachine,
  { probe }: ChangeRecord["change"],
  signal: AbortSignal,
): Promise<string | null | undefined> {
  // The record was read from the host: no other program than a change's own runs as root for it.
  if (probe.root === true && rootRefusal(probe, null) !== null) return undefined;
  const { status, stdout } = await machine.run(probe, { signal, idempotent: true });
  if (status === 3) return null;
  return status === 0 ? stdout.trim() : undefined;
}
