// /proc/buddyinfo: how much of a node's free memory lies in pieces that a huge page of 2 MiB fits into.

const hugeBytes = 2 ** 21;

/**
 * Pages of 2 MiB that the free memory of each node holds in one piece, over all its zones: a free block of order n has
 * 2^n base pages and is aligned to its size. Null where the file or the size of a base page (bytes) is not known, or
 * the kernel's largest block is smaller than 2 MiB.
 */
export function freeHugeRanges(
  text: string | null,
  pageBytes: number | null,
): ReadonlyMap<number, number> | null {
  const smallest = pageBytes === null ? Number.NaN : Math.log2(hugeBytes / pageBytes);
  if (text === null || !Number.isInteger(smallest) || smallest < 0) return null;
  const found = new Map<number, number>();
  for (const line of text.split("\n")) {
    const [, node, counts] = /^Node (\d{1,4}), zone +\S+((?: +\d{1,12})+) *$/.exec(line) ?? [];
    if (node === undefined || counts === undefined) continue;
    const orders = counts.trim().split(/ +/).map(Number);
    if (orders.length <= smallest) return null;
    const pages = orders.reduce(
      (sum, blocks, order) => sum + (order < smallest ? 0 : blocks * 2 ** (order - smallest)),
      0,
    );
    found.set(Number(node), (found.get(Number(node)) ?? 0) + pages);
  }
  return found.size === 0 ? null : found;
}
