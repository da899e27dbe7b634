// One SSH connection: reach the server, verify its key, log in. Questions are asked between attempts,
// with the connection closed, so that neither side's time limits run while a person thinks.
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import ssh2 from "ssh2";
import type { Client, ServerHostKeyAlgorithm } from "ssh2";
import type { Endpoint } from "#shared/model/lab.ts";
import { TareError } from "#shared/model/error.ts";
import { createAuthentication, type GivenKey } from "./authentication.ts";
import type { ConnectionDeps, Secrets } from "./connection-deps.ts";
import { createHostKeyCheck, type HostKeyCheck } from "./host-key-check.ts";

const reachMs = 15_000;
const handshakeMs = 30_000;

const hostKeyAlgorithms: readonly ServerHostKeyAlgorithm[] = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "rsa-sha2-512",
  "rsa-sha2-256",
  "ssh-rsa",
];

export type DialStage = "reach" | "host key" | "log in";

/** Where to connect, how to log in, and, for a guest, the only key that is right. */
export type DialTarget = Pick<Endpoint, "address" | "port" | "user"> & {
  readonly auth: Endpoint["auth"] | GivenKey;
  /** The key in wire format that the server must show; absent: known_hosts decides. */
  readonly hostKey?: Buffer;
};

export interface DialDeps extends Pick<ConnectionDeps, "ask" | "knownHostsPath" | "otherKnownHosts" | "log"> {
  readonly secrets: Secrets;
  readonly agentSocket: string | undefined;
  readonly signal: AbortSignal;
  /** Opens the byte stream to the server; absent: TCP from here. */
  readonly through?: (signal: AbortSignal) => Promise<Duplex>;
  readonly onStage?: (stage: DialStage) => void;
}

/** `user@address:port`, as messages name a server. */
export function targetName(target: Pick<Endpoint, "address" | "port" | "user">): string {
  const address = target.address.includes(":") ? `[${target.address}]` : target.address;
  return `${target.user}@${address}:${target.port}`;
}

/**
 * A client that is logged in. Its owner ends it.
 * Throws ADDRESS_UNREACHABLE, HOST_KEY_*, AUTHENTICATION_FAILED, SECRET_MISSING, CANCELLED.
 */
export async function dial(target: DialTarget, deps: DialDeps): Promise<Client> {
  const name = targetName(target);
  const authentication = createAuthentication(target, name, deps);
  const check = createHostKeyCheck(target, name, deps);
  for (;;) {
    deps.signal.throwIfAborted();
    // A secret is asked for only once the host has proved who it is.
    const prepared = await authentication.prepare(check.accepted());
    deps.onStage?.("reach");
    const stream = await (deps.through?.(deps.signal) ?? openSocket(target, name, deps.signal));
    deps.onStage?.("host key");
    const { next, report } = authentication.handler();
    const attempt = prepared ? next : undefined;
    const outcome = await handshake(stream, target, name, check, attempt, deps);
    if (outcome.kind === "ready") return outcome.client;
    if (outcome.kind === "host key shown") continue;
    if (outcome.kind === "host key refused") await check.ask(deps.signal);
    else if (!authentication.canRetry())
      throw new TareError("AUTHENTICATION_FAILED", `${name} refused the login. ${report()}`, { host: name });
  }
}

type Outcome =
  | { kind: "ready"; client: Client }
  | { kind: "host key shown" }
  | { kind: "host key refused" }
  | { kind: "login refused" };

/** One attempt. Without `next` it ends as soon as the host has proved its key. */
async function handshake(
  stream: Duplex,
  target: DialTarget,
  name: string,
  check: HostKeyCheck,
  next: ReturnType<ReturnType<typeof createAuthentication>["handler"]>["next"] | undefined,
  deps: DialDeps,
): Promise<Outcome> {
  const client = new ssh2.Client();
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const abort = () =>
    reject(new TareError("CANCELLED", `The connection to ${name} was cancelled.`, { host: name }));
  const timer = setTimeout(
    () => reject(unreachable(name, `did not finish the SSH handshake within ${handshakeMs / 1000} s`)),
    handshakeMs,
  );
  deps.signal.addEventListener("abort", abort);
  client.on("ready", () => resolve({ kind: "ready", client }));
  client.once("handshake", () => {
    deps.onStage?.("log in");
    if (next === undefined) resolve({ kind: "host key shown" });
  });
  client.on("error", (error: Error & { level?: string }) => {
    // ssh2 goes on to its next method after an error of the agent.
    if (error.level === "agent") return deps.log?.(`${name}: ${error.message}`);
    if (check.refused()) resolve({ kind: "host key refused" });
    else if (error.level === "client-authentication") resolve({ kind: "login refused" });
    else if (/too many authentication/i.test(error.message)) resolve({ kind: "login refused" });
    else reject(unreachable(name, `answered, but the SSH connection failed: ${error.message}`, error));
  });
  client.on("close", () => {
    if (check.refused()) resolve({ kind: "host key refused" });
    else reject(unreachable(name, "closed the connection during the login"));
  });
  try {
    client.connect({
      sock: stream,
      username: target.user,
      authHandler: next ?? ((_left, _partial, callback) => callback({ type: "none", username: target.user })),
      algorithms: { serverHostKey: check.prefer(hostKeyAlgorithms) as ServerHostKeyAlgorithm[] },
      hostVerifier: (key: Buffer) => check.verify(key),
      readyTimeout: 0,
      keepaliveInterval: 10_000,
      keepaliveCountMax: 3,
    });
    const outcome = await promise;
    if (outcome.kind !== "ready") discard(client, stream);
    return outcome;
  } catch (error) {
    discard(client, stream);
    throw error;
  } finally {
    clearTimeout(timer);
    deps.signal.removeEventListener("abort", abort);
  }
}

function discard(client: Client, stream: Duplex): void {
  client.end();
  stream.destroy();
}

async function openSocket(target: DialTarget, name: string, signal: AbortSignal): Promise<Socket> {
  const socket = connect({ host: target.address, port: target.port, noDelay: true });
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const abort = () =>
    reject(new TareError("CANCELLED", `The connection to ${name} was cancelled.`, { host: name }));
  const timer = setTimeout(
    () => reject(unreachable(name, `did not answer within ${reachMs / 1000} s`)),
    reachMs,
  );
  signal.addEventListener("abort", abort);
  const failed = (error: Error) => reject(unreachable(name, reasonOf(error), error));
  socket.once("error", failed);
  socket.once("connect", () => resolve(socket));
  try {
    return await promise;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    socket.off("error", failed);
  }
}

/** What stood in the way of a TCP connection, as the end of a sentence that begins with the host's name. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refused the connection: no SSH server listens on this port",
  ETIMEDOUT: "did not answer in time: the host is off, or a firewall drops the packets",
  EHOSTUNREACH: "cannot be reached: there is no route to the host, or it does not answer on its network",
  ENETUNREACH: "cannot be reached: there is no route to its network",
  ENOTFOUND: "cannot be found: its name does not resolve to an address",
  EAI_AGAIN: "cannot be found: the name server did not answer",
  ECONNRESET: "closed the connection before SSH began",
  EINVAL: "cannot be reached: the route to it is blocked on this machine",
  EACCES: "cannot be reached: this machine forbids the connection",
};

function reasonOf(error: Error): string {
  // With several addresses of one name, Node gives an AggregateError; its first part speaks for all.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = first instanceof Error && "code" in first ? String(first.code) : "";
  return reasons[code] ?? `cannot be reached: ${first instanceof Error ? first.message : String(first)}`;
}

export function unreachable(name: string, what: string, cause?: unknown): TareError {
  return new TareError("ADDRESS_UNREACHABLE", `${name} ${what}.`, { host: name, cause });
}
