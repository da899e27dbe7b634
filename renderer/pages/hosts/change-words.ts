// The states of a change in force, in words.
import type { ChangeState, HostChange } from "#shared/model/host-change.ts";

export const stateWords: Readonly<Record<ChangeState, string>> = {
  holds: "holds",
  drifted: "changed since by somebody else",
  back: "as before already",
  unfinished: "cut short: it may be in any state",
  covered: "set again by a later change",
  gone: "no longer offered by the host",
  unread: "could not be read",
};

/** A state as one line: probes may print several, of which the first is the setting. */
export function lineOf(state: string | null): string {
  if (state === null) return "unknown";
  const [first = "", ...more] = state.split("\n");
  if (first === "") return "(empty)";
  return more.length === 0 ? first : `${first} …`;
}

/** What a person should know before the change is undone; empty where nothing is unusual. */
export function undoRemarks(change: HostChange): readonly string[] {
  const { record, state, now } = change;
  const before = lineOf(record.before);
  const remarks: string[] = [];
  if (state === "drifted")
    remarks.push(
      `It was ${before} before Tare, Tare set ${record.change.wanted ?? "it"}, and it is ${lineOf(now)} now: somebody changed it since.`,
    );
  if (state === "back") remarks.push("It is as before already; only its entry in the host's journal goes.");
  if (state === "unfinished")
    remarks.push("Applying or undoing it was cut short; undoing brings it to its end.");
  if (state === "gone") remarks.push("The host no longer offers it, so there is nothing to restore.");
  return remarks;
}

/** Of the campaigns whose changes are undone, those that can be taken up again: they then apply anew what they need. */
export function resumableText(changes: readonly HostChange[]): string | null {
  const names = new Set(
    changes
      .filter(({ owner: { status } }) => status === "paused" || status === "interrupted")
      .map(({ owner }) => `“${owner.name ?? owner.campaignId}”`),
  );
  if (names.size === 0) return null;
  return `${[...names].join(" and ")} can still be resumed, and ${names.size === 1 ? "applies" : "apply"} then again what is needed.`;
}
