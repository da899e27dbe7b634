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
    <div className={styles.scroller}>
      <table className={styles.list} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Evidence</th>
            <th scope="col">Verdict</th>
            {runs > 1 ? <th scope="col">Runs</th> : null}
            <th scope="col">Expected</th>
            <th scope="col">Found</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ name, required, verdict, expected, found, runs: count }) => (
            <tr key={`${name} ${verdict} ${expected} ${found}`}>
              <th scope="row">
                {evidenceTitle(name)}
                {required ? null : <span className={styles.context}>for context</span>}
              </th>
              <td>
                <VerdictLabel verdict={verdict} />
              </td>
              {runs > 1 ? (
                <td className={styles.count}>
                  {count} of {runs}
                </td>
              ) : null}
              <td>{expected}</td>
              <td>{found}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
