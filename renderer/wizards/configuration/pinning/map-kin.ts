// Which CPUs of a machine belong together, and the order in which they are drawn.
import type { MachineGroup, MachineNode, MachineTree } from "#shared/facts/machine-tree.ts";
import { layoutOf, type CpuLayout } from "./selection.ts";
import type { CpuKin } from "./use-map-selection.ts";

export function layoutOfTree({ sockets }: MachineTree): CpuLayout {
  return layoutOf(
    sockets.flatMap(({ nodes }) =>
      nodes.flatMap(({ groups }) =>
        groups.flatMap(({ cores }) => cores.map(({ cpus }) => cpus.map(({ cpu }) => cpu))),
      ),
    ),
  );
}

export function cpusOfGroup({ cores }: MachineGroup): readonly number[] {
  return cores.flatMap(({ cpus }) => cpus.map(({ cpu }) => cpu));
}

export function cpusOfNode({ groups }: MachineNode): readonly number[] {
  return groups.flatMap(cpusOfGroup);
}

export function kinOf({ sockets }: MachineTree): ReadonlyMap<number, CpuKin> {
  const kin = new Map<number, CpuKin>();
  for (const { nodes } of sockets) {
    const socket = nodes.flatMap(cpusOfNode);
    for (const each of nodes) {
      const node = cpusOfNode(each);
      for (const group of each.groups) {
        const shared = cpusOfGroup(group);
        for (const { cpus } of group.cores) {
          const core = cpus.map(({ cpu }) => cpu);
          for (const cpu of core) kin.set(cpu, { core, group: shared, node, socket });
        }
      }
    }
  }
  return kin;
}
