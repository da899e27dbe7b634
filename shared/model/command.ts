// A command as data: what a preview shows and what is executed are the same value.
import { z } from "zod";

export const commandSchema = z.strictObject({
  /** Program and arguments; never passes through a shell's parser. */
  argv: z.array(z.string()).min(1),
  /** Text on standard input. */
  stdin: z.string().optional(),
  /** Needs root: runs as it is when the account is root, else through `sudo -n`. */
  root: z.boolean().optional(),
});
export type Command = z.infer<typeof commandSchema>;

/** One argument as a POSIX shell would need it typed; used to show commands, and nowhere to run them. */
function quoteArgument(argument: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** A command as a line that can be pasted into a POSIX shell. */
export function commandText(command: Command): string {
  const line = command.argv.map(quoteArgument).join(" ");
  const withInput =
    command.stdin === undefined ? line : `printf %s ${quoteArgument(command.stdin)} | ${line}`;
  return command.root === true ? `# as root\n${withInput}` : withInput;
}
