// What stands in the way of the plan, and what should be known; each leads to its field of the form.
import { Link } from "wouter";
import type { DryRun } from "#shared/contract/campaigns.ts";
import { Notice } from "#renderer/components/notice.tsx";
import styles from "./findings.module.css";

export function Findings({ findings }: { readonly findings: DryRun["findings"] }) {
  const errors = findings.filter(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity === "warning");
  // What is refused has a list of its own, by reason.
  if (errors.length + warnings.length === 0) return null;
  return (
    <div className={styles.findings}>
      <Group severity="error" title="Stands in the way" findings={errors} />
      <Group severity="warning" title="Should be known" findings={warnings} />
    </div>
  );
}

interface GroupProps {
  readonly severity: "error" | "warning";
  readonly title: string;
  readonly findings: DryRun["findings"];
}

function Group({ severity, title, findings }: GroupProps) {
  if (findings.length === 0) return null;
  return (
    <Notice severity={severity}>
      <strong>{title}</strong>
      <ul className={styles.list}>
        {findings.map(({ field, text }) => (
          <li key={`${field} ${text}`}>
            {text}{" "}
            {field === null ? null : (
              <Link className={styles.link} href={`/new?field=${encodeURIComponent(field)}`}>
                To the field
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
