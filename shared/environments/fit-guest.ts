// A guest made to fit a SUT: as many vCPUs as programs have CPUs natively, laid out as these CPUs are.
import type { KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { formatCpuList } from "../facts/cpu-list.ts";
import { interruptCpus } from "../facts/interrupt-cpus.ts";
import { mib } from "./checks.ts";
import { numbersOf } from "./cpu-list.ts";
import { hugePageKiB } from "./domain-cpu.ts";
import { hostCpus } from "./host-cpus.ts";
import { pagesForGuest } from "./guest-pages.ts";

type Machine = KvmConfiguration["machine"];
type HostCpu = Facts["cpu"]["topology"][number];

/** As many as a q35 machine takes without an IOMMU. */
export const mostVcpus = 255;

/**
 * vCPUs and memory follow the SUT; of the other choices of a machine each is kept out where the configuration has
 * none, and else replaced by the one that is right on this SUT: the topology of the CPUs with siblings as threads, a
 * CPU for each vCPU in the same order, a cell for each of their nodes (none where all are on one), emulator and I/O
 * thread on CPUs that are left over (nowhere in particular where none is), huge pages reserved for all of the memory,
 * on the nodes that its cells are bound to.
 */
export function fittedGuest(configuration: KvmConfiguration, facts: Facts): KvmConfiguration {
  const cpus = numbersOf(configuration.pinning.cpus ?? facts.cpu.online).slice(0, mostVcpus);
  const { topology, vcpuPins, numaCells, emulatorPin, ioThreadPin, ...machine } = configuration.machine;
  const { order, nodes, shape } = guestLayout(cpus, facts);
  const left = leftOver(order, facts);
  const memoryMiB = guestMemoryMiB(nodes, facts);
  const sized = { ...machine, vcpus: Math.max(order.length, 1), memoryMiB };
  const cells = numaCells === undefined ? [] : guestCells(nodes, sized);
  const fitted = {
    ...sized,
    ...(topology === undefined ? {} : { topology: shape }),
    ...(vcpuPins === undefined ? {} : { vcpuPins: order.map(String) }),
    ...(cells.length < 2 ? {} : { numaCells: cells }),
    ...pin("emulatorPin", emulatorPin, left[0]),
    ...pin("ioThreadPin", ioThreadPin, left[1] ?? left[0]),
  };
  return {
    ...configuration,
    machine: fitted,
    pages: machine.hugePages
      ? pagesForGuest({ ...configuration, machine: fitted }, facts)
      : configuration.pages,
  };
}

function pin<N extends "emulatorPin" | "ioThreadPin">(
  name: N,
  wanted: string | undefined,
  cpu: number | undefined,
): Partial<Record<N, string>> {
  return wanted === undefined || cpu === undefined ? {} : ({ [name]: String(cpu) } as Record<N, string>);
}

/** Host CPUs in the order of the vCPUs, their nodes, and the topology that they make; flat where they are no regular one. */
export function guestLayout(cpus: readonly number[], facts: Facts) {
  const known = facts.cpu.topology
    .filter(({ cpu }) => cpus.includes(cpu))
    .toSorted((a, b) => a.socket - b.socket || a.node - b.node || a.core - b.core || a.cpu - b.cpu);
  const flat = { sockets: 1, cores: Math.max(cpus.length, 1), threads: 1 };
  if (known.length !== cpus.length) return { order: cpus, nodes: [], shape: flat };
  const sockets = grouped(known, ({ socket }) => socket).map((each) => grouped(each, ({ core }) => core));
  const cores = same(sockets.map(({ length }) => length));
  const threads = same(sockets.flat().map(({ length }) => length));
  return {
    order: known.map(({ cpu }) => cpu),
    nodes: known.map(({ node }) => node),
    shape: cores === null || threads === null ? flat : { sockets: sockets.length, cores, threads },
  };
}

function grouped(cpus: readonly HostCpu[], key: (cpu: HostCpu) => number): HostCpu[][] {
  return [...Map.groupBy(cpus, key).values()];
}

/** The number that all of them are; null where they differ, or there is none. */
function same(numbers: readonly number[]): number | null {
  const [first = null] = numbers;
  return numbers.every((number) => number === first) ? first : null;
}

/** One cell for each node that the vCPUs are on, with memory by the number of its vCPUs in whole huge pages. */
export function guestCells(nodes: readonly number[], machine: Machine): NonNullable<Machine["numaCells"]> {
  const page = machine.hugePages ? hugePageKiB(machine) / 1024 : 1;
  const vcpusOf = [...Map.groupBy(nodes.keys(), (vcpu) => nodes[vcpu] ?? 0)];
  const shares = vcpusOf.map(
    ([, vcpus]) => Math.floor((machine.memoryMiB * vcpus.length) / nodes.length / page) * page,
  );
  const rest = machine.memoryMiB - shares.reduce((sum, share) => sum + share, 0);
  return vcpusOf.map(([node, vcpus], index) => ({
    cpus: formatCpuList(vcpus),
    memoryMiB: (shares[index] ?? 0) + (index === 0 ? rest : 0),
    hostNodes: String(node),
  }));
}

/**
 * CPUs that no vCPU is on; those of the vCPUs' own nodes first, as the disk's and the network's data lie there, and of
 * these first the ones whose core no vCPU is on either, and which take no interface's interrupts.
 */
export function leftOver(order: readonly number[], facts: Facts): readonly number[] {
  const used = new Set(order);
  const host = hostCpus(facts);
  const near = new Set(order.map((each) => host.nodeOf(each)));
  const far = (each: number) => Number(!near.has(host.nodeOf(each)));
  const beside = (each: number) => Number(host.coreOf(each).some((sibling) => used.has(sibling)));
  const interrupted = new Set(facts.nics.flatMap((nic) => interruptCpus(nic, facts)));
  const busy = (each: number) => Number(interrupted.has(each));
  return numbersOf(facts.cpu.online)
    .filter((each) => !used.has(each))
    .toSorted((a, b) => far(a) - far(b) || beside(a) - beside(b) || busy(a) - busy(b));
}

/** Half of what is available on the nodes of the vCPUs. */
function guestMemoryMiB(nodes: readonly number[], { memory }: Facts): number {
  const share = nodes.length === 0 ? 1 : new Set(nodes).size / Math.max(memory.nodes.length, 1);
  return Math.max(dividedByPages((mib(memory.availableBytes) * Math.min(share, 1)) / 2), 256);
}

/** MiB rounded down to whole GiB where it is that much, else to an even number, so that huge pages divide it. */
export function dividedByPages(memoryMiB: number): number {
  const whole = Math.floor(memoryMiB);
  return whole - (whole % (whole >= 1024 ? 1024 : 2));
}
