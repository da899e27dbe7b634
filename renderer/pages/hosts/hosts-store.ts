// What is known of the hosts of each lab: the last look at them, what is being undone, how they compare with before. Kept when the page is left.
import { create } from "zustand";
import type { HostComparison, HostLook, UndoStep } from "#shared/contract/hosts.ts";
import { isInUse, keyOf } from "#shared/changes/host-changes.ts";
import type { Failure } from "#shared/model/error.ts";
import type { ChangeKey, HostChange } from "#shared/model/host-change.ts";
import type { HostRole } from "#shared/model/lab.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";

export interface HostView {
  readonly look: HostLook | null;
  /** What is under way on the host. */
  readonly busy: "looking" | "undoing" | "comparing" | null;
  /** Latest step of each change of the last undo, by `keyText`. */
  readonly steps: ReadonlyMap<string, UndoStep>;
  readonly comparison: HostComparison | null;
  /** Why the last undo or comparison did not begin, or broke off. */
  readonly failure: Failure | null;
}

interface HostsState {
  readonly hosts: ReadonlyMap<string, HostView>;
  readonly look: (labId: string) => Promise<void>;
  readonly undo: (asked: UndoAsked) => Promise<void>;
  readonly compare: (labId: string, role: HostRole, against: string | null) => Promise<void>;
}

export interface UndoAsked {
  readonly labId: string;
  readonly role: HostRole;
  /** Oldest first. */
  readonly changes: readonly HostChange[];
  readonly overwrite: boolean;
}

export const emptyHostView: HostView = {
  look: null,
  busy: null,
  steps: new Map(),
  comparison: null,
  failure: null,
};

export function keyText({ campaignId, id }: ChangeKey): string {
  return `${campaignId}/${id}`;
}

export function hostKey(labId: string, role: HostRole): string {
  return `${labId}/${role}`;
}

/** What may be undone from here: all but what a running campaign needs. */
export function undoable(changes: readonly HostChange[]): readonly HostChange[] {
  return changes.filter((change) => !isInUse(change));
}

export const useHosts = create<HostsState>()((set, get) => {
  const put = (labId: string, role: HostRole, change: Partial<HostView>) =>
    set(({ hosts }) => {
      const key = hostKey(labId, role);
      return { hosts: new Map(hosts).set(key, { ...(hosts.get(key) ?? emptyHostView), ...change }) };
    });

  async function look(labId: string): Promise<void> {
    put(labId, "sut", { busy: "looking" });
    put(labId, "loadgen", { busy: "looking" });
    const seen = new Set<HostRole>();
    let failure: Failure | null = null;
    try {
      for await (const found of await api.hosts.changes({ labId })) {
        seen.add(found.role);
        put(labId, found.role, { look: found, busy: null, failure: null, steps: new Map() });
      }
    } catch (error) {
      failure = failureOf(error);
    }
    for (const role of ["sut", "loadgen"] as const)
      if (!seen.has(role)) put(labId, role, { busy: null, ...(failure === null ? {} : { failure }) });
  }

  async function compare(labId: string, role: HostRole, against: string | null): Promise<void> {
    put(labId, role, { busy: "comparing", comparison: null });
    try {
      put(labId, role, { comparison: await api.hosts.compare({ labId, role, against }), busy: null });
    } catch (error) {
      put(labId, role, { failure: failureOf(error), busy: null });
    }
  }

  async function undo({ labId, role, changes, overwrite }: UndoAsked): Promise<void> {
    put(labId, role, { busy: "undoing", steps: new Map(), comparison: null, failure: null });
    const keys = changes.map(({ record }) => keyOf(record));
    const left: UndoStep[] = [];
    let failure: Failure | null = null;
    try {
      for await (const step of await api.hosts.undo({ labId, role, changes: keys, overwrite })) {
        if (step.kind === "left") left.push(step);
        const { steps } = get().hosts.get(hostKey(labId, role)) ?? emptyHostView;
        put(labId, role, { steps: new Map(steps).set(keyText(step.key), step) });
      }
    } catch (error) {
      failure = failureOf(error);
    }
    await look(labId);
    // A new look forgets what was tried; why something was left is still to be read.
    put(labId, role, { failure, steps: new Map(left.map((step) => [keyText(step.key), step])) });
    const oldest = changes[0]?.record.campaignId;
    if (failure === null && oldest !== undefined) await compare(labId, role, oldest);
  }

  return { hosts: new Map(), look, undo, compare };
});
