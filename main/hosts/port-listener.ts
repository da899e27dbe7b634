// Tare's listener on the SUT, as a job that ends by itself: what the load generator tries to reach before a campaign.
import { randomUUID } from "node:crypto";
import { ensureKernels } from "../workloads/kernels.ts";
import type { RemoteMachine } from "./machine.ts";
import { portName, type ReachPort } from "#shared/environments/reach-plan.ts";
import { readListening, type Listening } from "#shared/facts/reach-reading.ts";
import { TareError } from "#shared/model/error.ts";

/** The listener's own limit, and so the longest that it can outlive Tare. */
const lifeSeconds = 20;
const jobs = "reach/";

export interface PortListener {
  /** How it fared with each port, by `tcp/6379`. */
  readonly ports: ReadonlyMap<string, Listening>;
  /** Ends it and removes what its job left; resolves when nothing of it is left. */
  stop(): Promise<void>;
}

/** Resolves when it listens. Throws TareErrors of the machine, of the compiler, and TOOL_FAILED where it does not start. */
export async function startPortListener(
  machine: RemoteMachine,
  ports: readonly ReachPort[],
  signal: AbortSignal,
): Promise<PortListener> {
  const { folder } = await ensureKernels(machine, { signal, only: ["port-listener"] });
  const script = await machine.script("port-listener.sh", signal);
  // Of a test that was killed half-way.
  await machine.jobs.removeEnded(jobs, signal);
  const id = `${jobs}${randomUUID()}`;
  const watching = new AbortController();
  const stop = async () => {
    watching.abort();
    // Also where the test itself was cancelled.
    const until = AbortSignal.timeout(20_000);
    if ((await machine.jobs.cancel(id, until)) !== null) await machine.jobs.remove(id, until);
  };
  try {
    const named = ports.map((each) => `${portName(each)}/${each.bind}`);
    await machine.jobs.start(
      id,
      { argv: ["sh", script, folder, String(lifeSeconds), ...named], root: true },
      { timeLimitSeconds: lifeSeconds + 10, signal },
    );
    return { ports: await untilReady(machine, id, AbortSignal.any([signal, watching.signal])), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Follows the job until it says that it is ready. */
async function untilReady(
  machine: RemoteMachine,
  id: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Listening>> {
  const said = { stdout: "", stderr: "" };
  const ready = Promise.withResolvers<ReadonlyMap<string, Listening>>();
  const following = new AbortController();
  machine.jobs
    .follow(id, {
      signal: AbortSignal.any([signal, following.signal]),
      onOutput: (stream, text) => {
        said[stream] += text;
        const found = readListening(said.stdout);
        if (found !== null) ready.resolve(found);
      },
    })
    .then(({ status }) => {
      const detail = `${said.stdout}${said.stderr}`.slice(-2000);
      ready.reject(
        new TareError(
          "TOOL_FAILED",
          `Tare's listener on ${machine.name} ended with status ${status} before it listened.`,
          { host: machine.name, detail },
        ),
      );
    }, ready.reject);
  try {
    return await ready.promise;
  } finally {
    following.abort();
  }
}
