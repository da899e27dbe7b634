// A server is ready when the load generator can connect to it: the same path that the measurement will take.
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { TareError } from "#shared/model/error.ts";

/** An emulated guest starts a server ten times as slowly, and slower still where the SUT is busy. */
const patienceOf = { native: 20, emulated: 120 } as const;

/**
 * Waits until the port accepts. Throws TareError TOOL_FAILED where the server ended or nobody answers within its patience,
 * TOOL_MISSING where the server's program is not there.
 */
export async function waitForPort(
  loadgen: RemoteMachine,
  target: {
    server: { machine: RemoteMachine; job: string; program: string };
    address: string;
    port: number;
    emulated: boolean;
    signal: AbortSignal;
  },
): Promise<void> {
  const { server, address, port, emulated, signal } = target;
  const patienceSeconds = emulated ? patienceOf.emulated : patienceOf.native;
  const script = await loadgen.script("wait-port.sh", signal);
  const command = { argv: ["bash", script, address, String(port), String(patienceSeconds)] };
  const result = await loadgen.run(command, {
    signal,
    timeLimitSeconds: patienceSeconds + 10,
    idempotent: true,
  });
  if (result.status === 0) return;
  const state = await server.machine.jobs.state(server.job, signal);
  if (state === "ended") throw await endedError(server, signal);
  const why =
    state === "running"
      ? "the server runs, so a firewall or a missing route is likely"
      : "the server has disappeared";
  throw new TareError(
    "TOOL_FAILED",
    `${loadgen.name} could not connect to ${address} port ${port} within ${patienceSeconds} s: ${why}. Check the path between the hosts.`,
    { host: loadgen.name, detail: result.stderr.slice(-2000) },
  );
}

/** What the server said when it ended, instead of staying up. */
async function endedError(
  { machine, job, program }: { machine: RemoteMachine; job: string; program: string },
  signal: AbortSignal,
): Promise<TareError> {
  let said = "";
  const { status } = await machine.jobs.follow(job, { signal, onOutput: (_, text) => (said += text) });
  const rest = { host: machine.name, detail: said.slice(-2000) };
  if (status === 127)
    return new TareError(
      "TOOL_MISSING",
      `${program} is not installed where it was to serve on ${machine.name}. Install it there or rebuild the userland.`,
      rest,
    );
  return new TareError(
    "TOOL_FAILED",
    `${program} on ${machine.name} ended with status ${status} before it accepted a connection.`,
    rest,
  );
}
