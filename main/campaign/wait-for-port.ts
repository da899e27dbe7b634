// A server is ready when the load generator can connect to it: the same path that the measurement will take.
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { TareError } from "#shared/model/error.ts";

/** An emulated guest starts a server ten times as slowly, and slower still where the SUT is busy. */
const patienceOf = { native: 20, emulated: 120 } as const;

/** Waits until the port accepts. Throws TareError TOOL_FAILED where the server ended or nobody answers within its patience. */
export async function waitForPort(
  loadgen: RemoteMachine,
  target: {
    server: { machine: RemoteMachine; job: string };
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
  const why =
    state === "running"
      ? "the server runs, so a firewall or a missing route is likely"
      : "the server has ended";
  throw new TareError(
    "TOOL_FAILED",
    `${loadgen.name} could not connect to ${address} port ${port} within ${patienceSeconds} s: ${why}. Check the path between the hosts.`,
    { host: loadgen.name, detail: result.stderr.slice(-2000) },
  );
}
