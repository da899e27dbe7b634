// Connects to a host of the lab, directly or through its jump host.
import { homedir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Client } from "ssh2";
import type { Host, HostRole } from "#shared/model/lab.ts";
import { TareError } from "#shared/model/error.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import type { Ask, ConnectionDeps, Secrets } from "./connection-deps.ts";
import { dial, targetName, unreachable, type DialDeps, type DialStage } from "./dial.ts";
import { orCancelled } from "./endings.ts";
import { keepLink, type Link } from "./link.ts";
import { createRemoteMachine } from "./remote-machine.ts";
import { readScripts } from "./scripts.ts";

/** A host, which can also carry connections to machines behind it. */
export interface HostMachine extends RemoteMachine {
  /** A byte stream to an address as the host reaches it. */
  forward(address: string, port: number, signal: AbortSignal): Promise<Duplex>;
}

export type ConnectHostDeps = ConnectionDeps & { readonly onStage?: (stage: DialStage) => void };

/** Throws ADDRESS_UNREACHABLE, HOST_KEY_*, AUTHENTICATION_FAILED, SECRET_MISSING, CANCELLED. */
export async function connectHost(
  host: Host,
  machine: HostRole,
  deps: ConnectHostDeps,
): Promise<HostMachine> {
  const name = targetName(host);
  const secrets: Secrets = deps.secrets ?? new Map();
  const scripts = readScripts(deps.scriptsFolder ?? ownScriptsFolder());
  const connect = (ask: Ask, signal: AbortSignal, onStage?: DialDeps["onStage"]): Promise<Client> =>
    orCancelled(
      name,
      dialHost(host, { ...dialDeps(deps, secrets), ask, signal, ...(onStage && { onStage }) }),
    );
  const first = await connect(deps.ask, deps.signal, deps.onStage);
  const link = keepLink(first, {
    name,
    signal: deps.signal,
    reconnectSeconds: deps.reconnectSeconds ?? 600,
    onLink: deps.onLink,
    log: deps.log,
    redial: (signal) => connect(nobodyToAsk(name), signal),
  });
  const remote = createRemoteMachine(link, {
    machine,
    user: host.user,
    become: host.become,
    scripts,
    signal: deps.signal,
    log: deps.log,
  });
  return { ...remote, forward: (address, port, signal) => forward(link, address, port, signal) };
}

/** assets/host of this checkout; a packaged application gives its own folder. */
export function ownScriptsFolder(): string {
  return fileURLToPath(new URL("../../assets/host", import.meta.url));
}

/** ~/.ssh/known_hosts, which Tare reads and never writes. */
function userKnownHosts(): string {
  return join(homedir(), ".ssh", "known_hosts");
}

function dialDeps(deps: ConnectionDeps, secrets: Secrets): Omit<DialDeps, "ask" | "signal"> {
  return {
    secrets,
    knownHostsPath: deps.knownHostsPath,
    otherKnownHosts: deps.otherKnownHosts ?? [userKnownHosts()],
    agentSocket: "agentSocket" in deps ? deps.agentSocket : process.env["SSH_AUTH_SOCK"],
    ...(deps.log && { log: deps.log }),
  };
}

async function dialHost(host: Host, deps: DialDeps): Promise<Client> {
  const { jump } = host;
  if (jump === undefined) return dial(host, deps);
  const { onStage: _, ...jumpDeps } = deps;
  const carrier = await dial(jump, jumpDeps);
  // An error of the jump host's connection closes the streams through it, where it is dealt with.
  carrier.on("error", (error) => deps.log?.(`${targetName(jump)}: ${error.message}`));
  try {
    const client = await dial(host, {
      ...deps,
      through: (signal) => throughClient(carrier, targetName(jump), host.address, host.port, signal),
    });
    client.once("close", () => carrier.end());
    return client;
  } catch (error) {
    carrier.end();
    throw error;
  }
}

async function forward(link: Link, address: string, port: number, signal: AbortSignal): Promise<Duplex> {
  return throughClient(await link.client(signal), link.name, address, port, signal);
}

async function throughClient(
  client: Client,
  name: string,
  address: string,
  port: number,
  signal: AbortSignal,
): Promise<Duplex> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
  const abort = () => reject(signal.reason as Error);
  signal.addEventListener("abort", abort, { once: true });
  const there = address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
  try {
    client.forwardOut("127.0.0.1", 0, address, port, (error, stream) => {
      if (error !== undefined)
        return reject(unreachable(there, `cannot be reached through ${name}: ${error.message}`, error));
      // A stream that comes too late is not left open.
      if (signal.aborted) stream.destroy();
      resolve(stream);
    });
    return await promise;
  } catch (error) {
    if (error instanceof Error && error.message === "Not connected")
      throw unreachable(there, `cannot be reached: the connection to ${name} is lost`, error);
    throw error;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function nobodyToAsk(name: string): Ask {
  return (question) =>
    Promise.reject(
      new TareError(
        question.kind === "host-key" ? "HOST_KEY_UNKNOWN" : "SECRET_MISSING",
        `The connection to ${name} was lost, and making it again needs an answer that was not kept.`,
        { host: name },
      ),
    );
}
