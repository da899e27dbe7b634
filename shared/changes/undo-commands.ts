// What takes a change back, once it is known what the probe printed before it.
import type { Change } from "../model/change.ts";
import type { Command } from "../model/command.ts";

/** The undo's commands with `before` in place of every argument or stdin that is exactly `{before}`. */
export function undoCommands(change: Change, before: string): Command[] {
  const filled = (text: string) => (text === "{before}" ? before : text);
  return change.undo.map((command) => ({
    ...command,
    argv: command.argv.map(filled),
    ...(command.stdin === undefined ? {} : { stdin: filled(command.stdin) }),
  }));
}
