// One check of a host: a sign and a word, what it says, what needs it, and what makes it good.
import { IconAlertTriangle, IconCheck, IconHelp, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { PreflightCheck } from "#shared/plan/preflight-check.ts";
import { CopyLines } from "./copy-lines.tsx";
import styles from "./preflight-step.module.css";

const signs = {
  ok: [IconCheck, "there"],
  missing: [IconX, "missing"],
  warning: [IconAlertTriangle, "warning"],
  unknown: [IconHelp, "unknown"],
} as const;

interface PreflightRowProps {
  readonly check: PreflightCheck;
  /** What can be done about it at once. */
  readonly action: ReactNode;
}

export function PreflightRow({ check, action }: PreflightRowProps) {
  const [Icon, word] = signs[check.status];
  return (
    <li className={styles.check} data-status={check.status}>
      <span className={styles.status}>
        <Icon size={15} stroke={1.8} aria-hidden />
        {word}
      </span>
      <span className={styles.title}>{check.title}</span>
      <div className={styles.what}>
        <div>{check.text}</div>
        {check.mend?.kind === "copy" ? <CopyLines mend={check.mend} /> : null}
      </div>
      <span className={styles.needed}>for {check.neededBy.join(", ")}</span>
      <span className={styles.action}>{action}</span>
    </li>
  );
}
