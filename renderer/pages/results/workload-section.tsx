// One workload's results: its evidence, its figure, its numbers, the ways out of the window.
import { Select } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import { Section } from "#renderer/components/section.tsx";
import type { FigureInputs } from "#shared/figures/figure.ts";
import type { SlotStyle } from "#shared/figures/frame.ts";
import { figures } from "#shared/figures/registry.ts";
import { rowKey, type ResultRow } from "#shared/model/result.ts";
import type { WorkloadName } from "#shared/model/workload.ts";
import { networkPathText } from "#shared/report/network-path-text.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { CopyTable } from "./copy-table.tsx";
import { EvidenceLine } from "./evidence-line.tsx";
import { FigureView } from "./figure-view.tsx";
import { Part } from "./part.tsx";
import { scrollIntoSight } from "./scroll-to.ts";
import { ResultTable } from "./result-table.tsx";
import styles from "./workload-section.module.css";

interface WorkloadSectionProps {
  readonly id: string;
  readonly workload: WorkloadName;
  readonly inputs: FigureInputs;
  readonly runs: CampaignState["runs"];
  readonly looks: ReadonlyMap<string, SlotStyle>;
  readonly allMetrics: boolean;
  readonly onRaw: (runId: string) => void;
}

export function WorkloadSection(props: WorkloadSectionProps) {
  const { id, workload, inputs, allMetrics } = props;
  const rows = useMemo(
    () => inputs.results.rows.filter((row) => row.workload === workload),
    [inputs, workload],
  );
  const lines = allMetrics ? rows.length : rows.filter(({ metric }) => metric.primary).length;
  return (
    <Part id={id} title={workloads[workload].title} height={540 + lines * 32}>
      {() => <WorkloadBody {...props} rows={rows} />}
    </Part>
  );
}

type WorkloadBodyProps = WorkloadSectionProps & { readonly rows: readonly ResultRow[] };

function WorkloadBody({ workload, inputs, runs, looks, allMetrics, onRaw, rows }: WorkloadBodyProps) {
  const { campaign, results, theme, networkPath } = inputs;
  const [open, setOpen] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const made = useMemo(() => figures[workload](inputs), [inputs, workload]);
  const figure = made.find(({ id }) => id === wanted) ?? made[0];
  const shown = useMemo(() => {
    const drawn = new Set(figure?.data.flatMap(({ customdata = [] }) => customdata));
    return shownRows(rows, (row) => allMetrics || drawn.has(rowKey(row)));
  }, [rows, allMetrics, figure]);
  const ended = useMemo(() => endedRuns(rows, runs), [rows, runs]);
  const openFromFigure = (key: string): void => {
    setOpen(key);
    const line = box.current?.querySelector(`[data-row="${CSS.escape(key)}"]`);
    if (line != null) scrollIntoSight(line);
  };
  const { title, summary, network } = workloads[workload];
  return (
    <div ref={box}>
      <Section title={title} aside={<CopyTable rows={shown} />} flush>
        <p className={styles.summary}>
          {summary}
          {network ? ` Network: ${networkPathText(campaign, networkPath)}.` : ""}
        </p>
        <EvidenceLine runs={ended} />
        {made.length > 1 ? (
          <Select
            className={styles.choice}
            label="Figure"
            data={made.map(({ id, title: name }) => ({ value: id, label: name }))}
            value={figure?.id ?? null}
            onChange={setWanted}
          />
        ) : null}
        {figure === undefined ? (
          <p className={styles.none}>No run of this workload has a value yet, so there is no figure.</p>
        ) : (
          <FigureView figure={figure} fileName={`${campaign.id}-${figure.id}`} onRow={openFromFigure} />
        )}
        <ResultTable
          label={`Results of ${title}`}
          rows={shown}
          {...{ looks, runs, open, onRaw }}
          floors={results.floors}
          refused={results.refused}
          scheme={theme.scheme}
          onOpen={setOpen}
        />
      </Section>
    </div>
  );
}

/** Runs of these rows that succeeded, each once. */
function endedRuns(rows: readonly ResultRow[], runs: CampaignState["runs"]) {
  const ids = new Set(rows.flatMap(({ values }) => values.map(({ runId }) => runId)));
  return [...ids].flatMap((runId) => runs.get(runId) ?? []);
}

/** The metrics that stand for the workload, all of a condition that has none of these, and what is wanted besides. */
function shownRows(rows: readonly ResultRow[], wanted: (row: ResultRow) => boolean): readonly ResultRow[] {
  const told = new Set(rows.filter(({ metric }) => metric.primary).map(({ conditionId }) => conditionId));
  return rows.filter((row) => row.metric.primary || !told.has(row.conditionId) || wanted(row));
}
