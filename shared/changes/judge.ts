// How a state that a probe printed is read: is it what was wanted, may it be undone.
import type { Change, ChangeRecord } from "../model/change.ts";
import { absent, present } from "./script.ts";

/**
 * True where the state is the wanted one; for objects whose text is not known beforehand, where they exist.
 * Further lines of a state (the file that a setting stands in) are what undo restores; they do not say whether it holds.
 */
export function holds(change: Change, state: string): boolean {
  return change.wanted === null ? firstWord(state) === present : settingOf(state) === change.wanted;
}

/** The setting itself: a state's first line. */
export function settingOf(state: string): string {
  return state.split("\n", 1)[0] ?? "";
}

/** True where the change makes an object that was not there: undo then removes it in whatever state it is. */
export function wasAbsent(before: string): boolean {
  return firstWord(before) === absent;
}

/** True where nothing was done because the state was the wanted one already: then nothing is undone either. */
export function changedNothing({ change, before }: ChangeRecord): boolean {
  return change.lasting && change.wanted !== null && holds(change, before);
}

/**
 * True where the state of an applied setting is neither what Tare set nor what it was before: somebody else changed it.
 * Undo then leaves it and reports (docs/decisions/004-undo-after-drift.md).
 */
export function hasDrifted({ change, before }: ChangeRecord, state: string): boolean {
  return change.wanted !== null && !wasAbsent(before) && state !== before && !holds(change, state);
}

function firstWord(state: string): string {
  return state.split(/\s/, 1)[0] ?? "";
}
