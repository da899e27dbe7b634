// Evidence item by item: the verdict, what was expected, what was found, and in how many runs.
import { evidenceTitle } from "#shared/report/evidence-summary.ts";
import type { EvidenceGroup } from "./evidence-groups.ts";
import { VerdictLabel } from "./verdict-label.tsx";
import styles from "./evidence-list.module.css";

interface EvidenceListProps {
  readonly label: string;
  readonly groups: readonly EvidenceGroup[];
  /** Runs that the evidence is of; 1 leaves the count unsaid. */
  readonly runs: number;
}

export function EvidenceList({ label, groups, runs }: EvidenceListProps) {
  return (
    <ul className={styles.list} aria-label={label}>
      {groups.map(({ name, required, verdict, expected, found, runs: count }) => (
        <li key={`${name} ${verdict} ${expected} ${found}`} className={styles.item}>
          <span>
            <VerdictLabel verdict={verdict} />
          </span>
          <span className={styles.name}>
            {evidenceTitle(name)}
            {required ? null : <span className={styles.quiet}> for context</span>}
            {runs > 1 ? (
              <span className={styles.quiet}>
                {" "}
                {count} of {runs} runs
              </span>
            ) : null}
          </span>
          <span>
            <span className={styles.quiet}>expected </span>
            {expected}
          </span>
          <span>
            <span className={styles.quiet}>found </span>
            {found}
          </span>
        </li>
      ))}
    </ul>
  );
}
