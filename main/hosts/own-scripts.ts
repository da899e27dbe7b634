// A recorded change with this version's scripts in place of those it was recorded with.
import type { Change } from "#shared/model/change.ts";
import type { Command } from "#shared/model/command.ts";
import type { RemoteMachine } from "./machine.ts";

/** The record may come from another version of Tare, or from another account of the host: its scripts need not be there. */
export async function withOwnScripts(
  machine: RemoteMachine,
  change: Change,
  signal: AbortSignal,
): Promise<Change> {
  const moved = async (command: Command): Promise<Command> => {
    const name = command.argv[0] === "sh" ? /\/([^/]+\.sh)$/.exec(command.argv[1] ?? "")?.[1] : undefined;
    if (name === undefined) return command;
    return { ...command, argv: ["sh", await machine.script(name, signal), ...command.argv.slice(2)] };
  };
  return { ...change, probe: await moved(change.probe), undo: await Promise.all(change.undo.map(moved)) };
}
