// Brings the environment of one session up, waits until programs can run in it, and takes it down again.
import type { Environment, EnvironmentContext } from "#shared/environments/environment.ts";
import { sessionName } from "#shared/environments/names.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import { readStartUp, type StartUp } from "#shared/environments/start-up.ts";
import type { ChangeRecord } from "#shared/model/change.ts";
import type { Command } from "#shared/model/command.ts";
import type { Configuration, KvmConfiguration } from "#shared/model/configuration.ts";
import { TareError } from "#shared/model/error.ts";
import type { Changer } from "#main/hosts/changes.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { connectWhenUp, type ConnectGuest } from "./guest-connection.ts";
import { ensureGuestImage } from "./guest-image.ts";

export interface StartOptions {
  readonly context: EnvironmentContext;
  readonly sut: RemoteMachine;
  readonly changer: Pick<Changer, "apply" | "undoAll">;
  readonly connectGuest: ConnectGuest;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string, share: number | null) => void;
}

export interface RunningEnvironment {
  /** Where `enter`'s commands and their jobs run: the SUT, or the guest. */
  readonly machine: RemoteMachine;
  readonly serverAddress: string;
  readonly accelerator: EnvironmentContext["accelerator"];
  readonly cpus: number;
  /** From the first change to the moment when programs can run. */
  readonly seconds: number;
  /** By the SUT's clock, to the first answer on a port inside; null where none came in time, or it was started earlier. */
  readonly startUp: StartUp | null;
  /** Name of the container, where there is one. */
  readonly container: string | null;
  /** What was changed for it, oldest first. */
  readonly records: readonly ChangeRecord[];
  enter(argv: readonly string[]): Command;
  /** Lets go of it and leaves it running, for `attachEnvironment` to find again. */
  detach(): Promise<void>;
  /** Undoes all of it, newest first. Throws UNDO_FAILED after trying everything, LINK_LOST where the SUT cannot be asked. */
  stop(signal: AbortSignal): Promise<void>;
}

/** Under emulation a guest needs several times as long. */
const guestLimitSeconds = { none: 120, kvm: 120, tcg: 300 } as const;
const cleanUpMs = 300_000;

/**
 * Applies the environment's changes in order and waits until it is ready. Where anything fails, what was done is undone
 * in reverse before the error is thrown; where the link is lost, the journals remember it for the next connect.
 * Throws UNDO_FAILED where taking it back failed: what is left would disturb the next session.
 */
export async function startEnvironment(options: StartOptions): Promise<RunningEnvironment> {
  const { context, sut, changer, signal, onProgress } = options;
  if (isGuest(context))
    await ensureGuestImage(sut, context.userlandFolder, context.configuration.storage.format, {
      signal,
      onProgress,
    });
  const begun = performance.now();
  const records: ChangeRecord[] = [];
  const environment = environmentOf(context.configuration);
  let startUp: StartUp | null = null;
  const onOutput = (text: string) => {
    startUp = readStartUp(text) ?? startUp;
  };
  try {
    for (const change of environment.changes(context)) {
      onProgress(change.title, null);
      records.push(await changer.apply(change, signal, { onOutput }));
    }
    const baseline = environment.startUpBaseline?.(context);
    if (baseline !== undefined) onOutput(await outputInTime(sut, baseline, signal));
    return await whenReady(options, records, { begun, startUp });
  } catch (error) {
    await takeDown(options, records, error);
    throw error;
  }
}

/** What a command printed; nothing where its time was over: a start-up time that cannot be had fails no session. */
async function outputInTime(machine: RemoteMachine, command: Command, signal: AbortSignal): Promise<string> {
  try {
    return (await machine.run(command, { signal })).stdout;
  } catch (error) {
    if (error instanceof TareError && error.code === "TIME_LIMIT") return "";
    throw error;
  }
}

/** Takes up an environment that an earlier process started and left running, without changing anything. */
export async function attachEnvironment(
  options: StartOptions & { readonly records: readonly ChangeRecord[] },
): Promise<RunningEnvironment> {
  return await whenReady(options, options.records, { begun: performance.now(), startUp: null });
}

async function whenReady(
  options: StartOptions,
  records: readonly ChangeRecord[],
  { begun, startUp }: { readonly begun: number; readonly startUp: StartUp | null },
): Promise<RunningEnvironment> {
  const { context, sut, changer, connectGuest, signal, onProgress } = options;
  const environment: Environment = environmentOf(context.configuration);
  const { facts, configuration } = context;
  if (facts === null)
    throw new TareError("INTERNAL", "An environment was started before the facts of its host were known.");
  onProgress(`Waiting for ${configuration.label}`, null);
  const limitSeconds = guestLimitSeconds[context.accelerator];
  const machine = isGuest(context)
    ? await connectWhenUp({ context, sut, connectGuest, limitSeconds, signal })
    : sut;
  const close = async () => {
    if (machine !== sut) await machine.close();
  };
  try {
    await mustEnter(machine, environment.enter(context, ["true"]), configuration.label, signal);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    machine,
    serverAddress: environment.serverAddress(context),
    accelerator: context.accelerator,
    cpus: environment.cpus(configuration, facts),
    seconds: (performance.now() - begun) / 1000,
    startUp,
    container: configuration.environment === "docker" ? sessionName(context) : null,
    records,
    enter: (argv) => environment.enter(context, argv),
    detach: close,
    async stop(stopSignal) {
      await close();
      throwUndoFailures(await changer.undoAll(records, stopSignal), sut.name);
    },
  };
}

function isGuest(context: EnvironmentContext): context is EnvironmentContext<KvmConfiguration> {
  const { environment }: Configuration = context.configuration;
  return environment === "kvm";
}

/** A program must run in it before a workload does. */
async function mustEnter(
  machine: RemoteMachine,
  command: Command,
  label: string,
  signal: AbortSignal,
): Promise<void> {
  const { status, stderr } = await machine.run(command, { signal });
  if (status === 0) return;
  throw new TareError(
    "TOOL_FAILED",
    `No program can run in ${label} on ${machine.name}: ${stderr.trim().split("\n").at(-1) ?? ""} (exit status ${status}).`,
    { host: machine.name, detail: stderr },
  );
}

async function takeDown(
  { changer, sut }: StartOptions,
  records: readonly ChangeRecord[],
  error: unknown,
): Promise<void> {
  if (error instanceof TareError && error.code === "LINK_LOST") return;
  throwUndoFailures(await changer.undoAll(records, AbortSignal.timeout(cleanUpMs)), sut.name);
}

function throwUndoFailures(
  { failures }: Pick<Awaited<ReturnType<Changer["undoAll"]>>, "failures">,
  host: string,
): void {
  const [first] = failures;
  if (first === undefined) return;
  const code = failures.some(({ failure }) => failure.code === "LINK_LOST") ? "LINK_LOST" : "UNDO_FAILED";
  throw new TareError(code, first.failure.message, {
    host,
    detail: failures.map(({ failure }) => failure.message).join("\n"),
  });
}
