// What stands against a configuration on a SUT: the checks that the environments share.
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
const hugePageBytes = 2 * mebibyte;

export function error(field: string, text: string): Finding {
  return { severity: "error", field, text };
}

export function warning(field: string, text: string): Finding {
  return { severity: "warning", field, text };
}

/** Findings on the axes that every environment has: pinning and pages. */
export function commonFindings(configuration: Configuration, facts: Facts): readonly Finding[] {
  return [...pinningFindings(configuration, facts), ...pagesFindings(configuration, facts)];
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

function pinningFindings({ pinning }: Configuration, facts: Facts): readonly Finding[] {
  const { cpus, memory } = pinning;
  const cpuFindings = cpus === undefined ? [] : cpuListFindings("pinning.cpus", cpus, facts);
  if (memory.policy !== "bind" && memory.policy !== "interleave") return cpuFindings;
  const nodes = facts.memory.nodes.map(({ node }) => node);
  const missing = numbersOf(memory.nodes).filter((node) => !nodes.includes(node));
  if (numbersOf(memory.nodes).length === 0)
    return [...cpuFindings, error("pinning.memory.nodes", `The node list ${memory.nodes} names no node.`)];
  if (missing.length === 0) return cpuFindings;
  return [
    ...cpuFindings,
    error(
      "pinning.memory.nodes",
      `NUMA ${plural("node", missing)} not there on ${facts.hostname}; it has: ${nodes.join(", ") || "none"}.`,
    ),
  ];
}

function pagesFindings({ pages }: Configuration, facts: Facts): readonly Finding[] {
  const findings: Finding[] = [];
  if (pages.thp !== undefined && facts.memory.thp === null)
    findings.push(
      warning(
        "pages.thp",
        `The kernel of ${facts.hostname} has no transparent huge pages; the setting will be recorded as not available.`,
      ),
    );
  const bytes = (pages.hugePages2M ?? 0) * hugePageBytes;
  const reserved = hugePages2M(facts).total * hugePageBytes;
  if (bytes > reserved + facts.memory.availableBytes)
    findings.push(
      error(
        "pages.hugePages2M",
        `${pages.hugePages2M} pages of 2 MiB need ${mib(bytes)} MiB; ${facts.hostname} has ${mib(facts.memory.availableBytes)} MiB available.`,
      ),
    );
  return findings;
}

/** Reserved 2 MiB pages of the whole host. */
export function hugePages2M(facts: Facts): { readonly total: number; readonly free: number } {
  const pools = facts.memory.hugePages.filter(({ sizeBytes }) => sizeBytes === hugePageBytes);
  const whole = pools.find(({ node }) => node === null);
  if (whole !== undefined) return whole;
  return pools.reduce((sum, pool) => ({ total: sum.total + pool.total, free: sum.free + pool.free }), {
    total: 0,
    free: 0,
  });
}

export function mib(bytes: number): number {
  return Math.floor(bytes / mebibyte);
}

function plural(noun: string, numbers: readonly number[]): string {
  return numbers.length === 1 ? `${noun} ${numbers[0]} is` : `${noun}s ${numbers.join(", ")} are`;
}
