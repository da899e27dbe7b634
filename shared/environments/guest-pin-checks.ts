// What should be known of a guest's pins: vCPUs against the cores, siblings and nodes of the host, emulator and I/O thread.
import { formatCpuList } from "../facts/cpu-list.ts";
import type { KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { warning, type Finding } from "./checks.ts";
import { numbersOf } from "./cpu-list.ts";
import { hostCpus, type HostCpus } from "./host-cpus.ts";

/** A vCPU on one CPU of the host, and the core that the guest takes it for. */
interface PinnedVcpu {
  readonly vcpu: number;
  readonly cpu: number;
  readonly guestCore: number;
}

/** Warnings only: what cannot be at all (wrong numbers, CPUs that are not there) has errors elsewhere. */
export function guestPinFindings(configuration: KvmConfiguration, facts: Facts): readonly Finding[] {
  const { machine, pinning } = configuration;
  const pins = (machine.vcpuPins ?? []).slice(0, machine.vcpus).map(numbersOf);
  if (pins.length === 0) return [];
  const host = hostCpus(facts);
  const threads = machine.topology?.threads ?? 1;
  const single = pins.flatMap(([cpu, ...more], vcpu): readonly PinnedVcpu[] =>
    cpu === undefined || more.length > 0 ? [] : [{ vcpu, cpu, guestCore: Math.floor(vcpu / threads) }],
  );
  // More vCPUs than CPUs share some in any case, and have a warning for that.
  const crowded = machine.vcpus > numbersOf(pinning.cpus ?? facts.cpu.online).length;
  return [
    ...(crowded ? [] : overlapFindings(pins)),
    ...siblingFindings(single, host),
    ...helperFindings(configuration, pins),
    ...cellNodeFindings(configuration, pins, host),
    ...spanFindings(configuration, pins, host),
  ];
}

/** Pins that are the same list share it, as long as it has a CPU for each; different lists must not meet. */
function overlapFindings(pins: readonly (readonly number[])[]): readonly Finding[] {
  const field = "machine.vcpuPins";
  const users = [...Map.groupBy(pins.keys(), (vcpu) => (pins[vcpu] ?? []).join(","))].map(
    ([list, vcpus]) => ({
      cpus: numbersOf(list),
      vcpus,
    }),
  );
  const crowded = users.filter(({ cpus, vcpus }) => vcpus.length > cpus.length);
  const met = users.filter((a) => users.some((b) => a !== b && a.cpus.some((cpu) => b.cpus.includes(cpu))));
  const shared = met.flatMap((a) => a.cpus.filter((cpu) => met.some((b) => a !== b && b.cpus.includes(cpu))));
  return [
    ...crowded
      .slice(0, 3)
      .map(({ cpus, vcpus }) =>
        warning(
          field,
          `vCPUs ${formatCpuList(vcpus)} share ${cpusText(cpus)}: ${vcpus.length} of them on ${cpus.length}.`,
        ),
      ),
    ...(shared.length === 0
      ? []
      : [
          warning(
            field,
            `Pins overlap: vCPUs ${formatCpuList(met.flatMap(({ vcpus }) => vcpus))} meet on ${cpusText(shared)}.`,
          ),
        ]),
  ];
}

function siblingFindings(single: readonly PinnedVcpu[], host: HostCpus): readonly Finding[] {
  const field = "machine.vcpuPins";
  const coreOf = ({ cpu }: PinnedVcpu) => host.coreOf(cpu);
  const doubled = [...Map.groupBy(single, coreOf)].filter(
    ([, on]) => differ(on, ({ guestCore }) => guestCore) && differ(on, ({ cpu }) => cpu),
  );
  const torn = [...Map.groupBy(single, ({ guestCore }) => guestCore)].filter(([, of]) => differ(of, coreOf));
  return [
    ...examples(
      doubled.map(([, on]) => on),
      (places, more) =>
        warning(
          field,
          `Siblings are doubled: the guest takes ${places} for cores of their own, and each pair is two threads of one core of the host${more}.`,
        ),
    ),
    ...examples(
      torn.map(([, of]) => of),
      (places, more) =>
        warning(
          field,
          `The guest takes ${places} for threads of one core, and on the host they are on different cores${more}.`,
        ),
    ),
  ];
}

/** One finding that names the first of them. */
function examples(
  groups: readonly (readonly PinnedVcpu[])[],
  finding: (places: string, more: string) => Finding,
): readonly Finding[] {
  const [first] = groups;
  if (first === undefined) return [];
  const places = `vCPUs ${formatCpuList(first.map(({ vcpu }) => vcpu))} (on CPUs ${formatCpuList(first.map(({ cpu }) => cpu))})`;
  return [finding(places, groups.length === 1 ? "" : `; so with ${groups.length - 1} more`)];
}

function differ<T>(of: readonly T[], by: (item: T) => unknown): boolean {
  return new Set(of.map(by)).size > 1;
}

function helperFindings(
  { machine, storage }: KvmConfiguration,
  pins: readonly (readonly number[])[],
): readonly Finding[] {
  const taken = new Set(pins.flat());
  const helpers = [
    ["machine.emulatorPin", "The emulator", machine.emulatorPin],
    ["machine.ioThreadPin", "The I/O thread", storage.ioThread ? machine.ioThreadPin : undefined],
  ] as const;
  return helpers.flatMap(([field, name, list]) => {
    const shared = list === undefined ? [] : numbersOf(list).filter((cpu) => taken.has(cpu));
    if (shared.length === 0) return [];
    return [warning(field, `${name} would run on ${cpusText(shared)}, where vCPUs are pinned.`)];
  });
}

/** A cell whose memory comes from other nodes than those that its vCPUs run on. */
function cellNodeFindings(
  { machine }: KvmConfiguration,
  pins: readonly (readonly number[])[],
  host: HostCpus,
): readonly Finding[] {
  return (machine.numaCells ?? []).flatMap(({ cpus, hostNodes }, cell) => {
    if (hostNodes === undefined) return [];
    const there = numbersOf(hostNodes);
    const far = numbersOf(cpus)
      .flatMap((vcpu) => pins[vcpu] ?? [])
      .filter((cpu) => {
        const node = host.nodeOf(cpu);
        return node !== null && !there.includes(node);
      });
    if (far.length === 0) return [];
    return [
      warning(
        `machine.numaCells.${cell}.hostNodes`,
        `The memory of the guest's NUMA node ${cell} comes from node ${hostNodes} of the host, and its vCPUs run on ${cpusText(far)} of node ${nodesText(far, host)}.`,
      ),
    ];
  });
}

/** A guest that sees one node, on CPUs of several: where its memory lies is left to chance. */
function spanFindings(
  { machine, pinning: { memory } }: KvmConfiguration,
  pins: readonly (readonly number[])[],
  host: HostCpus,
): readonly Finding[] {
  const nodes = new Set(pins.flat().flatMap((cpu) => host.nodeOf(cpu) ?? []));
  const left = memory.policy === "default" || memory.policy === "local";
  if (nodes.size < 2 || !left || (machine.numaCells ?? []).length > 1) return [];
  return [
    warning(
      "machine.numaCells",
      `The vCPUs run on the NUMA nodes ${formatCpuList(nodes)}, and the guest sees one: which node each page of its memory is on is left to chance. Give it NUMA nodes of its own, or interleave.`,
    ),
  ];
}

function nodesText(cpus: readonly number[], host: HostCpus): string {
  return formatCpuList(cpus.flatMap((cpu) => host.nodeOf(cpu) ?? []));
}

function cpusText(cpus: readonly number[]): string {
  const list = formatCpuList(cpus);
  return `${/^\d+$/.test(list) ? "CPU" : "CPUs"} ${list}`;
}
