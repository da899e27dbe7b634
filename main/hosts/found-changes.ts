// What the application found in force on the hosts when it connected last; kept for as long as it runs, so that any page can tell.
import { EventEmitter, once } from "node:events";
import { isInUse, keyOf } from "#shared/changes/host-changes.ts";
import type { ChangeRecord } from "#shared/model/change.ts";
import type { ChangeOwner, FoundChanges } from "#shared/model/host-change.ts";
import { type HostRole, hostRoles } from "#shared/model/lab.ts";
import { outstandingChanges } from "./change-journal.ts";
import { changeOwners } from "./change-owners.ts";
import type { RemoteMachine } from "./machine.ts";

export interface FoundChangesStore {
  remember(labId: string, found: FoundChanges): void;
  /** The lab's hosts may be others from now on. */
  forget(labId: string): void;
  /** What is known now, and again whenever that changes. */
  watch(labId: string, signal: AbortSignal): AsyncGenerator<FoundChanges[]>;
}

export function createFoundChanges(): FoundChangesStore {
  const labs = new Map<string, Map<HostRole, FoundChanges>>();
  const feed = new EventEmitter();
  feed.setMaxListeners(0);
  const known = (labId: string) => hostRoles.flatMap((role) => labs.get(labId)?.get(role) ?? []);

  return {
    remember(labId, found) {
      const hosts = labs.get(labId) ?? new Map<HostRole, FoundChanges>();
      labs.set(labId, hosts.set(found.role, found));
      feed.emit(labId);
    },
    forget(labId) {
      labs.delete(labId);
      feed.emit(labId);
    },
    async *watch(labId, signal) {
      while (!signal.aborted) {
        const changed = once(feed, labId, { signal });
        // Whoever stops looking between two changes never waits for the next.
        changed.catch(() => undefined);
        yield known(labId);
        try {
          await changed;
        } catch (error) {
          if (!signal.aborted) throw error;
        }
      }
    },
  };
}

/** Lists what is in force on a host that is connected, and remembers what no running campaign owns. Needs root. Throws TOOL_FAILED and what `run` throws. */
export async function findChanges(
  on: { readonly labId: string; readonly role: HostRole; readonly machine: RemoteMachine },
  to: { readonly found: FoundChangesStore; readonly paths: { readonly campaigns: string } },
  signal: AbortSignal,
): Promise<FoundChanges> {
  const records = await outstandingChanges(on.machine, signal);
  const ids = records.map(({ campaignId }) => campaignId);
  const found = foundOf(records, on, await changeOwners(to.paths.campaigns, ids));
  to.found.remember(on.labId, found);
  return found;
}

/** What is to be told of the records of a host's journal. */
export function foundOf(
  records: readonly ChangeRecord[],
  { role, machine }: { readonly role: HostRole; readonly machine: Pick<RemoteMachine, "name"> },
  ownerOf: (campaignId: string) => ChangeOwner,
): FoundChanges {
  const changes = records
    .map((record) => ({
      key: keyOf(record),
      title: record.change.title,
      since: record.at,
      owner: ownerOf(record.campaignId),
    }))
    .filter((each) => !isInUse(each));
  return { role, host: machine.name, foundAt: new Date().toISOString(), changes };
}
