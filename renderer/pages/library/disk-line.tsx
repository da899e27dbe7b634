// Under the list: how much disk the library takes, the way to the bin, and how far the index is.
import { Anchor } from "@mantine/core";
import type { IndexState, Removed } from "#shared/contract/library.ts";
import { bytesText, countText } from "#shared/report/number.ts";
import styles from "./disk-line.module.css";

interface DiskLineProps {
  readonly disk: { readonly campaigns: number; readonly removed: number; readonly free: number };
  readonly removed: readonly Removed[];
  readonly bin: boolean;
  readonly onBin: (bin: boolean) => void;
}

export function DiskLine({ disk, removed, bin, onBin }: DiskLineProps) {
  return (
    <div className={styles.line}>
      <span>{bytesText(disk.campaigns)} in campaigns</span>
      <Anchor component="button" type="button" size="sm" onClick={() => onBin(!bin)}>
        {bin
          ? "Back to the campaigns"
          : `Bin: ${countText(removed.length, "campaign")}, ${bytesText(disk.removed)}`}
      </Anchor>
      <span>{bytesText(disk.free)} free</span>
      {bin ? null : (
        <span className={styles.keys} aria-hidden>
          / search · ↑ ↓ move · Space select · Enter open · F2 edit · Del remove · Ctrl Z undo
        </span>
      )}
    </div>
  );
}

export function IndexLine({ index }: { readonly index: IndexState | null }) {
  if (index === null || !index.building) return null;
  return (
    <div className={styles.index}>
      <output>
        Indexing {index.done} of {index.total}
      </output>
      <progress
        className={styles.progress}
        aria-label="Indexing"
        value={index.done}
        max={Math.max(1, index.total)}
      />
      <span>The list can be used meanwhile; what is not read yet comes in by itself.</span>
    </div>
  );
}
