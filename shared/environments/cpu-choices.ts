// One-click choices of CPUs: each makes a configuration's pinning, and a guest's layout, from the facts of a SUT.
import { formatCpuList } from "../facts/cpu-list.ts";
import type { Configuration, KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";
import { numbersOf } from "./cpu-list.ts";
import { guestOnCpus, unpinnedGuest } from "./guest-on-cpus.ts";
import { hostCpus } from "./host-cpus.ts";
import { coreNearNic } from "./near-nic.ts";
import { chosenCpus } from "./pinning-checks.ts";

type Pinning = Configuration["pinning"];

export type CpuChoiceName =
  | "host"
  | "one-socket"
  | "all-sockets"
  | "one-node"
  | "cores"
  | "near-nic"
  | "threads";

export interface CpuChoice {
  readonly name: CpuChoiceName;
  /** "One socket". */
  readonly title: string;
  /** A sentence or two: what it gives on this machine, or why the machine has no such thing. */
  readonly reason: string;
  /** Null where the machine has no such thing. `machine` is null for what is no guest. */
  readonly chosen: {
    readonly pinning: Pinning;
    readonly machine: KvmConfiguration["machine"] | null;
  } | null;
}

/** What a choice says of itself: CPUs (null: all, without a list) and memory, or a sentence why not. */
type Placement =
  | { readonly cpus: readonly number[] | null; readonly memory: Pinning["memory"]; readonly reason: string }
  | string;

/**
 * All of them, in the order in which they are offered; `threads` (vCPUs on the CPUs that are chosen already) for guests
 * alone. A guest gets a vCPU on each of the CPUs. CPUs of the interface's interrupts stay as they are.
 */
export function cpuChoices(
  configuration: Configuration,
  facts: Facts,
  lab: Lab | null,
): readonly CpuChoice[] {
  const machine = machineOf(facts);
  const choice = (name: CpuChoiceName, title: string, placement: Placement): CpuChoice => {
    if (typeof placement === "string") return { name, title, reason: placement, chosen: null };
    const { memory, reason } = placement;
    const cpus = placement.cpus === null ? null : withoutIsolated(configuration, placement.cpus, facts);
    const chosen = placed(configuration, cpus, memory, facts);
    if (cpus === null || cpus.length === placement.cpus?.length) return { name, title, reason, chosen };
    const left = `Of these, CPUs ${formatCpuList(cpus)}: the others are isolated, and no scheduler balances over them.`;
    return { name, title, reason: `${reason} ${left}`, chosen };
  };
  const near = coreNearNic(configuration, facts, lab);
  return [
    {
      name: "host",
      title: "As the host",
      reason:
        "Nothing is pinned: the kernel's scheduler places what runs, and memory comes from where it runs.",
      chosen: {
        pinning: { ...irqsOf(configuration), memory: { policy: "default" } },
        machine: configuration.environment === "kvm" ? unpinnedGuest(configuration.machine) : null,
      },
    },
    choice("one-socket", "One socket", oneSocket(machine, facts)),
    choice("all-sockets", allTitle(machine.sockets.length), allSockets(configuration, machine, facts)),
    choice("one-node", "One NUMA node", oneNode(machine, facts)),
    choice("cores", "One thread of each core", eachCore(machine, facts)),
    choice(
      "near-nic",
      "One core near the NIC",
      typeof near === "string" ? near : { ...near, memory: { policy: "local" } },
    ),
    ...(configuration.environment === "kvm" ? [onChosen(configuration, facts)] : []),
  ];
}

interface Places {
  readonly online: readonly number[];
  /** CPUs by socket, by node with CPUs, and by core, each ascending. */
  readonly sockets: readonly (readonly number[])[];
  readonly nodes: readonly (readonly number[])[];
  readonly cores: readonly (readonly number[])[];
  readonly nodeNumbers: readonly number[];
}

function machineOf(facts: Facts): Places {
  const { topology, online } = facts.cpu;
  const host = hostCpus(facts);
  const entries = topology.toSorted((a, b) => a.cpu - b.cpu);
  const by = (key: (entry: (typeof entries)[number]) => number) =>
    [...Map.groupBy(entries, key)].toSorted(([a], [b]) => a - b).map(([, of]) => of.map(({ cpu }) => cpu));
  return {
    online: numbersOf(online),
    sockets: by(({ socket }) => socket),
    nodes: by(({ node }) => node),
    cores: [...new Set(entries.map(({ cpu }) => host.coreOf(cpu)))],
    nodeNumbers: [...new Set(entries.map(({ node }) => node))].toSorted((a, b) => a - b),
  };
}

function irqsOf({ pinning: { nicIrqs } }: Configuration): Pick<Pinning, "nicIrqs"> {
  return nicIrqs === undefined ? {} : { nicIrqs };
}

function placed(
  configuration: Configuration,
  cpus: readonly number[] | null,
  memory: Pinning["memory"],
  facts: Facts,
): CpuChoice["chosen"] {
  const pinning: Pinning = {
    ...(cpus === null ? {} : { cpus: formatCpuList(cpus) }),
    ...irqsOf(configuration),
    memory,
  };
  if (configuration.environment !== "kvm") return { pinning, machine: null };
  const all = cpus ?? numbersOf(facts.cpu.online);
  return { pinning, machine: guestOnCpus({ ...configuration, pinning }, all, facts) };
}

/** A program's threads would stay where they start on isolated CPUs; a guest's vCPUs are pinned one by one. */
function withoutIsolated(
  { environment }: Configuration,
  cpus: readonly number[],
  { cpu }: Facts,
): readonly number[] {
  if (environment === "kvm" || cpus.length === 1 || !cpu.isolated) return cpus;
  const isolated = new Set(numbersOf(cpu.isolated));
  const rest = cpus.filter((each) => !isolated.has(each));
  return rest.length === 0 ? cpus : rest;
}

const unknownTopology = ({ hostname }: Facts) => `${hostname} does not tell its topology.`;

function oneSocket({ sockets }: Places, facts: Facts): Placement {
  const [first] = sockets;
  if (first === undefined) return unknownTopology(facts);
  if (sockets.length === 1) return `${facts.hostname} has one socket: that is all of its CPUs.`;
  return {
    cpus: first,
    memory: { policy: "local" },
    reason: `CPUs ${formatCpuList(first)}, the first socket, with memory of its own: nothing crosses to another socket.`,
  };
}

function allTitle(sockets: number): string {
  return sockets === 2 ? "Two sockets" : sockets > 2 ? "All sockets" : "All CPUs";
}

function allSockets(configuration: Configuration, { nodeNumbers, online }: Places, facts: Facts): Placement {
  const guest = configuration.environment === "kvm";
  if (nodeNumbers.length < 2)
    return guest
      ? {
          cpus: null,
          memory: { policy: "default" },
          reason: `CPUs ${formatCpuList(online)}: a vCPU on each of them.`,
        }
      : `${facts.hostname} has one NUMA node: all its CPUs are what is used without pinning.`;
  const nodes = formatCpuList(nodeNumbers);
  return {
    cpus: null,
    memory: { policy: "interleave", nodes },
    reason: `All CPUs, ${formatCpuList(online)}, with memory interleaved over the NUMA nodes ${nodes}: the bandwidth of all of them, wherever a thread runs.`,
  };
}

function oneNode({ sockets, nodes, nodeNumbers }: Places, facts: Facts): Placement {
  const [first] = nodes;
  if (first === undefined) return unknownTopology(facts);
  if (nodes.length === 1) return `${facts.hostname} has one NUMA node: that is all of its CPUs.`;
  const lists = (of: Places["nodes"]) => of.map(formatCpuList).toSorted().join(" ");
  if (lists(sockets) === lists(nodes)) return "Each socket is one NUMA node: this is the same as one socket.";
  return {
    cpus: first,
    memory: { policy: "local" },
    reason: `CPUs ${formatCpuList(first)} of NUMA node ${nodeNumbers[0]}, with memory of its own: the shortest ways that the machine has.`,
  };
}

function eachCore({ cores, nodeNumbers }: Places, facts: Facts): Placement {
  if (cores.length === 0) return unknownTopology(facts);
  if (cores.every((core) => core.length === 1))
    return `${facts.hostname} runs one thread a core: there are no siblings.`;
  const firsts = cores.flatMap(([first]) => first ?? []);
  return {
    cpus: firsts,
    memory:
      nodeNumbers.length < 2
        ? { policy: "default" }
        : { policy: "interleave", nodes: formatCpuList(nodeNumbers) },
    reason: `CPUs ${formatCpuList(firsts)}: every physical core with one thread, so that none shares its core with a sibling.`,
  };
}

/** The CPUs that are chosen by hand, else all; the pinning stays as it is. */
function onChosen(configuration: KvmConfiguration, facts: Facts): CpuChoice {
  const { vcpuPins: _pins, ...unpinned } = configuration.machine;
  // CPUs that were chosen count before pins of a layout that came before.
  const chosen =
    chosenCpus({ ...configuration, machine: unpinned }, facts) ?? chosenCpus(configuration, facts);
  const cpus = chosen?.cpus ?? numbersOf(facts.cpu.online);
  const { topology } = guestOnCpus(configuration, cpus, facts);
  const siblings = topology !== undefined && topology.threads > 1 ? ", siblings as threads of one core" : "";
  return {
    name: "threads",
    title: "vCPUs on these CPUs",
    reason: `A vCPU on each of the CPUs ${formatCpuList(cpus)}${siblings}, emulator and I/O thread on CPUs that are left over.`,
    chosen: {
      pinning: configuration.pinning,
      machine: guestOnCpus(configuration, cpus, facts),
    },
  };
}
