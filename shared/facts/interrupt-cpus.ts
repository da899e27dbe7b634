// Which CPUs take the interrupts of an interface.
import type { Facts } from "../model/facts.ts";
import { parseCpuList } from "./cpu-list.ts";
import type { Nic } from "./data-nic.ts";

/**
 * CPUs that its interrupts come to, ascending: those that the kernel really uses where the facts tell it, else those
 * that it may use. Empty where that is every CPU that is online, as then none of them is special.
 */
export function interruptCpus({ irqs }: Pick<Nic, "irqs">, { cpu }: Pick<Facts, "cpu">): readonly number[] {
  const online = parseCpuList(cpu.online) ?? [];
  const taken = new Set(irqs.flatMap(({ cpus, effective }) => parseCpuList(effective ?? cpus) ?? []));
  const here = online.filter((each) => taken.has(each));
  return here.length === online.length ? [] : here;
}
