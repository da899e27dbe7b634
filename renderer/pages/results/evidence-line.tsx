// What the evidence of a workload's runs says, in one line: how many runs of each verdict, and of what.
import { VerdictLabel } from "#renderer/components/verdict-label.tsx";
import { evidenceVerdict, type Verdict } from "#shared/model/evidence.ts";
import { evidenceTitle } from "#shared/report/evidence-summary.ts";
import { countText } from "#shared/report/number.ts";
import type { RunState } from "#shared/state/campaign-state.ts";
import styles from "./evidence-line.module.css";

export function EvidenceLine({ runs }: { readonly runs: readonly RunState[] }) {
  const proven = runs.filter(({ evidence }) => evidence.length > 0);
  if (proven.length === 0) return null;
  const without = runs.length - proven.length;
  return (
    <p className={styles.line}>
      <span className={styles.name}>Evidence</span>
      {(["held", "not-held", "unknown"] as const).map((verdict) => {
        const own = proven.filter(({ evidence }) => evidenceVerdict(evidence) === verdict);
        if (own.length === 0) return null;
        return (
          <span key={verdict} className={styles.verdict}>
            <VerdictLabel verdict={verdict} /> in {own.length} of {countText(runs.length, "run")}
            {verdict === "held" ? "" : `: ${titlesOf(own, verdict)}`}
          </span>
        );
      })}
      {without === 0 ? null : <span>none of {countText(without, "run")}</span>}
    </p>
  );
}

/** Names of the required items that have this verdict in any of the runs. */
function titlesOf(runs: readonly RunState[], wanted: Verdict): string {
  const items = runs.flatMap(({ evidence }) => evidence);
  const names = items
    .filter(({ required, verdict }) => required && verdict === wanted)
    .map(({ name }) => name);
  return [...new Set(names)].map(evidenceTitle).join(", ");
}
