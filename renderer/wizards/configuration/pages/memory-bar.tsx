// The memory of a node as a bar: what is used, what will be reserved in huge pages, what stays free.
import { reservedHugePages } from "#shared/environments/huge-page-pools.ts";
import type { Pages } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import { bytesText } from "#shared/report/number.ts";
import styles from "./memory-bar.module.css";

interface NodeShares {
  readonly total: number;
  /** By programs, the page cache and the kernel: all that is neither free nor in a pool of huge pages. */
  readonly used: number;
  readonly small: number;
  readonly large: number;
  /** Negative where more is wanted than there is. */
  readonly free: number;
}

function sharesOf(node: Facts["memory"]["nodes"][number], pages: Pages, facts: Facts): NodeShares {
  const pools = facts.memory.hugePages.filter((pool) =>
    facts.memory.nodes.length === 1 ? pool.node === null : pool.node === node.node,
  );
  const now = pools.reduce((sum, { total, sizeBytes }) => sum + total * sizeBytes, 0);
  const place = facts.memory.nodes.length === 1 ? null : node.node;
  const small = reservedHugePages(2048, place, pages, facts) * 2 ** 21;
  const large = reservedHugePages(1_048_576, place, pages, facts) * 2 ** 30;
  const used = Math.max(node.totalBytes - node.freeBytes - now, 0);
  return { total: node.totalBytes, used, small, large, free: node.totalBytes - used - small - large };
}

interface MemoryBarProps {
  readonly node: Facts["memory"]["nodes"][number];
  readonly pages: Pages;
  readonly facts: Facts;
}

export function MemoryBar({ node, pages, facts }: MemoryBarProps) {
  const { total, used, small, large, free } = sharesOf(node, pages, facts);
  const width = (bytes: number) => ({ width: `${Math.min((100 * bytes) / Math.max(total, 1), 100)}%` });
  const words = [
    `${bytesText(used)} used`,
    ...(small > 0 ? [`${bytesText(small)} in pages of 2 MiB`] : []),
    ...(large > 0 ? [`${bytesText(large)} in pages of 1 GiB`] : []),
    free < 0 ? `${bytesText(-free)} too much` : `${bytesText(free)} free`,
  ].join(", ");
  const inPieces = node.free2M === undefined ? null : bytesText(node.free2M * 2 ** 21);
  return (
    <div>
      <div className={styles.bar} role="img" aria-label={`${bytesText(total)}: ${words}`}>
        <span className={styles.used} style={width(used)} />
        <span className={styles.small} style={width(small)} />
        <span className={styles.large} style={width(large)} />
      </div>
      <p className={styles.words} data-over={free < 0 || undefined}>
        {bytesText(total)}: {words}
        {inPieces === null ? "" : `; now ${inPieces} in pieces of 2 MiB or more`}
      </p>
    </div>
  );
}

export function MemoryBarLegend() {
  return (
    <p className={styles.legend}>
      <span className={styles.used} /> used
      <span className={styles.small} /> reserved in pages of 2 MiB
      <span className={styles.large} /> of 1 GiB
      <span className={styles.free} /> free
    </p>
  );
}
