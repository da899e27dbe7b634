// What stands where there is nothing yet: what this place is for, and what to do next.
import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

interface EmptyStateProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <svg className={styles.drawing} viewBox="0 0 160 72" aria-hidden>
        <path d="M20 24h120M80 24v40M60 66h40" />
        <path d="M32 24v10M128 24v10" />
        <rect x="18" y="34" width="28" height="20" rx="1" />
        <rect x="114" y="34" width="28" height="20" rx="1" data-load />
      </svg>
      <Title order={2}>{title}</Title>
      <div className={styles.text}>{children}</div>
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
