// How many sockets of the SUT a configuration may run on: the paper's figures on one and two sockets are told apart by it.
import { numbersOf } from "../environments/cpu-list.ts";
import type { Configuration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";

/** Null where the facts were not kept, or tell nothing of the CPUs. */
export function usedSockets(configuration: Configuration, facts: Facts | null): number | null {
  if (facts === null) return null;
  const { topology } = facts.cpu;
  const lists = cpusOf(configuration);
  if (lists === null || topology.length === 0) return facts.cpu.sockets > 0 ? facts.cpu.sockets : null;
  const cpus = new Set(lists.flatMap((list) => numbersOf(list)));
  return new Set(topology.filter(({ cpu }) => cpus.has(cpu)).map(({ socket }) => socket)).size;
}

/** CPU lists that hold what computes; null where it may run anywhere. */
function cpusOf(configuration: Configuration): readonly string[] | null {
  if (configuration.environment === "kvm" && configuration.machine.vcpuPins !== undefined)
    return configuration.machine.vcpuPins;
  return configuration.pinning.cpus === undefined ? null : [configuration.pinning.cpus];
}
