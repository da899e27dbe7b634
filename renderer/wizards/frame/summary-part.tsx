// A titled part of a wizard's summary.
import type { ReactNode } from "react";
import styles from "./summary-part.module.css";

interface SummaryPartProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function SummaryPart({ title, children }: SummaryPartProps) {
  return (
    <section className={styles.part} aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  );
}
