// What stands against a configuration on a SUT: the checks that the environments share.
import { formatCpuList } from "../facts/cpu-list.ts";
import type { Configuration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { missingOf, numbersOf } from "./cpu-list.ts";

export interface Finding {
  readonly severity: "error" | "warning";
  /** Path of the field in the configuration: `pinning.cpus`. */
  readonly field: string;
  /** One sentence. */
  readonly text: string;
}

const mebibyte = 1024 * 1024;

export function error(field: string, text: string): Finding {
  return { severity: "error", field, text };
}

export function warning(field: string, text: string): Finding {
  return { severity: "warning", field, text };
}

/** A CPU list against the CPUs that are online. */
export function cpuListFindings(field: string, list: string, facts: Facts): readonly Finding[] {
  if (numbersOf(list).length === 0) return [error(field, `The CPU list ${list} names no CPU.`)];
  const missing = missingOf(list, facts.cpu.online);
  if (missing.length === 0) return [];
  return [
    error(field, `${plural("CPU", missing)} not online on ${facts.hostname}; online: ${facts.cpu.online}.`),
  ];
}

/** A node list against the nodes that the host has. */
export function nodeListFindings(field: string, list: string, facts: Facts): readonly Finding[] {
  const nodes = facts.memory.nodes.map(({ node }) => node);
  const wanted = numbersOf(list);
  if (wanted.length === 0) return [error(field, `The node list ${list} names no node.`)];
  const missing = wanted.filter((node) => !nodes.includes(node));
  if (missing.length === 0) return [];
  const there =
    nodes.length === 1
      ? `has one NUMA node, ${nodes[0]}`
      : `has the NUMA nodes ${nodes.join(", ") || "none"}`;
  return [error(field, `NUMA ${plural("node", missing)} not there: ${facts.hostname} ${there}.`)];
}

/** Where programs may run and their memory lies, on the host. */
export function pinningFindings({ pinning }: Configuration, facts: Facts): readonly Finding[] {
  const { cpus, memory } = pinning;
  return [
    ...(cpus === undefined ? [] : cpuListFindings("pinning.cpus", cpus, facts)),
    ...(memory.policy === "bind" || memory.policy === "interleave"
      ? nodeListFindings("pinning.memory.nodes", memory.nodes, facts)
      : []),
  ];
}

export function mib(bytes: number): number {
  return Math.floor(bytes / mebibyte);
}

function plural(noun: string, numbers: readonly number[]): string {
  return numbers.length === 1 ? `${noun} ${numbers[0]} is` : `${noun}s ${numbersText(numbers)} are`;
}

/** A few numbers one by one, many as ranges: a slip of the keys names thousands. */
export function numbersText(numbers: readonly number[]): string {
  return numbers.length > 4 ? formatCpuList(numbers) : numbers.join(", ");
}
