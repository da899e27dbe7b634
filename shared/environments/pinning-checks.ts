// What should be known of a pinning on a SUT: siblings, interrupts of the data network, memory elsewhere, isolated CPUs.
import { interruptCpus } from "../facts/interrupt-cpus.ts";
import { formatCpuList } from "../facts/cpu-list.ts";
import type { Configuration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";
import { cpuListFindings, error, warning, type Finding } from "./checks.ts";
import { numbersOf } from "./cpu-list.ts";
import { dataNics } from "./data-nics.ts";
import { dataInterface } from "./guest-network.ts";
import { hostCpus, type HostCpus } from "./host-cpus.ts";

/** CPUs that the workload runs on by choice; null where nothing is chosen. */
export interface ChosenCpus {
  readonly field: "pinning.cpus" | "machine.vcpuPins";
  readonly cpus: readonly number[];
}

/** For guests the pins of vCPUs count, else the CPUs of the pinning; only those that are online. */
export function chosenCpus(configuration: Configuration, facts: Facts): ChosenCpus | null {
  const pins = configuration.environment === "kvm" ? configuration.machine.vcpuPins : undefined;
  const list = pins?.join(",") ?? configuration.pinning.cpus;
  if (list === undefined || list === "") return null;
  const online = new Set(numbersOf(facts.cpu.online));
  const cpus = numbersOf(list).filter((cpu) => online.has(cpu));
  return cpus.length === 0 ? null : { field: pins === undefined ? "pinning.cpus" : "machine.vcpuPins", cpus };
}

/**
 * Where the workload of any environment is placed; a guest's own pins have checks of their own (`guestPinFindings`).
 * Without a lab nothing is said of the data interface.
 */
export function placementFindings(
  configuration: Configuration,
  facts: Facts,
  of: Lab | undefined,
): readonly Finding[] {
  const lab = of ?? null;
  const host = hostCpus(facts);
  const chosen = chosenCpus(configuration, facts);
  return [
    ...(chosen === null ? [] : splitFindings(chosen, host)),
    ...(chosen === null ? [] : interruptFindings(configuration, chosen, facts, lab, host)),
    ...boundFindings(configuration, chosen, facts, host),
    ...isolatedFindings(configuration, chosen, facts, host),
    ...nicIrqFindings(configuration, facts, lab),
  ];
}

/** Some cores with all their threads and others with a part of them: the threads are then not worth the same. */
function splitFindings({ field, cpus }: ChosenCpus, host: HostCpus): readonly Finding[] {
  const used = new Set(cpus);
  const cores = [...new Set(cpus.map((cpu) => host.coreOf(cpu)))].filter((core) => core.length > 1);
  const split = cores.filter((core) => core.some((cpu) => !used.has(cpu)));
  if (split.length === 0 || split.length === cores.length) return [];
  const [here, left] = [true, false].map((wanted) =>
    formatCpuList(split.flat().filter((cpu) => used.has(cpu) === wanted)),
  );
  return [
    warning(
      field,
      `Siblings are split: ${cpusText(here ?? "")} would run without ${cpusText(left ?? "")} of the same ${split.length === 1 ? "core" : "cores"}, while the other cores run all their threads.`,
    ),
  ];
}

/** Only where it can be helped: interrupts somewhere else on the same nodes, or chosen by the configuration itself. */
function interruptFindings(
  { pinning: { nicIrqs } }: Configuration,
  { field, cpus }: ChosenCpus,
  facts: Facts,
  lab: Lab | null,
  host: HostCpus,
): readonly Finding[] {
  const names = dataNics(lab, facts);
  const online = numbersOf(facts.cpu.online);
  if (names.length === 0 || cpus.length === online.length) return [];
  const taken =
    nicIrqs === undefined
      ? facts.nics.filter(({ name }) => names.includes(name)).flatMap((nic) => interruptCpus(nic, facts))
      : numbersOf(nicIrqs);
  const noisy = new Set(taken.flatMap((cpu) => host.coreOf(cpu)));
  const hit = cpus.filter((cpu) => noisy.has(cpu));
  if (hit.length === 0) return [];
  const direct = hit.filter((cpu) => taken.includes(cpu));
  const where =
    direct.length > 0
      ? `on ${cpusText(formatCpuList(direct))}`
      : `on the ${hit.length === 1 ? "sibling" : "siblings"} of ${cpusText(formatCpuList(hit))}`;
  const text = `The interrupts of ${names.join(" and ")} come ${where}, where the workload would run`;
  if (nicIrqs !== undefined) return [warning("pinning.nicIrqs", `${text}.`)];
  const nodes = new Set(cpus.map((cpu) => host.nodeOf(cpu)));
  const free = online.filter((cpu) => nodes.has(host.nodeOf(cpu)) && !noisy.has(cpu));
  // One thread of each core has no better place either, however many siblings are left.
  const cores = (of: readonly number[]) => new Set(of.map((cpu) => host.coreOf(cpu))).size;
  if (free.length < cpus.length || cores(free) < cores(cpus)) return [];
  return [warning(field, `${text}; ${cpusText(formatCpuList(free))} near them would be free of them.`)];
}

/** Nodes without CPUs are left out: who binds memory to them wants just that memory. */
function boundFindings(
  { pinning: { memory } }: Configuration,
  chosen: ChosenCpus | null,
  facts: Facts,
  host: HostCpus,
): readonly Finding[] {
  if (memory.policy !== "bind" || !host.known) return [];
  const bound = numbersOf(memory.nodes);
  const online = numbersOf(facts.cpu.online);
  const withCpus = new Set(online.map((cpu) => host.nodeOf(cpu)));
  if (!bound.every((node) => withCpus.has(node))) return [];
  const far = (chosen?.cpus ?? online).filter((cpu) => !bound.includes(host.nodeOf(cpu) ?? -1));
  if (far.length === 0) return [];
  const homes = formatCpuList(far.map((cpu) => host.nodeOf(cpu) ?? 0));
  return [
    warning(
      "pinning.memory.nodes",
      `Memory is bound to NUMA node ${memory.nodes}, and ${cpusText(formatCpuList(far))} ${far.length === 1 ? "is" : "are"} on node ${homes}: all memory of what runs there is remote.`,
    ),
  ];
}

/** The scheduler neither puts a thread on an isolated CPU by itself nor moves it away from there. */
function isolatedFindings(
  configuration: Configuration,
  chosen: ChosenCpus | null,
  facts: Facts,
  host: HostCpus,
): readonly Finding[] {
  const online = numbersOf(facts.cpu.online);
  const isolated = facts.cpu.isolated
    ? numbersOf(facts.cpu.isolated).filter((cpu) => online.includes(cpu))
    : [];
  if (isolated.length === 0) return [];
  const list = cpusText(formatCpuList(isolated));
  const are = isolated.length === 1 ? "is" : "are";
  if (chosen === null)
    return [
      warning(
        "pinning.cpus",
        `${list} ${are} isolated (isolcpus): what is not pinned there runs on the other CPUs alone.`,
      ),
    ];
  // Threads that are pinned one by one need no scheduler.
  const pins =
    configuration.environment === "kvm" ? configuration.machine.vcpuPins?.map(numbersOf) : undefined;
  const roaming = (pins ?? [chosen.cpus]).filter((cpus) => cpus.length > 1);
  const stuck = isolated.filter((cpu) => roaming.some((cpus) => cpus.includes(cpu)));
  if (stuck.length > 0)
    return [
      warning(
        chosen.field,
        `${cpusText(formatCpuList(stuck))} ${stuck.length === 1 ? "is" : "are"} isolated (isolcpus): the scheduler does not balance over isolated CPUs, so several threads would stay on one CPU.`,
      ),
    ];
  const nodes = new Set(chosen.cpus.map((cpu) => host.nodeOf(cpu)));
  const near = isolated.filter((cpu) => nodes.has(host.nodeOf(cpu)));
  const used = chosen.cpus.some((cpu) => isolated.includes(cpu));
  if (used || roaming.length > 0 || near.length < chosen.cpus.length) return [];
  return [
    warning(
      chosen.field,
      `${cpusText(formatCpuList(near))} ${near.length === 1 ? "is" : "are"} isolated (isolcpus) and would be undisturbed, and nothing runs there.`,
    ),
  ];
}

function nicIrqFindings(
  { pinning: { nicIrqs } }: Configuration,
  facts: Facts,
  lab: Lab | null,
): readonly Finding[] {
  const field = "pinning.nicIrqs";
  if (nicIrqs === undefined) return [];
  const findings = [...cpuListFindings(field, nicIrqs, facts)];
  const host = facts.hostname;
  if (lab !== null && dataInterface(lab, facts) === null)
    findings.push(
      error(
        field,
        `No interface of ${host} carries the data address ${lab.sut.dataAddress}, so whose interrupts are meant is not known. Name the data interface in the lab.`,
      ),
    );
  else if (lab !== null && dataNics(lab, facts).length === 0)
    findings.push(
      warning(
        field,
        `${dataInterface(lab, facts)} of ${host} has no interrupts of its own; the setting will be recorded as not available.`,
      ),
    );
  if (facts.irqbalance === true)
    findings.push(
      error(
        field,
        `irqbalance runs on ${host} and would move these interrupts during the runs; stop it there, or leave the interrupts as they are.`,
      ),
    );
  return findings;
}

function cpusText(list: string): string {
  return `${/^\d+$/.test(list) ? "CPU" : "CPUs"} ${list}`;
}
