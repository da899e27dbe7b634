// A change as the lines that a dry run shows: what would be looked at, done and taken back.
import type { Change } from "../model/change.ts";
import { commandText } from "../model/command.ts";

/** Lines of text; `{before}` stands for what the probe will have printed. */
export function changePreview(change: Change): string[] {
  return [
    `# ${change.title}`,
    ...section("look", [change.probe]),
    ...section("do", change.apply),
    ...(change.wanted === null ? [] : [`# must then be: ${change.wanted}`]),
    ...(change.lasting ? section("undo", change.undo) : ["# nothing to undo"]),
  ];
}

function section(heading: string, commands: Change["apply"]): string[] {
  return [`# ${heading}`, ...commands.flatMap((command) => commandText(command).split("\n"))];
}
