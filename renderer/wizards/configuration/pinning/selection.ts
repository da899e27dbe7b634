// What is chosen on the map of a machine, without any view: toggling, ranges, and the way from one CPU to the next.

/** The cores of a machine in the order they are drawn, each with its CPUs from the first thread to the last. */
export type Cores = readonly (readonly number[])[];

export interface Place {
  /** Number of the core as drawn, not its id. */
  readonly core: number;
  readonly thread: number;
}

export interface CpuLayout {
  readonly cores: Cores;
  readonly places: ReadonlyMap<number, Place>;
}

export type Selection = ReadonlySet<number>;

export function layoutOf(cores: Cores): CpuLayout {
  const places = new Map<number, Place>();
  for (const [core, cpus] of cores.entries())
    for (const [thread, cpu] of cpus.entries()) places.set(cpu, { core, thread });
  return { cores, places };
}

/**
 * CPUs of the rectangle between two: all cores between theirs, all threads between theirs. So a range along first
 * threads leaves out their siblings, and one that ends on a second thread takes both. Empty where one is not drawn.
 */
export function rangeOf({ cores, places }: CpuLayout, from: number, to: number): readonly number[] {
  const first = places.get(from);
  const last = places.get(to);
  if (first === undefined || last === undefined) return [];
  const threads = [first.thread, last.thread];
  return cores
    .slice(Math.min(first.core, last.core), Math.max(first.core, last.core) + 1)
    .flatMap((cpus) => cpus.slice(Math.min(...threads), Math.max(...threads) + 1));
}

/** With or without these CPUs. */
export function applied(selection: Selection, cpus: Iterable<number>, chosen: boolean): Selection {
  const next = new Set(selection);
  for (const cpu of cpus)
    if (chosen) next.add(cpu);
    else next.delete(cpu);
  return next;
}

/** All of a group are taken unless all of it is taken already; then none is. */
export function toggled(selection: Selection, cpus: readonly number[]): Selection {
  return applied(selection, cpus, !holdsAll(selection, cpus));
}

export function holdsAll(selection: Selection, cpus: readonly number[]): boolean {
  return cpus.length > 0 && cpus.every((cpu) => selection.has(cpu));
}

export type Step = "left" | "right" | "first" | "last";

/** The CPU beside another, on the same thread where that core has it. The ends stay where they are. */
export function stepFrom({ cores, places }: CpuLayout, cpu: number, step: Step): number {
  const place = places.get(cpu);
  if (place === undefined) return cpu;
  const last = cores.length - 1;
  const target = { left: place.core - 1, right: place.core + 1, first: 0, last }[step];
  const cpus = cores[Math.min(Math.max(target, 0), last)] ?? [];
  return cpus[Math.min(place.thread, cpus.length - 1)] ?? cpu;
}
