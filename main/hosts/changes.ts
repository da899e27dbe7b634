// Applies changes of a host and takes them back. Every change is in two journals, the laptop's and the host's,
// before it happens; whatever ends Tare between two steps, undoing the journals' records restores the host.
import { changedNothing, hasDrifted, holds, settingOf, wasAbsent } from "#shared/changes/judge.ts";
import { undoCommands } from "#shared/changes/undo-commands.ts";
import type { Change, ChangeRecord, ChangeStatus } from "#shared/model/change.ts";
import type { Command } from "#shared/model/command.ts";
import { type Failure, TareError, toFailure } from "#shared/model/error.ts";
import { createHostJournal, type HostJournal } from "#main/hosts/change-journal.ts";
import type { CommandResult, RemoteMachine } from "#main/hosts/machine.ts";
import { withOwnScripts } from "#main/hosts/own-scripts.ts";

export interface ChangerOptions {
  readonly campaignId: string;
  /** Appends to the laptop's journal; resolves once it is on disk. */
  append(record: ChangeRecord, failure?: Failure): Promise<void>;
  /** An id that no record of this campaign has yet (`createChangeIds`). */
  nextId(change: Change): string;
  now(): Date;
}

export interface ApplyOptions {
  /** Called with what each command of the change printed, once it has succeeded. */
  readonly onOutput?: (stdout: string) => void;
}

export interface UndoOptions {
  /** Restores a setting even where somebody else changed it since. */
  readonly overwrite?: boolean;
}

/** A change that could not be undone, and why. */
export interface UndoFailure {
  readonly record: ChangeRecord;
  readonly failure: Failure;
}

export interface Changer {
  /**
   * Returns a record that is `applied`, or `unavailable` where the host does not offer the change.
   * Throws TareError CHANGE_FAILED after undoing what was done (record `failed`, or `undo-failed` where that failed too);
   * CANCELLED and LINK_LOST likewise; where the link does not come back the record stays `journalled`, to be undone at
   * the next connect.
   */
  apply(change: Change, signal: AbortSignal, options?: ApplyOptions): Promise<ChangeRecord>;
  /** Returns the record as `undone`; what is settled already is returned as it is. Throws TareError UNDO_FAILED. */
  undo(record: ChangeRecord, signal: AbortSignal, options?: UndoOptions): Promise<ChangeRecord>;
  /**
   * Takes one record a change, oldest first (`latestRecords`), and undoes the newest first; goes on after a failure,
   * but not once the link is lost: what is left then fails with LINK_LOST too.
   */
  undoAll(
    records: readonly ChangeRecord[],
    signal: AbortSignal,
    options?: UndoOptions,
  ): Promise<{ readonly records: readonly ChangeRecord[]; readonly failures: readonly UndoFailure[] }>;
}

/** Making a disk image or importing a root file system may take long. */
const stepLimitSeconds = 3600;
/** How often undo begins again where the link is lost. */
const undoAttempts = 3;
/** For what must still be done after a cancel. */
const cleanUpLimitMs = 120_000;

export function createChanger(machine: RemoteMachine, options: ChangerOptions): Changer {
  const journal = createHostJournal(machine);
  const host = machine.name;

  async function record(from: ChangeRecord, status: ChangeStatus, failure?: Failure): Promise<ChangeRecord> {
    const next = { ...from, status, at: options.now().toISOString() };
    await options.append(next, failure);
    return next;
  }

  async function runStep(
    command: Command,
    signal: AbortSignal,
    { onOutput }: ApplyOptions = {},
  ): Promise<void> {
    const result = await machine.run(command, { signal, timeLimitSeconds: stepLimitSeconds });
    if (result.status !== 0) throw toolFailed(command, result, host);
    onOutput?.(result.stdout);
  }

  async function probe(change: Change, signal: AbortSignal): Promise<string> {
    const result = await machine.run(change.probe, { signal, idempotent: true });
    if (result.status !== 0) throw toolFailed(change.probe, result, host);
    return result.stdout.trim();
  }

  async function apply(change: Change, signal: AbortSignal, how: ApplyOptions = {}): Promise<ChangeRecord> {
    const draft: ChangeRecord = {
      id: options.nextId(change),
      campaignId: options.campaignId,
      machine: machine.machine,
      change,
      before: "",
      status: "journalled",
      at: options.now().toISOString(),
    };
    const looked = await machine.run(change.probe, { signal, idempotent: true });
    if (looked.status === 3)
      return await record(draft, "unavailable", {
        code: "UNSUPPORTED",
        message: `${change.title}: not available on ${host} (${looked.stderr.trim()}).`,
        host,
      });
    const found = { ...draft, before: looked.stdout.trim() };
    if (looked.status !== 0) return await refuse(found, toolFailed(change.probe, looked, host));
    if (changedNothing(found)) return await record(found, "applied");
    if (change.lasting && change.wanted === null && !wasAbsent(found.before))
      return await refuse(
        found,
        new TareError("CHANGE_FAILED", `it exists already (${found.before}); remove or rename it`),
      );
    return await applyJournalled(await record(found, "journalled"), signal, how);
  }

  async function applyJournalled(
    journalled: ChangeRecord,
    signal: AbortSignal,
    how: ApplyOptions,
  ): Promise<ChangeRecord> {
    const { change } = journalled;
    try {
      if (!change.lasting) {
        for (const command of change.apply) await runStep(command, signal, how);
        return await record(journalled, "applied");
      }
      await journal.open(journalled, signal);
      for (const command of change.apply)
        await runStep(await journal.step(journalled, "apply", command, signal), signal, how);
      const state = await probe(change, signal);
      if (!holds(change, state))
        throw new TareError("CHANGE_FAILED", `wanted ${change.wanted ?? "present"}, is ${settingOf(state)}`);
      await journal.markApplied(journalled, signal);
    } catch (error) {
      return await takeBack(journalled, error);
    }
    return await record(journalled, "applied");
  }

  /** Nothing was done yet: the record says so, and needs no undo. */
  async function refuse(found: ChangeRecord, error: TareError): Promise<never> {
    const failure = changeFailed(found.change, error, host, "Nothing was changed.");
    await record(found, "failed", failure.failure);
    throw failure;
  }

  /** After a failure half-way. Where the link does not come back nothing can be said or done now: the journals remember. */
  async function takeBack(journalled: ChangeRecord, error: unknown): Promise<never> {
    try {
      await restore(journalled, AbortSignal.timeout(cleanUpLimitMs), {});
    } catch (undoError) {
      if (isLinkLost(undoError) || isLinkLost(error)) throw error;
      const text = `It could not be undone either: ${sentence(toFailure(undoError).message)}`;
      const failure = changeFailed(journalled.change, error, host, text);
      await record(journalled, "undo-failed", failure.failure);
      throw failure;
    }
    const failure = changeFailed(journalled.change, error, host, "What had been done was undone.");
    await record(journalled, "failed", failure.failure);
    throw failure;
  }

  /** Undo may be repeated: where the link is lost, what still runs is ended and it begins again. */
  async function runUndo(
    from: ChangeRecord,
    entry: HostJournal | null,
    commands: readonly Command[],
    signal: AbortSignal,
  ): Promise<void> {
    for (let attempt = 1; ; attempt += 1)
      try {
        for (const command of commands)
          await runStep((await entry?.step(from, "undo", command, signal)) ?? command, signal);
        return;
      } catch (error) {
        if (!isLinkLost(error) || attempt === undoAttempts) throw error;
        await entry?.stop(from, signal);
      }
  }

  /** Brings the state of before back. The host's journal decides whether there is anything to do. */
  async function restore(from: ChangeRecord, signal: AbortSignal, { overwrite }: UndoOptions): Promise<void> {
    if (!from.change.lasting || changedNothing(from)) return;
    const { before } = from;
    const change = await withOwnScripts(machine, from.change, signal);
    const entry = await journal.state(from, signal);
    if (entry === "closed") return;
    // Never in the host's journal, so never applied; closing keeps a command of a lost link from opening it yet.
    if (entry === "absent" && from.status === "journalled") return await journal.close(from, signal);
    await journal.stop(from, signal);
    const looked = await machine.run(change.probe, { signal, idempotent: true });
    // A setting that the host no longer offers (its module is gone) has no state to restore.
    const gone = looked.status === 3 && !wasAbsent(before);
    if (looked.status !== 0 && !gone) throw toolFailed(change.probe, looked, host);
    const state = looked.stdout.trim();
    if (!gone && state !== before) {
      const applied = entry === "absent" ? from.status === "applied" : entry === "applied";
      if (overwrite !== true && applied && hasDrifted(from, state)) throw drifted(from, state, host);
      await journal.markUndoing(from, signal);
      const commands = undoCommands(change, before);
      await runUndo(from, entry === "absent" ? null : journal, commands, signal);
      const now = await probe(change, signal);
      if (now !== before) {
        const part = settingOf(now) === settingOf(before) ? ", but not in every part" : "";
        throw new TareError("UNDO_FAILED", `it was ${settingOf(before)}, and is ${settingOf(now)}${part}`);
      }
    }
    await journal.close(from, signal);
  }

  async function undo(from: ChangeRecord, signal: AbortSignal, how: UndoOptions = {}): Promise<ChangeRecord> {
    if (!isOutstanding(from)) return from;
    try {
      await restore(from, signal, how);
    } catch (error) {
      const { code, message, detail } = toFailure(error);
      if (code === "LINK_LOST" || code === "CANCELLED") throw error;
      const failure = new TareError(
        "UNDO_FAILED",
        `"${from.change.title}" on ${host} could not be undone: ${sentence(message)} It stays in the journal; try again, or run "sh /var/lib/tare/undo-all.sh" on ${host} as root.`,
        { host, cause: error, ...(detail === undefined ? {} : { detail }) },
      );
      await record(from, "undo-failed", failure.failure);
      throw failure;
    }
    return await record(from, "undone");
  }

  return {
    apply,
    undo,
    async undoAll(records, signal, how) {
      const done: ChangeRecord[] = [];
      const failures: UndoFailure[] = [];
      let lost: Failure | null = null;
      for (const each of records.toReversed()) {
        if (lost !== null) {
          if (isOutstanding(each)) failures.push({ record: each, failure: lost });
          continue;
        }
        try {
          done.push(await undo(each, signal, how));
        } catch (error) {
          const failure = toFailure(error);
          failures.push({ record: each, failure });
          if (failure.code === "LINK_LOST") lost = failure;
        }
      }
      return { records: done, failures };
    },
  };
}

/** True where a record says that the host may differ from what it was. */
export function isOutstanding({ status }: ChangeRecord): boolean {
  return status === "journalled" || status === "applied" || status === "undo-failed";
}

function isLinkLost(error: unknown): boolean {
  return error instanceof TareError && error.code === "LINK_LOST";
}

function changeFailed(change: Change, error: unknown, host: string, outcome: string): TareError {
  const { code, message, detail } = toFailure(error);
  return new TareError(
    code === "CANCELLED" || code === "LINK_LOST" ? code : "CHANGE_FAILED",
    `"${change.title}" failed on ${host} (${change.target}): ${sentence(message)} ${outcome}`,
    { host, cause: error, ...(detail === undefined ? {} : { detail }) },
  );
}

function drifted({ change, before }: ChangeRecord, state: string, host: string): TareError {
  return new TareError(
    "UNDO_FAILED",
    `${change.target} on ${host} was ${settingOf(before)} before Tare, which set it to ${change.wanted ?? "present"}; somebody changed it to ${settingOf(state)} since, so it was left. Restore ${settingOf(before)}, or set it by hand`,
  );
}

function toolFailed(command: Command, result: CommandResult, host: string): TareError {
  const lines = `${result.stdout}\n${result.stderr}`.trim().split("\n").slice(-20);
  return new TareError(
    "TOOL_FAILED",
    `${lines.at(-1) || command.argv.slice(0, 3).join(" ")} (exit status ${result.status})`,
    { host, detail: lines.join("\n") },
  );
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
