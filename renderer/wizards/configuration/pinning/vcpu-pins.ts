// The CPUs of each vCPU as one text (`0 1 2-3`), and what is done to it by pointing: pin one, in order, siblings together.
import { formatCpuList, parseCpuList } from "#shared/facts/cpu-list.ts";
import { words } from "../typed-text.ts";

/** CPUs of each vCPU, in order; null in a place where the text is no CPU list. */
export type VcpuPins = readonly (readonly number[] | null)[];

/** Empty for a guest that is not pinned. May be shorter or longer than the guest has vCPUs. */
export function readPins(text: string): VcpuPins {
  return words(text).map((word) => {
    const cpus = parseCpuList(word);
    return cpus === null || cpus.length === 0 ? null : cpus;
  });
}

interface PinnedGuest {
  readonly vcpus: number;
  /** CPUs that a vCPU may run on which is not pinned by itself. */
  readonly usable: readonly number[];
}

/**
 * The text with this list for one vCPU; empty: all usable CPUs. Pins are given for all vCPUs or none, so those that
 * had none get all usable CPUs, which is where they could run before. The list is taken as it is typed.
 */
export function withPin(text: string, { vcpus, usable }: PinnedGuest, vcpu: number, list: string): string {
  const all = formatCpuList(usable);
  const had = words(text);
  const typed = list.replaceAll(/\s/g, "");
  const lists = Array.from({ length: vcpus }, (_, index) => {
    if (index === vcpu) return typed === "" ? all : typed;
    return had[index] ?? all;
  });
  return lists.every((each) => each === all) ? "" : lists.join(" ");
}

/** vCPU i on the i-th CPU of an order. */
export function onePinEach(vcpus: number, order: readonly number[]): string {
  return order.slice(0, vcpus).join(" ");
}

/** Which vCPUs are pinned to each CPU, and to few enough of them that it says something: not those with all usable CPUs. */
export function vcpusByCpu(
  pins: VcpuPins,
  usable: readonly number[],
): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const [vcpu, cpus] of pins.entries()) {
    if (cpus === null || isAll(cpus, usable)) continue;
    for (const cpu of cpus) {
      const there = found.get(cpu);
      if (there === undefined) found.set(cpu, [vcpu]);
      else there.push(vcpu);
    }
  }
  return found;
}

/** Whether these are the very CPUs that an unpinned vCPU has. */
export function isAll(cpus: readonly number[], usable: readonly number[]): boolean {
  return formatCpuList(cpus) === formatCpuList(usable);
}

export interface GuestTopology {
  readonly sockets: number;
  readonly cores: number;
  readonly threads: number;
}

export interface VcpuPlace {
  readonly socket: number;
  readonly core: number;
  readonly thread: number;
}

/** Where QEMU puts a vCPU: threads count first, then cores, then sockets (x86_topo_ids_from_idx in QEMU's hw/i386/topology.h). */
export function placeOfVcpu(vcpu: number, { cores, threads }: GuestTopology): VcpuPlace {
  return {
    socket: Math.floor(vcpu / (cores * threads)),
    core: Math.floor(vcpu / threads) % cores,
    thread: vcpu % threads,
  };
}
