// The host's reserved huge pages, as they are and as a configuration's own reservation will leave them.
import type { Configuration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";

type Pages = Configuration["pages"];
export type HugePageKiB = 2048 | 1_048_576;

interface Pool {
  readonly total: number;
  readonly free: number;
}

/** Field of a configuration's pages that reserves pages of this size. */
export function reservationField(size: HugePageKiB): "hugePages2M" | "hugePages1G" {
  return size === 2048 ? "hugePages2M" : "hugePages1G";
}

export interface Reservation {
  /** Field of the configuration that it stands in: `pages.perNode.1.hugePages2M`. */
  readonly field: string;
  readonly size: HugePageKiB;
  /** Null: the host as a whole. */
  readonly node: number | null;
  readonly count: number;
}

/** What a configuration reserves, in the order in which it is done: large pages first, as they need memory in one piece. */
export function reservationsOf({
  hugePages1G,
  hugePages2M,
  hugePagesNode,
  perNode,
}: Pages): readonly Reservation[] {
  const both = (
    prefix: string,
    node: number | null,
    large: number | undefined,
    small: number | undefined,
  ) => [
    ...(large === undefined
      ? []
      : [{ field: `${prefix}.hugePages1G`, size: 1_048_576 as const, node, count: large }]),
    ...(small === undefined
      ? []
      : [{ field: `${prefix}.hugePages2M`, size: 2048 as const, node, count: small }]),
  ];
  return [
    ...both("pages", hugePagesNode ?? null, hugePages1G, hugePages2M),
    ...(perNode ?? []).flatMap((row, index) =>
      both(`pages.perNode.${index}`, row.node, row.hugePages1G, row.hugePages2M),
    ),
  ];
}

export function pageText(size: HugePageKiB): string {
  return size === 2048 ? "2 MiB" : "1 GiB";
}

/** Whether the kernel has a pool of such pages, be it an empty one. */
export function offersHugePages(size: HugePageKiB, { memory }: Facts): boolean {
  return memory.hugePages.some(({ sizeBytes }) => sizeBytes === size * 1024);
}

export function noSuchPages(size: HugePageKiB, { hostname }: Facts): string {
  return `The kernel of ${hostname} offers no huge pages of ${pageText(size)}.`;
}

/** Pages of one node, or of the whole host (null). */
export function hugePagePool(size: HugePageKiB, node: number | null, { memory }: Facts): Pool {
  const pools = memory.hugePages.filter(({ sizeBytes }) => sizeBytes === size * 1024);
  const found = pools.find((pool) => pool.node === node);
  if (found !== undefined) return found;
  // A host with one node may tell the whole only, or the node only.
  const rest =
    node === null ? pools : memory.nodes.length === 1 ? pools.filter((pool) => pool.node === null) : [];
  return rest.reduce((sum, { total, free }) => ({ total: sum.total + total, free: sum.free + free }), {
    total: 0,
    free: 0,
  });
}

/**
 * Pages that are free once the configuration's reservation has replaced the one that the host has. What is reserved
 * for the whole host is counted as spread evenly over the nodes, which is what the kernel tries.
 */
export function freeHugePages(size: HugePageKiB, node: number | null, pages: Pages, facts: Facts): number {
  const { free, total } = hugePagePool(size, node, facts);
  const own = reservationsOf(pages).filter((each) => each.size === size);
  const whole = own.find((each) => each.node === null);
  if (whole !== undefined) {
    const { count } = whole;
    const share = node === null ? count : Math.floor(count / Math.max(facts.memory.nodes.length, 1));
    return Math.max(free + share - total, 0);
  }
  // Pages that are in use stay, however few are reserved.
  const gained = own
    .filter((each) => node === null || each.node === node)
    .map((each) => {
      const pool = hugePagePool(size, each.node, facts);
      return Math.max(pool.free + each.count - pool.total, 0) - pool.free;
    });
  return Math.max(
    gained.reduce((sum, more) => sum + more, free),
    0,
  );
}

/** Pages that are reserved on a node (null: on the whole host) once the configuration's own reservation is made. */
export function reservedHugePages(
  size: HugePageKiB,
  node: number | null,
  pages: Pages,
  facts: Facts,
): number {
  const own = reservationsOf(pages).filter((each) => each.size === size);
  const whole = own.find((each) => each.node === null);
  const nodes = Math.max(facts.memory.nodes.length, 1);
  if (whole !== undefined) return node === null ? whole.count : Math.floor(whole.count / nodes);
  const { total } = hugePagePool(size, node, facts);
  return own
    .filter((each) => node === null || each.node === node)
    .reduce((sum, each) => sum + each.count - hugePagePool(size, each.node, facts).total, total);
}
