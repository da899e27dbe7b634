// The journal of changes on the host itself: each change's undo is there, on disk, before the change is applied.
import { changeRecordSchema, type ChangeRecord } from "#shared/model/change.ts";
import type { Command } from "#shared/model/command.ts";
import { TareError } from "#shared/model/error.ts";
import { rootRefusal } from "#shared/model/root-programs.ts";
import { undoCommands } from "#shared/changes/undo-commands.ts";
import type { CommandResult, RemoteMachine } from "#main/hosts/machine.ts";

/** What the host knows of a change; while it is applied or undone half-way it is `journalled`, once undone `closed`. */
export type EntryState = "absent" | "journalled" | "applied" | "closed";

type Key = Pick<ChangeRecord, "campaignId" | "id">;

export interface HostJournal {
  /** Writes the change and its undo to the host's disk. Idempotent. */
  open(record: ChangeRecord, signal: AbortSignal): Promise<void>;
  /**
   * The command that runs a step of an open change so that `stop` can find it. Only root's steps need that: they alone
   * change a host. Throws INTERNAL for a program that Tare must not run as root.
   */
  step(key: Key, purpose: "apply" | "undo", command: Command, signal: AbortSignal): Promise<Command>;
  /** Ends what a step left running (a lost link does not end it); from then on nothing more is applied. */
  stop(key: Key, signal: AbortSignal): Promise<void>;
  markApplied(key: Key, signal: AbortSignal): Promise<void>;
  /** Before undo: from now on the change is neither applied nor as before. */
  markUndoing(key: Key, signal: AbortSignal): Promise<void>;
  /** Removes the entry; a line of the log stays. Idempotent. */
  close(key: Key, signal: AbortSignal): Promise<void>;
  state(key: Key, signal: AbortSignal): Promise<EntryState>;
  /** All open changes of any campaign, oldest first. */
  list(signal: AbortSignal): Promise<ChangeRecord[]>;
}

/** Throws TareError TOOL_FAILED where the host cannot keep its journal. */
export function createHostJournal(machine: RemoteMachine): HostJournal {
  async function command(signal: AbortSignal, ...parameters: string[]): Promise<Command> {
    return {
      argv: ["sh", await machine.script("change-journal.sh", signal), ...parameters],
      root: true,
    };
  }

  async function run(journalCommand: Command, signal: AbortSignal): Promise<CommandResult> {
    const result = await machine.run(journalCommand, { signal, idempotent: true });
    if (result.status === 0) return result;
    throw new TareError(
      "TOOL_FAILED",
      `The journal of changes on ${machine.name} (/var/lib/tare/changes) cannot be read or written: ${result.stderr.trim()}`,
      { host: machine.name, detail: result.stderr.trim() },
    );
  }

  return {
    async open(record, signal) {
      const { id, campaignId, change, before } = record;
      const stdin = JSON.stringify(record);
      const bytes = String(Buffer.byteLength(stdin));
      const undoAll = await machine.script("undo-all.sh", signal);
      const stop = await command(signal, "stop", campaignId, id);
      const commands = [stop, change.probe, ...undoCommands(change, before)];
      const wanted = change.wanted === null ? ["0"] : ["1", change.wanted];
      const parameters = [
        campaignId,
        id,
        bytes,
        undoAll,
        before,
        ...wanted,
        ...commands.flatMap(commandParameters),
      ];
      await run({ ...(await command(signal, "open", ...parameters)), stdin }, signal);
    },
    async step({ campaignId, id }, purpose, step, signal) {
      if (step.root !== true) return step;
      const wrapped = await command(signal, "run", campaignId, id, purpose, ...step.argv);
      const scripts = (wrapped.argv[1] ?? "").replace(/\/[^/]*$/, "");
      const refusal = machine.machine === "guest" ? null : rootRefusal(step, scripts);
      if (refusal !== null) throw new TareError("INTERNAL", `Not run on ${machine.name}: ${refusal}`);
      return { ...step, ...wrapped };
    },
    async stop({ campaignId, id }, signal) {
      await run(await command(signal, "stop", campaignId, id), signal);
    },
    async markApplied({ campaignId, id }, signal) {
      await run(await command(signal, "applied", campaignId, id), signal);
    },
    async markUndoing({ campaignId, id }, signal) {
      await run(await command(signal, "undoing", campaignId, id), signal);
    },
    async close({ campaignId, id }, signal) {
      await run(await command(signal, "close", campaignId, id), signal);
    },
    async state({ campaignId, id }, signal) {
      const { stdout } = await run(await command(signal, "state", campaignId, id), signal);
      return stdout.trim() as EntryState;
    },
    async list(signal) {
      const { stdout } = await run(await command(signal, "list"), signal);
      const lines = stdout.split("\n").filter((line) => line !== "");
      return lines.map((line) => parseEntry(line, machine.name));
    },
  };
}

/** Changes that are outstanding on a machine, of any campaign, oldest first. */
export function outstandingChanges(machine: RemoteMachine, signal: AbortSignal): Promise<ChangeRecord[]> {
  return createHostJournal(machine).list(signal);
}

function commandParameters({ argv, stdin }: Command): string[] {
  return [String(argv.length), ...argv, ...(stdin === undefined ? ["0"] : ["1", stdin])];
}

function parseEntry(line: string, host: string): ChangeRecord {
  const [status, json] = [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)];
  try {
    return changeRecordSchema.parse({ ...(JSON.parse(json) as object), status });
  } catch (error) {
    throw new TareError(
      "OUTPUT_UNREADABLE",
      `An entry of the journal of changes on ${host} cannot be read; run "sh /var/lib/tare/undo-all.sh" there as root to restore the host.`,
      { host, detail: line.slice(0, 400), cause: error },
    );
  }
}
