// Tries, before a campaign, whether the load generator reaches what one networking mode needs: step by step, each told when
// it begins and when it ends. Leaves nothing on the hosts.
import { connectForLife } from "../campaign/connect-for-life.ts";
import { acquireLock } from "../ssh/lock.ts";
import type { RemoteMachine } from "./machine.ts";
import { checkDataAddress, checkGuestAddress, checkPathMtu, checkPing, type Told } from "./reach-checks.ts";
import { checkPorts } from "./reach-port-checks.ts";
import type { ReachRequest, ReachStep } from "#shared/contract/reach.ts";
import { reachPorts, untestedText } from "#shared/environments/reach-plan.ts";
import { toFailure } from "#shared/model/error.ts";
import type { HostRole, Lab } from "#shared/model/lab.ts";
import { hasOwnAddress } from "#shared/model/network-choice.ts";

/** Connects to a host of the lab; the signal ends the connection, too. */
export type Connect = (role: HostRole, signal: AbortSignal) => Promise<RemoteMachine>;

/** Ends after a step without which the next make no sense. Throws CANCELLED. */
export async function* testReach(
  lab: Lab,
  connect: Connect,
  { choice, ports }: Pick<ReachRequest, "choice" | "ports">,
  signal: AbortSignal,
): AsyncGenerator<ReachStep> {
  const machines: RemoteMachine[] = [];
  const locks: (() => Promise<void>)[] = [];
  // Longer than the test's own signal: the listener is ended through the connection after a cancel.
  const life = new AbortController();
  const idle = async (role: HostRole) => {
    const machine = await connectForLife(signal, life.signal, (until) => connect(role, until));
    machines.push(machine);
    // Packets of a test would be in a campaign's figures, and its listener in the way of the servers.
    const options = { token: "reach", label: "Test of reachability", signal: life.signal };
    locks.push(await acquireLock(machine, options));
    return told(machine);
  };
  const step = <T>(name: string, doing: string, work: () => Promise<Told<T>>) =>
    stepOf(name, doing, work, signal);
  try {
    const sut = yield* step("System under test", "Connecting.", () => idle("sut"));
    const loadgen = yield* step("Load generator", "Connecting.", () => idle("loadgen"));
    if (sut === null || loadgen === null) return;
    const end = yield* step("Data address", "Looking for it on the system under test.", () =>
      checkDataAddress(sut, lab, signal),
    );
    if (end === null) return;
    const way = yield* step("Way there", "Sending packets from the load generator.", () =>
      checkPing({ sut, loadgen }, lab, signal),
    );
    if (way !== null && way.answers)
      yield* step("Path MTU", "Sending the largest packets, undivided.", () =>
        checkPathMtu(loadgen, way, end, lab, signal),
      );
    if (hasOwnAddress(choice))
      yield* step(`Address ${lab.guest.address}`, "Looking whether anybody has it.", () =>
        checkGuestAddress({ sut, loadgen }, choice, lab, signal),
      );
    yield* checkPorts({ sut, loadgen }, lab, reachPorts(choice, lab, ports), signal);
    const untested = untestedText(choice, lab);
    if (untested !== null) yield { step: "With the environment up", status: "untested", text: untested };
  } finally {
    // A host that is gone meanwhile frees itself: nobody renews the lock.
    await Promise.allSettled(locks.map((release) => release()));
    await Promise.all(machines.map((machine) => machine.close()));
    life.abort();
  }
}

/** Tells the step; a failure of it is told too, and its value is then null. An abort is thrown. */
async function* stepOf<T>(
  step: string,
  doing: string,
  work: () => Promise<Told<T>>,
  signal: AbortSignal,
): AsyncGenerator<ReachStep, T | null> {
  yield { step, status: "running", text: doing };
  try {
    const { status, text, value } = await work();
    yield { step, status, text };
    return value;
  } catch (error) {
    if (signal.aborted) throw error;
    const failure = toFailure(error);
    yield { step, status: "failed", text: failure.message, failure };
    return null;
  }
}

function told(machine: RemoteMachine): Told<RemoteMachine> {
  return { status: "ok", text: `${machine.name} answers, and nobody measures on it.`, value: machine };
}
