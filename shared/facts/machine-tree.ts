// A machine as a tree to choose from: sockets, NUMA nodes, L3 groups, cores, logical CPUs, with what is local to each.
import type { Facts } from "../model/facts.ts";
import { formatCpuList, parseCpuList } from "./cpu-list.ts";
import type { Nic } from "./data-nic.ts";
import { interruptCpus } from "./interrupt-cpus.ts";

/** A logical CPU that is online. */
export interface MachineCpu {
  readonly cpu: number;
  /** Its physical core, counted over the whole machine. */
  readonly core: number;
  /** The other CPUs of its core that are online. */
  readonly siblings: readonly number[];
  readonly node: number;
  /** Kept out of the scheduler's balancing by isolcpus. */
  readonly isolated: boolean;
  /** False where the probe itself was kept off it (a container or cgroup with a CPU set). */
  readonly allowed: boolean;
  /** Interfaces whose interrupts come here and not on every CPU; those of the data network first. */
  readonly interruptsOf: readonly string[];
}

export interface MachineCore {
  readonly core: number;
  readonly cpus: readonly MachineCpu[];
}

/** Cores that share a last cache. */
export interface MachineGroup {
  /** CPU list that shares the L3, also beyond this node; null where the machine tells none. */
  readonly l3: string | null;
  /** Of one such L3; null where it is not known. */
  readonly l3Bytes: number | null;
  readonly cores: readonly MachineCore[];
}

export interface MachineNic {
  readonly name: string;
  /** Carries the data network. */
  readonly data: boolean;
  readonly speedMbps: number | null;
  /** CPUs that take its interrupts; empty where they come on every CPU, or it has none. */
  readonly interruptCpus: readonly number[];
}

export interface MachineDisk {
  readonly name: string;
  readonly model: string | null;
  readonly sizeBytes: number;
}

/** What is attached to a place of the machine. */
export interface Attached {
  readonly nics: readonly MachineNic[];
  readonly disks: readonly MachineDisk[];
}

/** A NUMA node, or the part of one that is on a socket. */
export interface MachineNode extends Attached {
  readonly node: number;
  /** Memory of the whole node; null where the machine tells none. */
  readonly totalBytes: number | null;
  readonly freeBytes: number | null;
  /** CPUs of this node on this socket, as a list; empty for memory alone. */
  readonly cpus: string;
  /** Whether other sockets have CPUs of the same node, too. */
  readonly shared: boolean;
  readonly groups: readonly MachineGroup[];
}

export interface MachineSocket {
  readonly socket: number;
  readonly cpus: string;
  readonly nodes: readonly MachineNode[];
}

export interface MachineTree {
  readonly sockets: readonly MachineSocket[];
  /** NUMA nodes that have memory alone. */
  readonly memoryNodes: readonly MachineNode[];
  /** Devices whose node the machine does not tell. */
  readonly elsewhere: Attached;
  /** False where the machine tells no topology: then there is one socket, and each CPU is a core. */
  readonly topologyKnown: boolean;
  /** CPU numbers below the highest one online that are not online themselves. */
  readonly offline: readonly number[];
}

type Entry = Facts["cpu"]["topology"][number];

/** `dataNics`: names of the interfaces that carry the data network (`dataNics` of shared/environments). */
export function machineTree(facts: Facts, dataNics: readonly string[] = []): MachineTree {
  const online = parseCpuList(facts.cpu.online) ?? [];
  const entries = entriesOf(facts, online);
  const describe = cpuDescriber(facts, entries, dataNics);
  const attached = attachedTo(facts, dataNics);
  const nodesOfSockets = grouped(entries, ({ socket }) => socket);
  const socketsOf = new Map(
    grouped(entries, ({ node }) => node).map(([node, each]) => [
      node,
      new Set(each.map(({ socket }) => socket)).size,
    ]),
  );
  const nodeOf = (node: number, of: readonly Entry[]): MachineNode => {
    const memory = facts.memory.nodes.find((each) => each.node === node);
    return {
      node,
      totalBytes: memory?.totalBytes ?? null,
      freeBytes: memory?.freeBytes ?? null,
      cpus: formatCpuList(of.map(({ cpu }) => cpu)),
      shared: (socketsOf.get(node) ?? 0) > 1,
      ...attached(node),
      groups: groupsOf(facts, of, describe),
    };
  };
  const nodes = new Set(entries.map(({ node }) => node));
  return {
    sockets: nodesOfSockets.map(([socket, of]) => ({
      socket,
      cpus: formatCpuList(of.map(({ cpu }) => cpu)),
      nodes: grouped(of, ({ node }) => node).map(([node, each]) => nodeOf(node, each)),
    })),
    memoryNodes: facts.memory.nodes
      .filter(({ node }) => !nodes.has(node))
      .map(({ node }) => nodeOf(node, [])),
    elsewhere: attached(null),
    topologyKnown: facts.cpu.topology.length > 0,
    offline: offlineBelow(online),
  };
}

/** Every CPU of the tree, in its order. */
export function treeCpus({ sockets }: MachineTree): readonly MachineCpu[] {
  return sockets.flatMap(({ nodes }) =>
    nodes.flatMap(({ groups }) => groups.flatMap(({ cores }) => cores.flatMap(({ cpus }) => cpus))),
  );
}

/** One entry for each CPU that is online; one that the topology leaves out is a core of its own on the first socket. */
function entriesOf({ cpu, memory }: Facts, online: readonly number[]): readonly Entry[] {
  const known = new Map(cpu.topology.map((entry) => [entry.cpu, entry]));
  const firstFree = Math.max(-1, ...cpu.topology.map(({ core }) => core)) + 1;
  const socket = Math.min(...cpu.topology.map((entry) => entry.socket));
  return online.map(
    (number) =>
      known.get(number) ?? {
        cpu: number,
        core: firstFree + number,
        socket: Number.isFinite(socket) ? socket : 0,
        node: memory.nodes.find(({ cpus }) => parseCpuList(cpus)?.includes(number))?.node ?? 0,
        l3: null,
      },
  );
}

function cpuDescriber(
  facts: Facts,
  entries: readonly Entry[],
  dataNics: readonly string[],
): (entry: Entry) => MachineCpu {
  const isolated = new Set(parseCpuList(facts.cpu.isolated ?? "") ?? []);
  const { allowed } = facts.cpu;
  const permitted = allowed === undefined ? null : new Set(parseCpuList(allowed) ?? []);
  const cores = new Map(grouped(entries, ({ core }) => core));
  const nics = facts.nics
    .map((nic) => ({ name: nic.name, cpus: new Set(interruptCpus(nic, facts)) }))
    .toSorted((a, b) => Number(dataNics.includes(b.name)) - Number(dataNics.includes(a.name)));
  return ({ cpu, core, node }) => ({
    cpu,
    core,
    siblings: (cores.get(core) ?? []).map((entry) => entry.cpu).filter((other) => other !== cpu),
    node,
    isolated: isolated.has(cpu),
    allowed: permitted?.has(cpu) ?? true,
    interruptsOf: nics.filter(({ cpus }) => cpus.has(cpu)).map(({ name }) => name),
  });
}

function groupsOf(
  facts: Facts,
  entries: readonly Entry[],
  describe: (entry: Entry) => MachineCpu,
): readonly MachineGroup[] {
  const l3Bytes = facts.cpu.caches.find(
    ({ level, type }) => level === 3 && type !== "Instruction",
  )?.sizeBytes;
  return [...Map.groupBy(entries, ({ l3 }) => l3)].map(([l3, of]) => ({
    l3,
    l3Bytes: l3 === null ? null : (l3Bytes ?? null),
    cores: grouped(of, ({ core }) => core).map(([core, cpus]) => ({ core, cpus: cpus.map(describe) })),
  }));
}

/** Devices that stand for no hardware of their own. */
const virtualDisk = /^(?:loop|ram|zram|dm-|md|sr|nbd|fd)/;

function attachedTo(facts: Facts, dataNics: readonly string[]): (node: number | null) => Attached {
  const nicOf = (nic: Nic): MachineNic => ({
    name: nic.name,
    data: dataNics.includes(nic.name),
    speedMbps: nic.speedMbps,
    interruptCpus: interruptCpus(nic, facts),
  });
  const disks = facts.blocks.filter(({ name }) => !virtualDisk.test(name));
  // An interface without a node and without interrupts is a bridge, a veth, the loopback: nowhere on the machine.
  const nics = facts.nics.filter(({ node, irqs }) => node !== null || irqs.length > 0);
  // A node that the probe names and the machine does not have is as good as none.
  const nodes = new Set([...facts.memory.nodes, ...facts.cpu.topology].map(({ node }) => node));
  const placeOf = (node: number | null | undefined) =>
    node !== null && node !== undefined && nodes.has(node) ? node : null;
  return (node) => ({
    nics: nics.filter((nic) => placeOf(nic.node) === node).map(nicOf),
    disks: disks
      .filter((disk) => placeOf(disk.node) === node)
      .map(({ name, model, sizeBytes }) => ({ name, model, sizeBytes })),
  });
}

function offlineBelow(online: readonly number[]): readonly number[] {
  const there = new Set(online);
  return Array.from({ length: (online.at(-1) ?? -1) + 1 }, (_, cpu) => cpu).filter((cpu) => !there.has(cpu));
}

/** By ascending number of what they are grouped by. */
function grouped(entries: readonly Entry[], key: (entry: Entry) => number): [number, Entry[]][] {
  return [...Map.groupBy(entries, key)].toSorted(([a], [b]) => a - b);
}
