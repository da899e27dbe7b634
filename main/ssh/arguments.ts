// How a command's arguments travel: as lines on standard input, never as part of a shell line.
import { TareError } from "#shared/model/error.ts";

/**
 * What assets/host/exec.sh reads before it becomes the program: the number of arguments, then one line each,
 * newline and backslash written as printf's %b knows them.
 * Throws INPUT_INVALID for what no program can be given: an empty list, a program named like an option, a NUL.
 */
export function encodeArguments(argv: readonly string[]): string {
  const [program] = argv;
  if (program === undefined || program === "" || program.startsWith("-"))
    throw new TareError("INPUT_INVALID", `"${program ?? ""}" cannot be the name of a program.`);
  const lines = argv.map((argument) => {
    if (argument.includes("\0"))
      throw new TareError(
        "INPUT_INVALID",
        `An argument of ${program} holds a NUL character; no program can get it.`,
      );
    return argument.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  });
  return [String(argv.length), ...lines, ""].join("\n");
}
