// One workload's results: its figure, its numbers, the ways out of the window.
import { Select } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import { Section } from "#renderer/components/section.tsx";
import type { SlotStyle } from "#shared/figures/frame.ts";
import type { FigureTheme } from "#shared/figures/palette.ts";
import { figures } from "#shared/figures/registry.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import type { NetworkPath } from "#shared/model/evidence.ts";
import { rowKey, type ResultRow, type Results } from "#shared/model/result.ts";
import type { WorkloadName } from "#shared/model/workload.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { CopyTable } from "./copy-table.tsx";
import { FigureView } from "./figure-view.tsx";
import { ResultTable } from "./result-table.tsx";
import styles from "./workload-section.module.css";

interface WorkloadSectionProps {
  readonly campaign: Campaign;
  readonly workload: WorkloadName;
  readonly results: Results;
  readonly runs: CampaignState["runs"];
  readonly looks: ReadonlyMap<string, SlotStyle>;
  readonly theme: FigureTheme;
  readonly networkPath: NetworkPath | null;
  readonly allMetrics: boolean;
  readonly onRaw: (runId: string) => void;
}

export function WorkloadSection({
  campaign,
  workload,
  results,
  runs,
  looks,
  theme,
  networkPath,
  allMetrics,
  onRaw,
}: WorkloadSectionProps) {
  const [open, setOpen] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const section = useRef<HTMLDivElement>(null);
  const made = useMemo(
    () => figures[workload]({ campaign, results, theme, networkPath }),
    [campaign, results, theme, networkPath, workload],
  );
  const figure = made.find(({ id }) => id === wanted) ?? made[0];
  const rows = useMemo(() => {
    const drawn = new Set(figure?.data.flatMap(({ customdata = [] }) => customdata));
    return shownRows(
      results.rows.filter((row) => row.workload === workload),
      (row) => allMetrics || drawn.has(rowKey(row)),
    );
  }, [results, workload, allMetrics, figure]);
  const openFromFigure = (key: string): void => {
    setOpen(key);
    section.current?.querySelector(`[data-row="${CSS.escape(key)}"]`)?.scrollIntoView({ block: "nearest" });
  };
  const { title, summary } = workloads[workload];
  return (
    <div ref={section}>
      <Section title={title} aside={<CopyTable rows={rows} />} flush>
        <p className={styles.summary}>{summary}</p>
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
          {...{ rows, looks, runs, open, onRaw }}
          floors={results.floors}
          scheme={theme.scheme}
          onOpen={setOpen}
        />
      </Section>
    </div>
  );
}

/** The metrics that stand for the workload, all of a condition that has none of these, and what is wanted besides. */
function shownRows(rows: readonly ResultRow[], wanted: (row: ResultRow) => boolean): readonly ResultRow[] {
  const told = new Set(rows.filter(({ metric }) => metric.primary).map(({ conditionId }) => conditionId));
  return rows.filter((row) => row.metric.primary || !told.has(row.conditionId) || wanted(row));
}
