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

/** Becomes the program that follows, with the first argument as its input: no shell stays, which a Ctrl+C would end first. */
const withInput = 'input=$1; shift; exec "$@" <<END\n$input\nEND';

/**
 * A server to be ended with Ctrl+C: with a terminal inside the container too, without which that would end docker's
 * client alone, and its input typed with it, since the terminal is for the keys.
 */
export function serverByHand({ stdin, ...command }: Command): Command {
  const typed = typedByHand(command);
  const input = stdin === undefined ? [] : ["sh", "-c", withInput, "sh", stdin];
  if (!entersContainer(command)) return { ...typed, argv: [...input, ...typed.argv] };
  const argv = typed.argv.toSpliced(2, 0, "--tty");
  // Folder and container stand before the program.
  return { ...typed, argv: argv.toSpliced(argv.indexOf("--workdir") + 3, 0, ...input) };
}

function entersContainer({ argv }: Command): boolean {
  return argv[0] === "docker" && argv[1] === "exec";
}
