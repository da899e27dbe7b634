// Core and node of each logical CPU of a SUT, for checks that ask about many of them.
import type { Facts } from "../model/facts.ts";

export interface HostCpus {
  /** Whether the machine tells its topology at all. */
  readonly known: boolean;
  /** CPUs of its physical core, itself among them; the same array for all of them. Itself alone where that is not known. */
  coreOf(cpu: number): readonly number[];
  /** Null where the machine does not tell it. */
  nodeOf(cpu: number): number | null;
}

export function hostCpus({ cpu: { topology } }: Pick<Facts, "cpu">): HostCpus {
  const entries = new Map(topology.map((entry) => [entry.cpu, entry]));
  const cores = new Map(
    [...Map.groupBy(topology, ({ core }) => core)].map(([core, of]) => [core, of.map(({ cpu }) => cpu)]),
  );
  const alone = new Map<number, readonly number[]>();
  return {
    known: topology.length > 0,
    coreOf: (cpu) => {
      const entry = entries.get(cpu);
      const core = entry === undefined ? undefined : cores.get(entry.core);
      if (core !== undefined) return core;
      const self = alone.get(cpu) ?? [cpu];
      alone.set(cpu, self);
      return self;
    },
    nodeOf: (cpu) => entries.get(cpu)?.node ?? null,
  };
}
