// A server with one listener (nuttcp) closes it for a moment between two clients: the next one must not come too early.
import type { RunningEnvironment } from "#main/environments/start-environment.ts";
import { setTimeout as delay } from "node:timers/promises";
import { listensOn } from "#shared/environments/listening.ts";
import { TareError } from "#shared/model/error.ts";

const patienceMs = 20_000;

/** Looks without connecting, so that the server does not notice. Throws TareError TOOL_FAILED where it does not listen within 20 s. */
export async function waitUntilListening(
  environment: Pick<RunningEnvironment, "machine" | "enter">,
  port: number,
  signal: AbortSignal,
): Promise<void> {
  const { machine } = environment;
  const command = environment.enter(["cat", "/proc/net/tcp", "/proc/net/tcp6"]);
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { stdout } = await machine.run(command, { signal, idempotent: true });
    if (listensOn(stdout, port)) return;
    if (performance.now() > deadline) break;
    await delay(100, undefined, { signal });
  }
  throw new TareError(
    "TOOL_FAILED",
    `No server listens on port ${port} on ${machine.name} after ${patienceMs / 1000} s.`,
    {
      host: machine.name,
    },
  );
}
