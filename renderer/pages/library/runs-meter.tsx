// How far a campaign is: done, failed and still to do, as a bar and as numbers.
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import styles from "./runs-meter.module.css";

export function RunsMeter({ entry }: { readonly entry: CampaignEntry }) {
  const { runsDone, runsFailed, runsPlanned } = entry;
  const share = (count: number) => `${runsPlanned === 0 ? 0 : (100 * count) / runsPlanned}%`;
  return (
    <span className={styles.meter}>
      <span className={styles.track} aria-hidden>
        <span className={styles.done} style={{ width: share(runsDone) }} />
        <span className={styles.failed} style={{ width: share(runsFailed) }} />
      </span>
      <span>
        {runsDone}/{runsPlanned}
        {runsFailed === 0 ? null : <span className={styles.failures}> · {runsFailed} failed</span>}
      </span>
    </span>
  );
}
