// One core near the data network's interface, for servers that live on one core (Redis).
import { interruptCpus } from "../facts/interrupt-cpus.ts";
import { formatCpuList } from "../facts/cpu-list.ts";
import type { Configuration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";
import { numbersOf } from "./cpu-list.ts";
import { dataNics } from "./data-nics.ts";
import { dataInterface } from "./guest-network.ts";
import { hostCpus } from "./host-cpus.ts";

export interface NearCore {
  /** All threads of the core. */
  readonly cpus: readonly number[];
  /** One sentence: which it is, and why. */
  readonly reason: string;
}

/** A sentence where there is none: the interface or its node is not known, or the topology is not. */
export function coreNearNic(configuration: Configuration, facts: Facts, lab: Lab | null): NearCore | string {
  const { hostname, nics } = facts;
  const host = hostCpus(facts);
  if (!host.known) return `${hostname} does not tell which CPUs make a core.`;
  const names = dataNics(lab, facts);
  const name = names[0] ?? (lab === null ? null : dataInterface(lab, facts));
  const nic = nics.find((each) => each.name === name);
  if (nic === undefined) return `The data interface of ${hostname} is not known.`;
  const online = numbersOf(facts.cpu.online);
  const nodes = new Set(online.map((cpu) => host.nodeOf(cpu)));
  const node = nic.node ?? (nodes.size === 1 ? ([...nodes][0] ?? null) : null);
  if (node === null || !nodes.has(node))
    return `${hostname} does not tell which NUMA node with CPUs ${nic.name} is on.`;

  const { nicIrqs } = configuration.pinning;
  const taken = new Set(
    nicIrqs === undefined
      ? nics.filter((each) => names.includes(each.name)).flatMap((each) => interruptCpus(each, facts))
      : numbersOf(nicIrqs),
  );
  const isolated = new Set(numbersOf(facts.cpu.isolated ?? "").filter((cpu) => online.includes(cpu)));
  const busy = (core: readonly number[]) => core.some((cpu) => taken.has(cpu));
  // Isolated CPUs are for threads that are pinned one by one: a guest's vCPUs, or what has a single CPU.
  const unfit = (core: readonly number[]) =>
    isolated.size > 0 &&
    core.some((cpu) => isolated.has(cpu)) !== (core.length === 1 || configuration.environment === "kvm");
  const cores = [
    ...new Set(online.filter((cpu) => host.nodeOf(cpu) === node).map((cpu) => host.coreOf(cpu))),
  ];
  const [core = []] = cores.toSorted(
    (a, b) =>
      Number(busy(a)) - Number(busy(b)) ||
      Number(a.includes(0)) - Number(b.includes(0)) ||
      Number(unfit(a)) - Number(unfit(b)),
  );
  const place = `${core.length === 1 ? "CPU" : "CPUs"} ${formatCpuList(core)}: a core of NUMA node ${node}, where ${nic.name} is`;
  return {
    cpus: core,
    reason: busy(core)
      ? `${place}; every core there has its interrupts.`
      : taken.size === 0
        ? `${place}.`
        : `${place}, without its interrupts.`,
  };
}
