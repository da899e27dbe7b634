// Changes that a host's journal names, judged by what their probes print now.
import type { ChangeRecord } from "../model/change.ts";
import type { ChangeKey, ChangeState, HostChange } from "../model/host-change.ts";
import { hasDrifted } from "./judge.ts";

export function keyOf({ campaignId, id }: ChangeRecord): ChangeKey {
  return { campaignId, id };
}

export function isSameKey(a: ChangeKey, b: ChangeKey): boolean {
  return a.campaignId === b.campaignId && a.id === b.id;
}

/** Whether both hold the same changes in the same order, whatever state these are in. */
export function isSameList(a: readonly ChangeRecord[], b: readonly ChangeRecord[]): boolean {
  return (
    a.length === b.length && a.every((record, place) => b[place] !== undefined && isSameKey(record, b[place]))
  );
}

/** The next later change of the same thing, or null. `records` are oldest first, as the host's journal lists them. */
export function coveringChange(record: ChangeRecord, records: readonly ChangeRecord[]): ChangeKey | null {
  const at = records.findIndex((each) => isSameKey(each, record));
  const later = records.slice(at + 1).find(({ change }) => change.target === record.change.target);
  return later === undefined ? null : keyOf(later);
}

/** `now` is what the probe prints, trimmed; null where the host no longer offers the setting, undefined where the look failed. */
export function changeState(
  record: ChangeRecord,
  now: string | null | undefined,
  coveredBy: ChangeKey | null,
): ChangeState {
  if (now === undefined) return "unread";
  if (now === null) return "gone";
  if (coveredBy !== null) return "covered";
  if (now === record.before) return "back";
  if (record.status !== "applied") return "unfinished";
  return hasDrifted(record, now) ? "drifted" : "holds";
}

/** True where this computer's own running campaign needs the change: only its end takes it back. */
export function isInUse({ owner }: Pick<HostChange, "owner">): boolean {
  return owner.status === "running";
}

/**
 * Of changes that are to be undone, the first that a later change covers which is not to be undone with it: taking it back would
 * pull the setting from under the later one. Null where the order can be kept.
 */
export function coveredAlone(
  chosen: readonly ChangeRecord[],
  records: readonly ChangeRecord[],
): { readonly record: ChangeRecord; readonly by: ChangeRecord } | null {
  for (const record of chosen) {
    const key = coveringChange(record, records);
    const by = key === null ? undefined : records.find((each) => isSameKey(each, key));
    if (by !== undefined && !chosen.some((each) => isSameKey(each, by))) return { record, by };
  }
  return null;
}
