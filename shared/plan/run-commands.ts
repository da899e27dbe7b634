// The programs of one run as commands on machines: what a dry run shows and what the runner executes.
import { dataFolder, kernelFolder } from "../environments/environment.ts";
import type { Environment, EnvironmentContext } from "../environments/environment.ts";
import type { Command } from "../model/command.ts";
import type { RunPhase } from "../model/event.ts";
import type { Machine } from "../model/lab.ts";
import type { Condition, ProgramStep, Surroundings, Workload } from "../model/workload.ts";
import { parametersOf } from "./parameters.ts";

export interface RunCommand {
  readonly phase: RunPhase;
  readonly machine: Machine;
  readonly command: Command;
  /** Name of the program, for messages. */
  readonly program: string;
  /** Exit statuses that count as success. */
  readonly okStatus: readonly number[];
  readonly timeLimitSeconds: number;
  /** For a server: the port on which it accepts connections once it is ready. It then stays up until the run ends. */
  readonly readyPort?: number;
}

export interface RunParts {
  readonly workload: Workload;
  readonly condition: Condition;
  readonly environment: Environment;
  readonly context: EnvironmentContext;
  readonly surroundings: Surroundings;
}

/** Commands of one run in the order in which they run. Throws TareError INPUT_INVALID for parameters that cannot be used. */
export function runCommands(parts: RunParts): RunCommand[] {
  const { workload, condition, surroundings, context } = parts;
  const parameters = parametersOf(condition, workload);
  const program = workload.program(parameters, surroundings);
  const limit = timeLimitSeconds(workload.estimateSeconds(parameters), context.accelerator);
  const all = (phase: RunPhase, steps: readonly ProgramStep[]) =>
    steps.map((step) => runCommand(parts, phase, step, limit));
  const { server } = program;
  return [
    ...all("prepare", program.prepare),
    // It has to outlast every warm-up and the measurement.
    ...(server === null
      ? []
      : [
          {
            ...runCommand(parts, "server", server, limit * (program.warmUp.length + 2)),
            readyPort: server.readyPort,
          },
        ]),
    ...all("warm-up", program.warmUp),
    ...all("measure", [program.measure]),
    ...all("finish", program.finish),
  ];
}

/** What a workload may know of a session. Without facts (a preview only) the number of CPUs counts as one. */
export function surroundingsOf(
  environment: Environment,
  context: EnvironmentContext,
  loadgenKernelFolder: string,
): Surroundings {
  const { configuration, facts } = context;
  return {
    serverAddress: environment.serverAddress(context),
    dataFolder,
    kernelFolder,
    loadgenKernelFolder,
    cpus: facts === null ? 1 : environment.cpus(configuration, facts),
    device: environment.device(configuration),
  };
}

/** After so many seconds a program hangs: far above its estimate, and ten times that under emulation. */
function timeLimitSeconds(estimate: number, accelerator: EnvironmentContext["accelerator"]): number {
  return Math.ceil((60 + 5 * estimate) * (accelerator === "tcg" ? 10 : 1));
}

function runCommand(parts: RunParts, phase: RunPhase, step: ProgramStep, limit: number): RunCommand {
  const { environment, context } = parts;
  const inside = step.where === "environment";
  const command: Command = inside ? environment.enter(context, step.argv) : { argv: [...step.argv] };
  return {
    phase,
    machine: inside ? environment.machine : "loadgen",
    command: step.stdin === undefined ? command : { ...command, stdin: step.stdin },
    program: step.argv[0]?.split("/").at(-1) ?? parts.workload.name,
    okStatus: step.okStatus ?? [0],
    timeLimitSeconds: limit,
  };
}
