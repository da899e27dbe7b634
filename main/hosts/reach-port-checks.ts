// The ports of a reachability test: Tare listens on each on the SUT for a moment, and the load generator tries them.
import { startPortListener } from "./port-listener.ts";
import type { Hosts } from "./reach-checks.ts";
import type { ReachStep } from "#shared/contract/reach.ts";
import { portName, type ReachPort } from "#shared/environments/reach-plan.ts";
import { portVerdict, type PortOutcome } from "#shared/environments/reach-verdict.ts";
import { readReached } from "#shared/facts/reach-reading.ts";
import { toFailure } from "#shared/model/error.ts";
import type { Lab } from "#shared/model/lab.ts";

/** A firewall that drops lets nothing come back; a path of a lab answers in milliseconds. */
const patienceSeconds = 3;

/** A step for the listener, then one for each port. Throws where the work was cancelled. */
export async function* checkPorts(
  hosts: Hosts,
  { sut: { dataAddress } }: Lab,
  ports: readonly ReachPort[],
  signal: AbortSignal,
): AsyncGenerator<ReachStep> {
  if (ports.length === 0) return;
  const step = "Listener";
  yield { step, status: "running", text: `Tare listens on ${ports.map(portName).join(", ")}.` };
  let outcomes: readonly PortOutcome[];
  try {
    outcomes = await tryPorts(hosts, dataAddress, ports, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    const failure = toFailure(error);
    yield { step, status: "failed", text: failure.message, failure };
    return;
  }
  yield { step, status: "ok", text: "Tare listened on the system under test for a moment, and has ended." };
  const names = { sut: hosts.sut.name, loadgen: hosts.loadgen.name, address: dataAddress };
  for (const outcome of outcomes) {
    const { port, protocol } = outcome.port;
    yield { step: `Port ${port} (${protocol.toUpperCase()})`, ...portVerdict(outcome, names) };
  }
}

async function tryPorts(
  { sut, loadgen }: Hosts,
  address: string,
  ports: readonly ReachPort[],
  signal: AbortSignal,
): Promise<readonly PortOutcome[]> {
  const script = await loadgen.script("reach-ports.sh", signal);
  const listener = await startPortListener(sut, ports, signal);
  try {
    const listening = (port: ReachPort) => listener.ports.get(portName(port)) ?? null;
    const tried = ports.filter((port) => port.from === "loadgen" && listening(port)?.kind === "listening");
    const argv = ["bash", script, address, String(patienceSeconds), ...tried.map(portName)];
    const { stdout } =
      tried.length === 0
        ? { stdout: "" }
        : await loadgen.run({ argv }, { signal, idempotent: true, timeLimitSeconds: 30 });
    const reached = readReached(stdout);
    return ports.map((port) => ({
      port,
      listening: listening(port),
      reached: reached.get(portName(port)) ?? null,
    }));
  } finally {
    await listener.stop();
  }
}
