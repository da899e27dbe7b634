// A panel with a heading; pages are made of these.
import { Title } from "@mantine/core";
import { useId, type ReactNode } from "react";
import styles from "./section.module.css";

interface SectionProps {
  readonly title: string;
  readonly aside?: ReactNode;
  /** The content reaches the panel's edges (tables). */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

export function Section({ title, aside, flush = false, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <Title order={2} id={id}>
          {title}
        </Title>
        {aside === undefined ? null : <div className={styles.aside}>{aside}</div>}
      </div>
      <div className={styles.body} data-flush={flush || undefined}>
        {children}
      </div>
    </section>
  );
}
