// The frame of a page: title (also the window's), what can be done with it, and its content.
import { Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import styles from "./page.module.css";

interface PageProps {
  readonly title: string;
  /** One line under the title. */
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  /** Tabs or a toolbar under the header, across the whole width. */
  readonly bar?: ReactNode;
  /** The content scrolls itself (virtual lists) instead of the page. */
  readonly fixed?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, subtitle, actions, bar, fixed = false, children }: PageProps) {
  useDocumentTitle(`${title} · Tare`);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div className={styles.heading}>
          <Title order={1}>{title}</Title>
          {subtitle === undefined ? null : <div className={styles.subtitle}>{subtitle}</div>}
        </div>
        {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
      </header>
      {bar === undefined ? null : <div className={styles.bar}>{bar}</div>}
      <div className={styles.content} data-fixed={fixed || undefined} data-scroller>
        {children}
      </div>
    </div>
  );
}
