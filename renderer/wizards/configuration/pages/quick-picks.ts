// Numbers of pages that need no typing: a share of the memory that is free, none, or as the host has it.
import { hugePagePool, type HugePageKiB } from "#shared/environments/huge-page-pools.ts";
import type { Facts } from "#shared/model/facts.ts";

export interface QuickPick {
  readonly label: string;
  /** Text of the field on a node, or for the whole host (null). */
  readonly text: (node: number | null) => string;
}

/** Without facts only what needs none. */
export function quickPicks(size: HugePageKiB, facts: Facts | null): readonly QuickPick[] {
  const share = (part: number, label: string): readonly QuickPick[] =>
    facts === null ? [] : [{ label, text: (node) => String(shareOfFree(part, size, node, facts)) }];
  return [
    { label: "As it is", text: () => "" },
    { label: "None", text: () => "0" },
    ...share(1 / 4, "¼ of what is free"),
    ...share(1 / 2, "½ of what is free"),
  ];
}

/** Whole pages of the memory that is free now or reserved in pages of this size. */
function shareOfFree(part: number, size: HugePageKiB, node: number | null, facts: Facts): number {
  const { nodes, availableBytes } = facts.memory;
  const places = nodes.filter((each) => node === null || each.node === node);
  const free = places.length === 0 ? availableBytes : places.reduce((sum, each) => sum + each.freeBytes, 0);
  const bytes = size * 1024;
  return Math.floor((part * (free + hugePagePool(size, node, facts).total * bytes)) / bytes);
}
