// The reserved huge pages that a guest's memory needs, where they must lie, and the reservation that gives them.
import type { Configuration, KvmConfiguration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { numbersOf } from "./cpu-list.ts";
import { hugePageKiB } from "./domain-cpu.ts";
import { hugePagePool, reservationField, type HugePageKiB } from "./huge-page-pools.ts";

type Pages = Configuration["pages"];

/** A part of the guest's memory that must come from certain nodes of the host. */
export interface BoundPart {
  /** Field that binds it. */
  readonly field: string;
  /** CPU-list text of nodes. */
  readonly nodes: string;
  readonly memoryMiB: number;
}

/** Cells share a node where they name the same. */
export function boundParts({ machine, pinning }: KvmConfiguration): readonly BoundPart[] {
  const { numaCells = [] } = machine;
  const byNodes = new Map<string, BoundPart>();
  for (const [index, { hostNodes, memoryMiB }] of numaCells.entries()) {
    if (hostNodes === undefined) continue;
    const before = byNodes.get(hostNodes);
    byNodes.set(hostNodes, {
      field: before?.field ?? `machine.numaCells.${index}.hostNodes`,
      nodes: hostNodes,
      memoryMiB: (before?.memoryMiB ?? 0) + memoryMiB,
    });
  }
  if (byNodes.size > 0 || pinning.memory.policy !== "bind") return [...byNodes.values()];
  return [{ field: "pinning.memory.nodes", nodes: pinning.memory.nodes, memoryMiB: machine.memoryMiB }];
}

export function pagesFor(memoryMiB: number, size: HugePageKiB): number {
  return Math.ceil((memoryMiB * 1024) / size);
}

export interface NeededPages {
  readonly size: HugePageKiB;
  /** Pages of the whole guest. */
  readonly whole: number;
  /** By node of the host, in order; empty where the guest's memory may come from anywhere. */
  readonly nodes: readonly { readonly node: number; readonly pages: number }[];
}

/** A part that is bound to several nodes is shared out evenly; what is bound to none counts for all nodes of the host. */
export function neededPages(configuration: KvmConfiguration, facts: Facts | null): NeededPages {
  const { machine } = configuration;
  const size = hugePageKiB(machine);
  const whole = pagesFor(machine.memoryMiB, size);
  const bound = boundParts(configuration);
  if (bound.length === 0) return { size, whole, nodes: [] };
  const parts = bound.map(({ nodes, memoryMiB }) => ({ nodes: numbersOf(nodes), memoryMiB }));
  const loose = machine.memoryMiB - parts.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0);
  const everywhere = facts?.memory.nodes.map(({ node }) => node) ?? [];
  const shares =
    loose > 0 && everywhere.length > 0 ? [...parts, { nodes: everywhere, memoryMiB: loose }] : parts;
  const needed = new Map<number, number>();
  for (const { nodes, memoryMiB } of shares) {
    const share = Math.ceil(pagesFor(memoryMiB, size) / Math.max(nodes.length, 1));
    for (const node of nodes) needed.set(node, (needed.get(node) ?? 0) + share);
  }
  const nodes = [...needed].map(([node, pages]) => ({ node, pages })).toSorted((a, b) => a.node - b.node);
  return { size, whole, nodes };
}

/**
 * The configuration's pages with a reservation that gives the guest what it needs beside the pages that others use:
 * on the nodes that its memory is bound to, else for the whole host. Pages of the other size stay as they are chosen.
 */
export function pagesForGuest(configuration: KvmConfiguration, facts: Facts): Pages {
  const { pages } = configuration;
  const { size, whole, nodes } = neededPages(configuration, facts);
  const field = reservationField(size);
  const count = (node: number | null, needed: number) => {
    const { total, free } = hugePagePool(size, node, facts);
    return needed + total - free;
  };
  const { perNode = [], hugePages2M, hugePages1G, hugePagesNode, ...rest } = pages;
  const single = facts.memory.nodes.length < 2 && perNode.length === 0;
  if (single || (nodes.length === 0 && perNode.length === 0))
    return { ...pages, [field]: count(hugePagesNode ?? null, whole) };
  const places = nodes.length > 0 ? nodes : evenly(whole, facts);
  // Of the other size what was chosen stays: by node, or for the whole host and now shared out.
  const other = size === 2048 ? ("hugePages1G" as const) : ("hugePages2M" as const);
  const rows = new Map<number, NonNullable<Pages["perNode"]>[number]>();
  for (const { node, [other]: kept } of perNode)
    if (kept !== undefined) rows.set(node, { node, [other]: kept });
  const spread = { hugePages2M, hugePages1G }[other];
  if (spread !== undefined)
    for (const { node, pages: share } of evenly(spread, facts)) rows.set(node, { node, [other]: share });
  for (const { node, pages: needed } of places)
    rows.set(node, { ...rows.get(node), node, [field]: count(node, needed) });
  return { ...rest, perNode: [...rows.values()].toSorted((a, b) => a.node - b.node) };
}

function evenly(pages: number, { memory }: Facts): NeededPages["nodes"] {
  const share = Math.ceil(pages / Math.max(memory.nodes.length, 1));
  return memory.nodes.map(({ node }) => ({ node, pages: share }));
}
