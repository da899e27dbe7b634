// The same programs as a run, typed by hand: over plain ssh, into the same environment, without Tare's jobs and samplers.
import { setTimeout as sleep } from "node:timers/promises";
import { environmentOf } from "#shared/environments/registry.ts";
import type { EnvironmentContext } from "#shared/environments/environment.ts";
import { commandText, type Command } from "#shared/model/command.ts";
import type { Machine } from "#shared/model/lab.ts";
import type { Measurement } from "#shared/model/measurement.ts";
import type { Condition } from "#shared/model/workload.ts";
import { bindCondition } from "#shared/workloads/registry.ts";
import type { BenchLab } from "./bench-lab.ts";
import { type Child, type HandSsh, mustSucceed, openHandSsh, outcome, type Printed } from "./hand-ssh.ts";
import { serverByHand, typedByHand } from "./typed-by-hand.ts";
import { commandsOf, type Session } from "./session.ts";

export interface HandRun {
  readonly measurements: readonly Measurement[];
  /** From the first command to the server's end. */
  readonly wallSeconds: number;
}

export type ByHand = (condition: Condition) => Promise<HandRun>;

/** Opens connections and starts a container where one by hand can stand beside the session's own; `undo` takes both away. */
export async function openByHand(
  bench: BenchLab,
  session: Session,
  undo: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<ByHand> {
  const ssh = await openHandSsh(bench, session.guest, undo);
  const context = await ownContainer(session.context, ssh, undo);
  return (condition) => runByHand(bench, context, ssh, condition, signal);
}

/**
 * In Docker with the host's network: a container of the same image with the same arguments, started by hand. Published
 * ports have room for one container only, so there the session's own is used, as the SUT and the guest are.
 */
async function ownContainer(
  context: EnvironmentContext,
  ssh: HandSsh,
  undo: AsyncDisposableStack,
): Promise<EnvironmentContext> {
  const { configuration } = context;
  if (configuration.environment !== "docker" || configuration.network.mode !== "host") return context;
  const own = { ...context, slot: `${context.slot}-hand` };
  for (const { kind, apply, undo: back } of environmentOf(configuration).changes(own)) {
    // Image and pages are the session's.
    if (kind !== "container" && kind !== "file") continue;
    undo.defer(async () => {
      for (const command of back) await type(ssh, "sut", command, [0]);
    });
    for (const command of apply) await type(ssh, "sut", command, [0]);
  }
  return own;
}

async function runByHand(
  bench: BenchLab,
  context: EnvironmentContext,
  ssh: HandSsh,
  condition: Condition,
  signal: AbortSignal,
): Promise<HandRun> {
  const commands = commandsOf(bench, context, condition);
  const address = environmentOf(context.configuration).serverAddress(context);
  const begun = performance.now();
  const servers: Child[] = [];
  let raw = { stdout: "", stderr: "" };
  try {
    for (const { phase, machine, command, okStatus, readyPort } of commands) {
      if (phase === "finish") continue;
      signal.throwIfAborted();
      if (readyPort !== undefined) {
        // A terminal of its own: over a shared connection Ctrl+C does not get through.
        servers.push(ssh(machine, ["-S", "none", "-tt"], lineOf(serverByHand(command))));
        await waitForPort(ssh, address, readyPort, signal);
        continue;
      }
      const printed = await typeUntilHeard(ssh, machine, typedByHand(command), okStatus, signal);
      if (phase === "measure") raw = printed;
    }
  } finally {
    for (const server of servers) await interrupt(server);
    for (const { phase, machine, command, okStatus } of commands)
      if (phase === "finish") await type(ssh, machine, typedByHand(command), okStatus);
  }
  const { measurements } = bindCondition(condition).parse(raw);
  return { measurements, wallSeconds: (performance.now() - begun) / 1000 };
}

function type(
  ssh: HandSsh,
  machine: Machine,
  command: Command,
  okStatus: readonly number[],
  signal?: AbortSignal,
): Promise<Printed> {
  const line = lineOf(command);
  const { stdin = "" } = command;
  return mustSucceed(`${machine}: ${line}`, ssh(machine, [], line), okStatus, {
    stdin,
    ...(signal && { signal }),
  });
}

/** Again where a server refuses the connection: nuttcp's does for a moment after each client, and a guest's moment may be seconds. */
async function typeUntilHeard(...typed: Parameters<typeof type>): Promise<Printed> {
  for (let again = 0; ; again += 1) {
    try {
      return await type(...typed);
    } catch (error) {
      if (again === 10 || !String(error).includes("Connection refused")) throw error;
      await sleep(1000);
    }
  }
}

/** The lab's account is root, so what needs root is typed as it stands. */
function lineOf({ argv }: Command): string {
  return commandText({ argv });
}

/** As somebody would who waits for a prompt: try the port until it accepts. */
async function waitForPort(ssh: HandSsh, address: string, port: number, signal: AbortSignal): Promise<void> {
  const attempt = `exec 3<>/dev/tcp/${address}/${port}`;
  const line = `bash -c 'for i in $(seq 2400); do (${attempt}) 2>/dev/null && exit; sleep 0.05; done; exit 1'`;
  await mustSucceed(`waiting for port ${port}`, ssh("loadgen", [], line), [0], { signal });
}

/** nuttcp takes the first Ctrl+C for the end of a transfer; MariaDB ends at Ctrl+\ only. */
const keys = ["\u0003", "\u0003", "\u0003", "\u0003", "\u001c"] as const;

/** Ctrl+C on the server's terminal until it ends. */
async function interrupt(server: Child): Promise<void> {
  let ended = false;
  const end = outcome(server).then(() => (ended = true));
  for (let presses = 0; presses < 40 && !ended; presses += 1) {
    server.stdin.write(keys[presses % keys.length] ?? "");
    const settled = new AbortController();
    await Promise.race([end, sleep(500, null, { signal: settled.signal }).catch(() => null)]);
    settled.abort();
  }
  if (ended) return;
  server.kill();
  throw new Error("A server that was started by hand did not end within 20 s of Ctrl+C.");
}
