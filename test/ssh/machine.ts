// Shared by the tests of the SSH layer: connects to the test's sshd with a host key that is already known.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "#shared/model/lab.ts";
import { TareError, type Failure } from "#shared/model/error.ts";
import { connectHost, type ConnectHostDeps, type HostMachine } from "#main/ssh/connect-host.ts";
import type { Answer, LinkEvent, Question } from "#main/ssh/connection-deps.ts";
import type { TestSshd } from "./sshd.ts";

export const forever = new AbortController().signal;

/** Everything a person was asked, what happened to the link, and what was logged. */
export interface Witness {
  readonly questions: Question[];
  readonly events: LinkEvent[];
  readonly log: string[];
}

export function witness(): Witness {
  return { questions: [], events: [], log: [] };
}

/** Writes a known_hosts file of the server's key as it is now. */
export function trust(...servers: readonly TestSshd[]): string {
  const path = join(servers[0]?.folder ?? "", "known");
  writeFileSync(path, servers.map((sshd) => `[127.0.0.1]:${sshd.port} ${sshd.hostKey()}\n`).join(""));
  return path;
}

export function depsFor(sshd: TestSshd, seen: Witness, answers: readonly Answer[] = []): ConnectHostDeps {
  const left = [...answers];
  return {
    ask(question) {
      seen.questions.push(question);
      return Promise.resolve(left.shift() ?? { kind: "dismiss" });
    },
    knownHostsPath: join(sshd.folder, "known"),
    otherKnownHosts: [],
    agentSocket: undefined,
    signal: forever,
    log: (text) => seen.log.push(text),
    onLink: (event) => seen.events.push(event),
    reconnectSeconds: 20,
  };
}

/** Connects to a server whose key is known. */
export function connected(
  sshd: TestSshd,
  changes: Partial<Host> = {},
  seen = witness(),
  more: Partial<ConnectHostDeps> = {},
): Promise<HostMachine> {
  trust(sshd);
  return connectHost(sshd.host(changes), "sut", { ...depsFor(sshd, seen), ...more });
}

/** The failure that a piece of work ends with. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof TareError) return error.failure;
    throw error;
  }
  throw new Error("it was expected to fail, and did not");
}
