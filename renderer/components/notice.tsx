// A sentence that a person should read here: a warning, or a plain remark.
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./notice.module.css";

interface NoticeProps {
  readonly severity: "error" | "warning" | "info";
  readonly children: ReactNode;
}

export function Notice({ severity, children }: NoticeProps) {
  const Icon = severity === "info" ? IconInfoCircle : IconAlertTriangle;
  return (
    <div className={styles.notice} data-severity={severity}>
      <Icon className={styles.icon} size={16} stroke={1.6} aria-hidden />
      <div className={styles.body}>{children}</div>
    </div>
  );
}
