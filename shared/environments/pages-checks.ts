// What stands against the pages of a configuration on a SUT: modes, nodes, and reservations against size and fragmentation of memory.
import type { Configuration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { bytesText, countText } from "../report/number.ts";
import { error, mib, nodeListFindings, warning, type Finding } from "./checks.ts";
import {
  hugePagePool,
  noSuchPages,
  offersHugePages,
  pageText,
  reservationsOf,
  type Reservation,
} from "./huge-page-pools.ts";

type Pages = Configuration["pages"];

/** What a host should keep beside all reservations: this much, or this share of its memory where that is more. */
const keptBytes = 2 * 2 ** 30;
const keptShare = 0.05;

export function pagesFindings({ pages }: Configuration, facts: Facts): readonly Finding[] {
  const wanted = reservationsOf(pages);
  const refused = wanted.flatMap((each) => refusals(each, wanted, facts));
  const possible = wanted.filter(({ field }) => !refused.some((finding) => finding.field === field));
  return [
    ...thpFindings(pages, facts),
    ...placeFindings(pages, facts),
    ...refused,
    ...possible.flatMap((each) => fragmentationFindings(each, possible, facts)),
    ...(refused.length === 0 ? hostFindings(wanted, facts) : []),
  ];
}

function thpFindings({ thp, thpDefrag }: Pages, { memory, hostname }: Facts): readonly Finding[] {
  const missing = (field: string) =>
    warning(
      field,
      `The kernel of ${hostname} has no transparent huge pages; the setting will be recorded as not available.`,
    );
  if (memory.thp === null)
    return [
      ...(thp === undefined ? [] : [missing("pages.thp")]),
      ...(thpDefrag === undefined ? [] : [missing("pages.thpDefrag")]),
    ];
  if (thpDefrag === undefined || (thp ?? memory.thp.enabled) !== "never") return [];
  return [
    warning(
      "pages.thpDefrag",
      "Transparent huge pages are off (never): how hard they are made has no effect.",
    ),
  ];
}

/** Nodes that exist, each once, and one way to reserve. */
function placeFindings({ perNode, ...whole }: Pages, facts: Facts): readonly Finding[] {
  const { hugePagesNode: node } = whole;
  const findings: Finding[] = [];
  if (node !== undefined) findings.push(...nodeListFindings("pages.hugePagesNode", String(node), facts));
  if (perNode === undefined) return findings;
  if ([whole.hugePages2M, whole.hugePages1G, node].some((value) => value !== undefined))
    findings.push(
      error(
        "pages.perNode",
        "Pages are reserved on single NUMA nodes or for the whole host, not both: leave one of them out.",
      ),
    );
  for (const [index, row] of perNode.entries()) {
    const field = `pages.perNode.${index}.node`;
    findings.push(...nodeListFindings(field, String(row.node), facts));
    if (perNode.findIndex((each) => each.node === row.node) !== index)
      findings.push(error(field, `NUMA node ${row.node} stands in the reservations more than once.`));
  }
  return findings;
}

/** Pages that the kernel does not have, or more than there can be. */
function refusals(each: Reservation, all: readonly Reservation[], facts: Facts): readonly Finding[] {
  const { field, size, count, node } = each;
  if (count === 0) return [];
  if (!offersHugePages(size, facts)) return [error(field, noSuchPages(size, facts))];
  const bytes = bytesOf(each);
  const reserved = hugePagePool(size, node, facts).total * size * 1024;
  const pages = `${count} pages of ${pageText(size)}`;
  if (bytes > reserved + facts.memory.availableBytes)
    return [
      error(
        field,
        `${pages} need ${mib(bytes)} MiB; ${facts.hostname} has ${mib(facts.memory.availableBytes)} MiB available.`,
      ),
    ];
  const place = facts.memory.nodes.find((known) => known.node === node);
  if (node === null || place === undefined) return [];
  const others = ([2048, 1_048_576] as const)
    .filter((other) => other !== size)
    .reduce((sum, other) => {
      const own = all.find((reservation) => reservation.size === other && reservation.node === node);
      return sum + (own?.count ?? hugePagePool(other, node, facts).total) * other * 1024;
    }, 0);
  if (bytes + others <= place.totalBytes) return [];
  const beside = others === 0 ? "" : `, ${bytesText(others)} of it for other huge pages`;
  return [
    error(
      field,
      `${pages} on NUMA node ${node} need ${bytesText(bytes)}; that node of ${facts.hostname} has ${bytesText(place.totalBytes)}${beside}.`,
    ),
  ];
}

/** More pages than free memory holds in one piece now: the kernel moves pages together, which may or may not be enough. */
function fragmentationFindings(
  each: Reservation,
  all: readonly Reservation[],
  facts: Facts,
): readonly Finding[] {
  const { node, size, field } = each;
  const more = addedPages(each, facts);
  const places = facts.memory.nodes.filter((known) => node === null || known.node === node);
  if (more === 0 || places.length === 0) return [];
  // What becomes a page of 1 GiB is no page of 2 MiB any more.
  const large = all.filter((other) => size === 2048 && other.size !== size && other.node === node);
  const taken = large.reduce((sum, other) => sum + addedBytes(other, facts), 0);
  const free = freeOf(places);
  if (addedBytes(each, facts) + taken <= free.bytes) return [];
  const where = node === null ? facts.hostname : `NUMA node ${node} of ${facts.hostname}`;
  const now = free.inPieces ? `${bytesText(free.bytes)} in pieces of 2 MiB or more` : bytesText(free.bytes);
  const beside = taken === 0 ? "" : `, of which the pages of 1 GiB take ${bytesText(taken)}`;
  return [
    warning(
      field,
      `${countText(more, "more page")} of ${pageText(size)} need ${bytesText(addedBytes(each, facts))}, and ${where} has ${now} free now${beside}: the kernel drops caches and moves pages together, and may still give fewer; then the change fails and is undone.`,
    ),
  ];
}

function freeOf(places: Facts["memory"]["nodes"]): { readonly bytes: number; readonly inPieces: boolean } {
  const pieces = places.map(({ free2M }) => free2M);
  const known = pieces.filter((number) => number !== undefined);
  return known.length === places.length
    ? { bytes: known.reduce((sum, number) => sum + number * 2 ** 21, 0), inPieces: true }
    : { bytes: places.reduce((sum, { freeBytes }) => sum + freeBytes, 0), inPieces: false };
}

/** All reservations together against what the host has, and what it keeps for itself. */
function hostFindings(all: readonly Reservation[], { memory, ...facts }: Facts): readonly Finding[] {
  const added = all.map((each) => addedBytes(each, { memory, ...facts }));
  const sum = added.reduce((total, bytes) => total + bytes, 0);
  const largest = all[added.indexOf(Math.max(...added))];
  if (sum === 0 || largest === undefined) return [];
  const available = `${bytesText(memory.availableBytes)} that ${facts.hostname} has available`;
  if (sum > memory.availableBytes)
    return [error(largest.field, `The reservations need ${bytesText(sum)} more in all, of ${available}.`)];
  const left = memory.availableBytes - sum;
  if (left >= Math.max(keptBytes, keptShare * memory.totalBytes)) return [];
  return [
    warning(
      largest.field,
      `The reservations leave ${bytesText(left)} of the ${available}: its own programs, page tables and the page cache need some of it.`,
    ),
  ];
}

function bytesOf({ count, size }: Reservation): number {
  return count * size * 1024;
}

/** Pages that are not reserved yet. */
function addedPages({ size, node, count }: Reservation, facts: Facts): number {
  return Math.max(count - hugePagePool(size, node, facts).total, 0);
}

function addedBytes(reservation: Reservation, facts: Facts): number {
  return addedPages(reservation, facts) * reservation.size * 1024;
}
