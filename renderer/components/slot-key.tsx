// The key of one slot of a campaign: its colour and dash, as figures and timelines draw it, and its label.
import type { SlotStyle } from "#shared/figures/frame.ts";
import styles from "./slot-key.module.css";

export function SlotKey({ look }: { readonly look: SlotStyle }) {
  return (
    <span className={styles.key}>
      <SlotSwatch look={look} />
      {look.label}
    </span>
  );
}

export function SlotSwatch({ look }: { readonly look: SlotStyle }) {
  return <span className={styles.swatch} data-dash={look.dash} style={{ color: look.color }} aria-hidden />;
}
