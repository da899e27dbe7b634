// Lines of two texts that differ, with signs before them; the same lines are left out, and their number is told.
import { countText } from "#shared/report/number.ts";
import { lineDifference, type DifferenceLine } from "./line-difference.ts";
import styles from "./line-difference-view.module.css";

interface LineDifferenceViewProps {
  readonly label: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Smaller text, for a narrow column. */
  readonly compact?: boolean;
}

export function LineDifferenceView({ label, before, after, compact = false }: LineDifferenceViewProps) {
  const lines = lineDifference(before, after);
  if (lines.length === 0) return <p className={styles.same}>The same text.</p>;
  return (
    // Scrolls by itself, so the keyboard must reach it.
    <section className={styles.lines} data-compact={compact || undefined} aria-label={label} tabIndex={0}>
      {lines.map((line) => (
        <Line key={`${line.sign}${line.line}`} line={line} />
      ))}
    </section>
  );
}

function Line({ line }: { readonly line: DifferenceLine }) {
  if (line.sign === "…") return <div className={styles.left}>{countText(line.count, "equal line")}</div>;
  const Tag = line.sign === "+" ? "ins" : line.sign === "-" ? "del" : "div";
  return (
    <Tag className={styles.line} data-sign={line.sign}>
      <span className={styles.sign}>{line.sign}</span>
      <span>{line.text}</span>
    </Tag>
  );
}
