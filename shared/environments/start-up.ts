// Start-up time: the command that starts a container or guest, wrapped so that the SUT times the way from it to the
// first answer on a port (assets/kernels/first-answer.c), and the reading of what that printed.
import { z } from "zod";
import type { Command } from "../model/command.ts";
import type { Change } from "../model/change.ts";
import { kernelFolder, type EnvironmentContext } from "./environment.ts";
import { ipv4Number } from "./ipv4.ts";
import { scriptPath } from "./names.ts";

/** TCP port of assets/kernels/answer.c inside every environment. */
export const startUpPort = 5190;

/** The program that answers, as the inside of every environment sees it. */
export const answerProgram = `${kernelFolder}/answer`;

const startUpSchema = z.strictObject({
  seconds: z.number().nonnegative(),
  commandSeconds: z.number().nonnegative(),
});
/** Seconds from before the command to the first answer, and to the command's own end. */
export type StartUp = z.infer<typeof startUpSchema>;

export interface StartUpProbe {
  /** IPv4 address at which the SUT itself reaches the port. */
  readonly address: string;
  /** The probe asks no more after so many seconds; the environment then has no start-up time. */
  readonly limitSeconds: number;
  /** From one question to the next; the resolution of the time where packets get lost. */
  readonly everyMs: number;
  /** File with the number of a process whose end ends the asking. */
  readonly pidFile?: string;
}

/** The command, timed. As it is where the address is no IPv4 address. */
export function timedCommand(context: EnvironmentContext, command: Command, probe: StartUpProbe): Command {
  if (ipv4Number(probe.address) === null) return command;
  return {
    ...command,
    argv: [
      "sh",
      scriptPath(context, "start-up.sh"),
      context.kernelFolder,
      String(probe.limitSeconds),
      String(probe.everyMs),
      probe.pidFile ?? "-",
      probe.address,
      String(startUpPort),
      "--",
      ...command.argv,
    ],
  };
}

/** A change whose step of that number is timed. */
export function timedChange(
  context: EnvironmentContext,
  change: Change,
  step: number,
  probe: StartUpProbe,
): Change {
  const apply = change.apply.map((command, index) =>
    index === step ? timedCommand(context, command, probe) : command,
  );
  return { ...change, apply };
}

/** What first-answer told in the output of a timed command; null where no answer came in time. */
export function readStartUp(output: string): StartUp | null {
  const line = output.split("\n").findLast((each) => each.startsWith('{"startUp":'));
  if (line === undefined) return null;
  try {
    return z.strictObject({ startUp: startUpSchema }).parse(JSON.parse(line)).startUp;
  } catch {
    // Cut or foreign: the start itself went well, and only its time is not known.
    return null;
  }
}
