// Waits for a guest that was started, and connects to it through the SUT.
import { setTimeout as sleep } from "node:timers/promises";
import type { EnvironmentContext } from "#shared/environments/environment.ts";
import { guestSshEndpoint } from "#shared/environments/guest-network.ts";
import { guestFiles, sessionFolder, sessionName } from "#shared/environments/names.ts";
import type { KvmConfiguration } from "#shared/model/configuration.ts";
import { TareError, toFailure, type ErrorCode } from "#shared/model/error.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";

/** How a guest is reached: an SSH server behind the SUT, with the keys that were made for this session. */
export interface GuestEndpoint {
  readonly address: string;
  readonly port: number;
  readonly user: "root";
  /** OpenSSH private key; its file stays on the SUT. */
  readonly privateKey: string;
  /** The only host key that is right: `ssh-ed25519 AAAA… comment`. */
  readonly hostKey: string;
}

/** Connects through the SUT; the connection is the caller's to close, and ends when the signal aborts. */
export type ConnectGuest = (guest: GuestEndpoint, signal: AbortSignal) => Promise<RemoteMachine>;

/** What a guest that is still booting may answer; an attempt that took too long is cancelled. */
const notYet: ReadonlySet<ErrorCode> = new Set(["ADDRESS_UNREACHABLE", "LINK_LOST", "CANCELLED"]);
const attemptMs = 20_000;

/** Throws TIME_LIMIT where the guest does not answer in time, TOOL_FAILED where it ended; both carry its last words. */
export async function connectWhenUp(options: {
  readonly context: EnvironmentContext<KvmConfiguration>;
  readonly sut: RemoteMachine;
  readonly connectGuest: ConnectGuest;
  readonly limitSeconds: number;
  readonly signal: AbortSignal;
}): Promise<RemoteMachine> {
  const { context, sut, connectGuest, limitSeconds, signal } = options;
  const files = guestFiles(sessionFolder(context), context.configuration.storage.format);
  const text = async (path: string) => new TextDecoder().decode(await sut.readFile(path, signal));
  const endpoint: GuestEndpoint = {
    ...guestSshEndpoint(context.configuration, context.lab),
    user: "root",
    privateKey: await text(files.clientKey),
    hostKey: (await text(files.hostKey)).trim(),
  };
  const deadline = performance.now() + limitSeconds * 1000;
  for (;;) {
    try {
      return await attempt(connectGuest, endpoint, signal);
    } catch (error) {
      signal.throwIfAborted();
      const failure = toFailure(error);
      if (!notYet.has(failure.code)) throw error;
      await mustRun(sut, context, files.console, signal);
      if (performance.now() > deadline)
        throw new TareError(
          "TIME_LIMIT",
          `The guest did not answer on ${endpoint.address}:${endpoint.port} within ${limitSeconds} s: ${failure.message}`,
          { host: sut.name, detail: await lastWords(sut, context, files.console, signal), cause: error },
        );
    }
    await sleep(500, undefined, { signal });
  }
}

/** The time limit holds until the connection is there; afterwards only `signal` ends it. */
async function attempt(
  connectGuest: ConnectGuest,
  endpoint: GuestEndpoint,
  signal: AbortSignal,
): Promise<RemoteMachine> {
  const tooLong = new AbortController();
  const timer = setTimeout(() => tooLong.abort(), attemptMs);
  try {
    return await connectGuest(endpoint, AbortSignal.any([signal, tooLong.signal]));
  } finally {
    clearTimeout(timer);
  }
}

/** A guest that has ended will not answer any more. */
async function mustRun(
  sut: RemoteMachine,
  context: EnvironmentContext,
  console: string,
  signal: AbortSignal,
): Promise<void> {
  const argv = ["virsh", "--connect", "qemu:///system", "domstate", sessionName(context)];
  const { status, stdout } = await sut.run({ argv, root: true }, { signal });
  const state = stdout.trim();
  if (status === 0 && (state === "running" || state === "paused")) return;
  throw new TareError("TOOL_FAILED", `The guest on ${sut.name} ended while it booted (${state}).`, {
    host: sut.name,
    detail: await lastWords(sut, context, console, signal),
  });
}

async function lastWords(
  sut: RemoteMachine,
  context: EnvironmentContext,
  console: string,
  signal: AbortSignal,
): Promise<string> {
  const script = await sut.script("guest-log.sh", signal);
  const { stdout, stderr } = await sut.run(
    { argv: ["sh", script, "show", sessionName(context), console], root: true },
    { signal },
  );
  return `${stdout}${stderr}`;
}
