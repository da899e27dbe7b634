// Probes a machine, or a container on it, for its facts.
import type { RemoteMachine } from "#main/hosts/machine.ts";
import type { Command } from "#shared/model/command.ts";
import type { Facts } from "#shared/model/facts.ts";
import { parseFacts } from "#shared/facts/parse-facts.ts";
import { TareError } from "#shared/model/error.ts";

const probeSeconds = 30;

/**
 * Facts of the machine, or of a running container on it. Looks as root where root is to be had (serial numbers and the
 * Docker daemon need it), else as the account. `kvm.usable` stays null: see probeKvm.
 * Throws TareError INPUT_INVALID, TOOL_FAILED, OUTPUT_UNREADABLE (each naming the machine), and what `run` throws.
 */
export async function probeFacts(
  machine: RemoteMachine,
  options: { signal: AbortSignal; container?: string },
): Promise<Facts> {
  const { signal, container } = options;
  const script = await machine.script("facts.sh", signal);
  const command =
    container === undefined
      ? { argv: ["sh", script] }
      : await insideContainer(machine, script, container, signal);
  const text = await printed(machine, command, options);
  try {
    return parseFacts(text, { machine: machine.machine, ...(container === undefined ? {} : { container }) });
  } catch (error) {
    if (!(error instanceof TareError)) throw error;
    const { code, detail } = error.failure;
    throw new TareError(code, `${place(machine, container)}: ${error.message}`, {
      host: machine.name,
      ...(detail === undefined ? {} : { detail }),
      cause: error,
    });
  }
}

/** The script enters on standard input: the container's file system stays as it is. */
async function insideContainer(
  machine: RemoteMachine,
  script: string,
  container: string,
  signal: AbortSignal,
): Promise<Command> {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(container)) {
    throw new TareError("INPUT_INVALID", `"${container}" cannot be the name of a container.`, {
      host: machine.name,
    });
  }
  const text = new TextDecoder().decode(await machine.readFile(script, signal));
  return { argv: ["docker", "exec", "-i", container, "sh", "-s"], stdin: text };
}

async function printed(
  machine: RemoteMachine,
  command: Command,
  options: { signal: AbortSignal; container?: string },
): Promise<string> {
  const result = await asRootWherePossible(machine, command, options.signal);
  if (result.status === 0) return result.stdout;
  throw new TareError(
    "TOOL_FAILED",
    `${place(machine, options.container)}: the probe of its facts ended with status ${result.status}. Run the script by hand to see why.`,
    { host: machine.name, detail: result.stderr.split("\n").slice(-20).join("\n") },
  );
}

async function asRootWherePossible(machine: RemoteMachine, command: Command, signal: AbortSignal) {
  const options = { signal, timeLimitSeconds: probeSeconds };
  try {
    return await machine.run({ ...command, root: true }, options);
  } catch (error) {
    if (!(error instanceof TareError) || error.code !== "ROOT_REFUSED") throw error;
    return machine.run(command, options);
  }
}

function place(machine: RemoteMachine, container: string | undefined): string {
  return container === undefined ? machine.name : `Container ${container} on ${machine.name}`;
}
