// Connects to a guest, through the SUT, with the key that Tare made for it and the host key that it must show.
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "ssh2";
import { TareError } from "#shared/model/error.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import type { HostMachine } from "./connect-host.ts";
import type { ConnectionDeps } from "./connection-deps.ts";
import { dial, targetName } from "./dial.ts";
import { orCancelled } from "./endings.ts";
import { keepLink } from "./link.ts";
import { createRemoteMachine } from "./remote-machine.ts";
import { readScripts } from "./scripts.ts";
import { ownScriptsFolder } from "./connect-host.ts";

export interface GuestOptions extends Pick<
  ConnectionDeps,
  "signal" | "scriptsFolder" | "log" | "onLink" | "reconnectSeconds"
> {
  readonly address: string;
  readonly port: number;
  readonly user: "root";
  /** Private key, in OpenSSH's format. */
  readonly privateKey: string;
  /** The one right host key: type and base64, as in a .pub file. */
  readonly hostKey: string;
  /** How long a guest that does not answer yet is tried. Default 0: once. */
  readonly waitSeconds?: number;
}

/** Throws ADDRESS_UNREACHABLE after `waitSeconds`, HOST_KEY_CHANGED, AUTHENTICATION_FAILED, CANCELLED. */
export async function connectGuest(sut: HostMachine, options: GuestOptions): Promise<RemoteMachine> {
  const { address, port, user } = options;
  const name = targetName(options);
  const scripts = readScripts(options.scriptsFolder ?? ownScriptsFolder());
  const target = {
    address,
    port,
    user,
    auth: { kind: "given-key", privateKey: options.privateKey },
    hostKey: Buffer.from(options.hostKey.trim().split(/\s+/)[1] ?? "", "base64"),
  } as const;
  const connect = (signal: AbortSignal): Promise<Client> =>
    orCancelled(
      name,
      dial(target, {
        ask: () =>
          Promise.reject(new TareError("INTERNAL", `${name} asked for something that only a person knows.`)),
        knownHostsPath: "/dev/null",
        secrets: new Map(),
        agentSocket: undefined,
        signal,
        through: (until) => sut.forward(address, port, until),
        ...(options.log && { log: options.log }),
      }),
    );
  const first = await patiently(connect, options.waitSeconds ?? 0, options.signal, name);
  const link = keepLink(first, {
    name,
    signal: options.signal,
    reconnectSeconds: options.reconnectSeconds ?? 600,
    onLink: options.onLink,
    log: options.log,
    redial: connect,
  });
  return createRemoteMachine(link, {
    machine: "guest",
    user,
    become: "own",
    scripts,
    signal: options.signal,
    log: options.log,
  });
}

async function patiently(
  connect: (signal: AbortSignal) => Promise<Client>,
  seconds: number,
  signal: AbortSignal,
  name: string,
): Promise<Client> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await connect(signal);
    } catch (error) {
      const booting = error instanceof TareError && error.code === "ADDRESS_UNREACHABLE";
      if (!booting || performance.now() > deadline) throw error;
    }
    await orCancelled(name, sleep(250, undefined, { signal }));
  }
}
