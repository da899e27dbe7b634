// A run's command as somebody types it: without what Tare needs to find and end a job in a container.
import { containerRun } from "#shared/environments/names.ts";
import type { Command } from "#shared/model/command.ts";

const jobMark = ["--env", "TARE_JOB"];

export function typedByHand(command: Command): Command {
  if (!entersContainer(command)) return command;
  const { argv } = command;
  const mark = argv.findIndex((_word, at) => jobMark.every((part, index) => argv[at + index] === part));
  const plain = mark === -1 ? argv : argv.toSpliced(mark, jobMark.length);
  const wrapper = plain.indexOf(containerRun);
  return { ...command, argv: wrapper === -1 ? plain : plain.toSpliced(wrapper, 1) };
}

/** With a terminal inside the container too, without which Ctrl+C would end docker's client alone. */
export function serverByHand(command: Command): Command {
  const typed = typedByHand(command);
  return entersContainer(command) ? { ...typed, argv: typed.argv.toSpliced(2, 0, "--tty") } : typed;
}

function entersContainer({ argv }: Command): boolean {
  return argv[0] === "docker" && argv[1] === "exec";
}
