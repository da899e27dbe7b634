// The runs behind one line of the results: the value of every block, each one click from its raw output.
import { UnstyledButton } from "@mantine/core";
import { evidenceGroups } from "#renderer/components/evidence-groups.ts";
import { EvidenceList } from "#renderer/components/evidence-list.tsx";
import type { ResultRow } from "#shared/model/result.ts";
import { runIdOf } from "#shared/plan/plan-sessions.ts";
import { meanText } from "#shared/report/number.ts";
import type { CampaignState, RunState } from "#shared/state/campaign-state.ts";
import styles from "./row-runs.module.css";

interface RowRunsProps {
  readonly row: ResultRow;
  readonly runs: CampaignState["runs"];
  readonly onRaw: (runId: string) => void;
}

export function RowRuns({ row, runs, onRaw }: RowRunsProps) {
  const values = new Map(row.values.map((value) => [value.block, value]));
  const blocks = Array.from({ length: row.planned }, (_, index) => index + 1);
  return (
    <ol className={styles.runs} aria-label={`Runs of ${row.label} by block`}>
      {blocks.map((block) => {
        const runId = runIdOf(block, row.slot, row.conditionId);
        const run = runs.get(runId);
        const value = values.get(block);
        const text =
          value === undefined ? missingText(run) : `${meanText(value.value, null)} ${row.metric.unit}`;
        return (
          <li key={block}>
            <UnstyledButton
              className={styles.run}
              disabled={run === undefined}
              data-status={run?.status ?? "missing"}
              title={run?.failure?.message ?? (run === undefined ? "" : `Raw output of ${runId}`)}
              onClick={() => onRaw(runId)}
            >
              <span className={styles.block}>block {block}</span>
              {text}
              {value?.outlier === true ? <span className={styles.outlier}>outlier</span> : null}
            </UnstyledButton>
          </li>
        );
      })}
    </ol>
  );
}

/** What the evidence of the runs that succeeded says, item by item. */
export function RowEvidence({ row, runs }: Pick<RowRunsProps, "row" | "runs">) {
  const evidence = row.values.flatMap(({ runId }) => {
    const items = runs.get(runId)?.evidence ?? [];
    return items.length === 0 ? [] : [items];
  });
  if (evidence.length === 0) return null;
  return (
    <div className={styles.evidence}>
      <EvidenceList
        label={`Evidence of ${row.label}`}
        groups={evidenceGroups(evidence)}
        runs={evidence.length}
      />
    </div>
  );
}

function missingText(run: RunState | undefined): string {
  if (run === undefined) return "to be run";
  return run.status === "ok" ? "no value" : run.status;
}
