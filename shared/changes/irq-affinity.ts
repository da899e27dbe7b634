// CPUs that take the interrupts of a network interface.
import { formatCpuList } from "../facts/cpu-list.ts";
import type { Change } from "../model/change.ts";
import { scriptCommand, type Scripts } from "./script.ts";

export interface IrqAffinity {
  readonly interface: string;
  /** In the order of any list, at least one. */
  readonly cpus: readonly number[];
}

/**
 * All interrupts of the interface to the same CPUs. The state is one list, or `24=0 25=1` where interrupts differ, so
 * that undo gives each its own. An interface without interrupts of its own (veth, bridge) does not offer it.
 */
export function irqAffinityChange({ interface: name, cpus }: IrqAffinity, scripts: Scripts): Change {
  // As the kernel prints it: that is what the probe is compared with.
  const list = formatCpuList(cpus);
  return {
    kind: "irq-affinity",
    target: `interrupts of ${name}`,
    title: `Let CPUs ${list} take the interrupts of ${name}`,
    probe: scriptCommand(scripts, "settings.sh", "irq-probe", name),
    wanted: list,
    apply: [scriptCommand(scripts, "settings.sh", "irq-set", name, list)],
    undo: [scriptCommand(scripts, "settings.sh", "irq-set", name, "{before}")],
    lasting: true,
  };
}
