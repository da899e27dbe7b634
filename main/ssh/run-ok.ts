// Runs a command that must succeed.
import { commandText } from "#shared/model/command.ts";
import { TareError } from "#shared/model/error.ts";
import type { RunOk } from "#main/hosts/machine.ts";
import { lastLines } from "./endings.ts";

/** Throws TOOL_MISSING where the program is not installed, DISK_FULL, or TOOL_FAILED with the last lines printed. */
export const runOk: RunOk = async (machine, command, options) => {
  const result = await machine.run(command, options);
  if (result.status === 0) return result;
  const program = command.argv[0] ?? "";
  const printed = lastLines(result.stderr.trim() === "" ? result.stdout : result.stderr);
  const detail = `${commandText({ ...command, stdin: undefined })}\n${printed}`;
  const rest = { host: machine.name, detail };
  if (result.status === 127)
    throw new TareError("TOOL_MISSING", `${program} is not installed on ${machine.name}.`, rest);
  if (/No space left on device|Disk quota exceeded/.test(result.stderr))
    throw new TareError("DISK_FULL", `There is no space left on ${machine.name} for ${program}.`, rest);
  const said = printed === "" ? "" : ` and said: ${printed.split("\n").at(-1)}`;
  throw new TareError(
    "TOOL_FAILED",
    `${program} on ${machine.name} ended with status ${result.status}${said}`,
    rest,
  );
};
