// Where the interrupts of the data interface had best go: a core of the NIC's own node that nothing measured runs on.
import { formatCpuList } from "#shared/facts/cpu-list.ts";
import type { MachineCpu, MachineTree } from "#shared/facts/machine-tree.ts";
import { treeCpus } from "#shared/facts/machine-tree.ts";
import type { Selection } from "./selection.ts";

interface InterruptSuggestion {
  /** CPU list; null where there is none to suggest. */
  readonly cpus: string | null;
  /** One sentence: what it is, or why there is none. */
  readonly reason: string;
}

/** `chosen`: CPUs of the configuration; empty: all. `data`: names of the interfaces that carry the data network. */
export function interruptSuggestion(
  tree: MachineTree,
  data: readonly string[],
  chosen: Selection,
): InterruptSuggestion {
  const [name] = data;
  if (name === undefined)
    return { cpus: null, reason: "The data interface has no interrupts that could be moved." };
  const node = nodeOfNic(tree, name);
  const near = treeCpus(tree).filter((cpu) => node === null || cpu.node === node);
  const free = near.filter((cpu) => !touched(cpu, chosen));
  // With all CPUs in use none is free of them; the last core of the node disturbs the fewest programs.
  const core = (chosen.size === 0 ? near : free).at(-1)?.core;
  const cpus = near.filter((cpu) => cpu.core === core).map(({ cpu }) => cpu);
  const place = node === null ? "" : ` of node ${node}, where ${name} is`;
  if (cpus.length === 0)
    return { cpus: null, reason: `Every core${place === "" ? "" : place} has CPUs of the configuration.` };
  const list = formatCpuList(cpus);
  return {
    cpus: list,
    reason:
      chosen.size === 0
        ? `CPUs ${list}: the last core${place}; the configuration uses it too, as it has all CPUs.`
        : `CPUs ${list}: a core${place}, and that the configuration leaves free.`,
  };
}

/** Whether the configuration runs on it or on a sibling. */
function touched({ cpu, siblings }: MachineCpu, chosen: Selection): boolean {
  return chosen.has(cpu) || siblings.some((sibling) => chosen.has(sibling));
}

/** Null where the machine does not tell. */
function nodeOfNic({ sockets, memoryNodes }: MachineTree, name: string): number | null {
  const nodes = [...sockets.flatMap((socket) => socket.nodes), ...memoryNodes];
  return nodes.find(({ nics }) => nics.some((nic) => nic.name === name))?.node ?? null;
}
