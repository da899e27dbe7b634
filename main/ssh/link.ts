// A connection that is kept: when it is lost it is made again, with growing pauses, and what can wait waits for it.
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "ssh2";
import { TareError } from "#shared/model/error.ts";
import { createChannelSlots, type ChannelSlots } from "./channel-slots.ts";
import type { LinkEvent } from "./connection-deps.ts";

/** sshd allows 10 sessions a connection; two are left for others. */
const mostChannels = 8;
const firstPauseMs = 200;
const longestPauseMs = 5000;
/** A login that is refused while a host boots may work a moment later; more often it never will. */
const refusedLogins = 5;

export interface Link {
  readonly name: string;
  readonly slots: ChannelSlots;
  /** The connection; waits while it is being made again. Throws LINK_LOST when that takes too long, HOST_KEY_*, CANCELLED. */
  client(signal: AbortSignal): Promise<Client>;
  close(): Promise<void>;
}

export interface LinkOptions {
  readonly name: string;
  /** Ends the link. */
  readonly signal: AbortSignal;
  readonly reconnectSeconds: number;
  readonly onLink?: ((event: LinkEvent) => void) | undefined;
  readonly log?: ((text: string) => void) | undefined;
  /** Makes the connection again, without asking anyone. */
  redial(signal: AbortSignal): Promise<Client>;
}

/** Takes over a client that is logged in. */
export function keepLink(first: Client, options: LinkOptions): Link {
  const { name } = options;
  const slots = createChannelSlots(mostChannels);
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  let current: Promise<Client> = Promise.resolve(first);
  let connected: Client | undefined = first;
  let givenUp = false;

  const adopt = (client: Client): void => {
    connected = client;
    // Without a listener an error would end the process; the close that follows it is what counts.
    let reason = "";
    client.on("error", (error) => (reason = error.message));
    client.once("close", () => {
      if (connected === client) connected = undefined;
      if (signal.aborted) return;
      const message = `The connection to ${name} was lost${reason === "" ? "" : `: ${reason}`}.`;
      options.log?.(message);
      options.onLink?.({ kind: "lost", message });
      renew();
    });
  };

  const renew = (): void => {
    givenUp = false;
    current = reconnect();
    // Whoever needs the connection meets the error; nobody may be waiting now.
    current.catch((error: unknown) => {
      givenUp = true;
      options.log?.(`${name}: ${String(error)}`);
    });
  };

  const reconnect = async (): Promise<Client> => {
    const lostAt = performance.now();
    const deadline = lostAt + options.reconnectSeconds * 1000;
    let pause = firstPauseMs;
    let refused = 0;
    for (;;) {
      await sleep(pause, undefined, { signal });
      pause = Math.min(pause * 2, longestPauseMs);
      try {
        const client = await options.redial(signal);
        slots.reset();
        adopt(client);
        options.onLink?.({ kind: "restored", seconds: (performance.now() - lostAt) / 1000 });
        return client;
      } catch (error) {
        if (signal.aborted || !(error instanceof TareError)) throw error;
        if (error.code === "AUTHENTICATION_FAILED") refused += 1;
        if (refused === refusedLogins || isFinal(error)) throw error;
        if (performance.now() > deadline)
          throw new TareError(
            "LINK_LOST",
            `The connection to ${name} was lost and could not be made again within ${options.reconnectSeconds} s: ${error.message}`,
            { host: name, cause: error },
          );
      }
    }
  };

  const end = (): void => {
    connected?.end();
  };
  options.signal.addEventListener("abort", end, { once: true });
  adopt(first);

  return {
    name,
    slots,
    async client(callSignal) {
      if (ending.signal.aborted)
        throw new TareError("CANCELLED", `The connection to ${name} is closed.`, { host: name });
      // A host that was given up is tried again when somebody asks for it the next time.
      if (givenUp) renew();
      return orAborted(current, callSignal);
    },
    async close() {
      options.signal.removeEventListener("abort", end);
      ending.abort();
      const client = connected;
      if (client === undefined) return;
      const closed = new Promise<void>((resolve) => client.once("close", () => resolve()));
      client.end();
      const late = setTimeout(() => client.destroy(), 2000);
      await closed;
      clearTimeout(late);
    },
  };
}

function isFinal(error: TareError): boolean {
  return ["HOST_KEY_CHANGED", "HOST_KEY_REVOKED", "HOST_KEY_UNKNOWN", "SECRET_MISSING", "CANCELLED"].includes(
    error.code,
  );
}

/** The promise's value, or the signal's reason where it aborts first. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason as Error);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
