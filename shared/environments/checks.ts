// What stands against a configuration on a SUT: the checks that the environments share.
import type { Configuration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { missingOf, numbersOf } from "./cpu-list.ts";
import {
  hugePagePool,
  noSuchPages,
  offersHugePages,
  pageText,
  reservationField,
  type HugePageKiB,
} from "./huge-page-pools.ts";

type Pages = Configuration["pages"];

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

function pinningFindings({ pinning }: Configuration, facts: Facts): readonly Finding[] {
  const { cpus, memory } = pinning;
  return [
    ...(cpus === undefined ? [] : cpuListFindings("pinning.cpus", cpus, facts)),
    ...(memory.policy === "bind" || memory.policy === "interleave"
      ? nodeListFindings("pinning.memory.nodes", memory.nodes, facts)
      : []),
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
  const node = pages.hugePagesNode;
  if (node !== undefined) findings.push(...nodeListFindings("pages.hugePagesNode", String(node), facts));
  findings.push(...reservationFindings(2048, pages, facts), ...reservationFindings(1_048_576, pages, facts));
  return findings;
}

/** Whether the host has pages of that size, and memory for as many as are to be reserved. */
function reservationFindings(size: HugePageKiB, pages: Pages, facts: Facts): readonly Finding[] {
  const field = reservationField(size);
  const count = pages[field];
  if (count === undefined || count === 0) return [];
  if (!offersHugePages(size, facts)) return [error(`pages.${field}`, noSuchPages(size, facts))];
  const bytes = count * size * 1024;
  const reserved = hugePagePool(size, pages.hugePagesNode ?? null, facts).total * size * 1024;
  if (bytes <= reserved + facts.memory.availableBytes) return [];
  return [
    error(
      `pages.${field}`,
      `${count} pages of ${pageText(size)} need ${mib(bytes)} MiB; ${facts.hostname} has ${mib(facts.memory.availableBytes)} MiB available.`,
    ),
  ];
}

export function mib(bytes: number): number {
  return Math.floor(bytes / mebibyte);
}

function plural(noun: string, numbers: readonly number[]): string {
  return numbers.length === 1 ? `${noun} ${numbers[0]} is` : `${noun}s ${numbers.join(", ")} are`;
}
