// Opening a channel for a command: waits for the connection, for a place, and for a server that refuses for now.
import { setTimeout as sleep } from "node:timers/promises";
import type { ClientChannel } from "ssh2";
import { TareError } from "#shared/model/error.ts";
import { orAborted, type Link } from "./link.ts";

/** A server that refuses while nothing of ours is open is given so long. */
const patienceMs = 30_000;

export interface OpenChannel {
  readonly channel: ClientChannel;
  /** Gives the place back; the channel must be closed by then. */
  release(): void;
}

/**
 * Runs one fixed shell line on the host. It must be Tare's own text, without anything a person typed.
 * Nothing has been run when this throws UNSUPPORTED, LINK_LOST or the signal's reason.
 */
export async function openChannel(
  link: Link,
  line: string,
  options: { readonly signal: AbortSignal; readonly onYield?: () => void },
): Promise<OpenChannel> {
  const begun = performance.now();
  for (;;) {
    const client = await link.client(options.signal);
    const release = await link.slots.acquire(options);
    const { promise, resolve, reject } = Promise.withResolvers<ClientChannel>();
    try {
      client.exec(line, (error, channel) => (error === undefined ? resolve(channel) : reject(error)));
      return { channel: await orAborted(promise, options.signal), release };
    } catch (error) {
      if (options.signal.aborted) {
        // A channel that comes too late is closed; only then is its place free.
        void promise.then((channel) => channel.once("close", release).close(), release);
        throw error;
      }
      const refused = error instanceof Error && "reason" in error;
      if (refused) link.slots.refused();
      release();
      if (!(error instanceof Error)) throw error;
      // Nothing has been run yet: exec.sh still waits for its arguments. With another connection it is tried again.
      await sleep(refused ? 50 : 20, undefined, { signal: options.signal });
      if ((await link.client(options.signal)) !== client) continue;
      if (!refused && error.message !== "Not connected")
        throw new TareError("UNSUPPORTED", `${link.name} refuses to run commands: ${error.message}.`, {
          host: link.name,
          cause: error,
        });
      if (performance.now() - begun > patienceMs)
        throw new TareError(
          "UNSUPPORTED",
          `${link.name} refuses every session (${error.message}); its sshd may allow none (MaxSessions).`,
          { host: link.name, cause: error },
        );
    }
  }
}
