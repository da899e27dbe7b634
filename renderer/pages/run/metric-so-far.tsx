// The current condition so far: the metric that stands for it, a row a configuration, a point a finished run.
import { useElementSize } from "@mantine/hooks";
import { useMemo } from "react";
import { Section } from "#renderer/components/section.tsx";
import { SlotSwatch } from "#renderer/components/slot-key.tsx";
import { roundTicks } from "#renderer/format/ticks.ts";
import type { SlotStyle } from "#shared/figures/frame.ts";
import type { Campaign, PlannedSession } from "#shared/model/campaign.ts";
import type { ResultRow } from "#shared/model/result.ts";
import { countText, meanText, significant } from "#shared/report/number.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { initialState } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { workloads } from "#shared/workloads/registry.ts";
import styles from "./metric-so-far.module.css";

interface MetricSoFarProps {
  readonly campaign: Campaign;
  readonly plan: readonly PlannedSession[];
  readonly state: CampaignState;
  readonly looks: ReadonlyMap<string, SlotStyle>;
  /** The run that is under way; between two runs the last one that ended counts. */
  readonly runId: string | null;
}

export function MetricSoFar({ campaign, plan, state, looks, runId }: MetricSoFarProps) {
  const { runs } = state;
  const wanted = runId ?? lastEnded(runs);
  const conditionId = plan
    .flatMap((session) => session.runs)
    .find((run) => run.runId === wanted)?.conditionId;
  const condition = campaign.conditions.find(({ id }) => id === conditionId);
  const rows = useMemo(
    () =>
      condition === undefined
        ? []
        : results({ ...campaign, conditions: [condition] }, { ...initialState, runs }, workloads).rows,
    [campaign, condition, runs],
  );
  const metric = rows.find((row) => row.metric.primary)?.metric ?? rows[0]?.metric;
  if (condition === undefined || metric === undefined) return null;
  const shown = rows.filter((row) => row.metric.name === metric.name);
  const count = shown.reduce((sum, { values }) => sum + values.length, 0);
  return (
    <Section
      title={`${condition.label}, so far`}
      aside={`${metric.title}, ${metric.unit}, ${metric.better} is better`}
    >
      {count === 0 ? (
        <p className={styles.none}>No run of this condition has ended yet.</p>
      ) : (
        <Strips rows={shown} looks={looks} unit={metric.unit} />
      )}
    </Section>
  );
}

interface StripsProps {
  readonly rows: readonly ResultRow[];
  readonly looks: ReadonlyMap<string, SlotStyle>;
  readonly unit: string;
}

const rowHeight = 24;

function Strips({ rows, looks, unit }: StripsProps) {
  const { ref, width } = useElementSize();
  const values = rows.flatMap((row) => row.values.map(({ value }) => value));
  const high = Math.max(...values) * 1.04 || 1;
  const ticks = roundTicks(0, high, Math.max(2, Math.floor(width / 80)));
  const place = (value: number) => 6 + (value / high) * Math.max(0, width - 12);
  return (
    <div className={styles.strips}>
      {rows.map((row) => {
        const look = looks.get(row.slot);
        return (
          <div key={row.slot} className={styles.label}>
            {look === undefined ? null : <SlotSwatch look={look} />}
            <span className={styles.name}>{row.label}</span>
          </div>
        );
      })}
      <div className={styles.plot} ref={ref} style={{ gridRow: `1 / span ${rows.length + 1}` }}>
        <svg width={width} height={rowHeight * rows.length + 18} role="img" aria-label={summary(rows, unit)}>
          {ticks.map((tick) => (
            <g key={tick} className={styles.tick} transform={`translate(${place(tick)} 0)`}>
              <line y2={rowHeight * rows.length} />
              <text
                y={rowHeight * rows.length + 13}
                textAnchor={tick === 0 ? "start" : "middle"}
                dx={tick === 0 ? -5 : 0}
              >
                {significant(tick)}
              </text>
            </g>
          ))}
          {rows.map((row, index) => (
            <Strip
              key={row.slot}
              row={row}
              color={looks.get(row.slot)?.color ?? ""}
              y={rowHeight * (index + 0.5)}
              place={place}
            />
          ))}
        </svg>
      </div>
      {rows.map((row, index) => (
        <div key={row.slot} className={styles.mean} style={{ gridRow: index + 1 }}>
          {meanText(row.mean, row.deviation)}
        </div>
      ))}
    </div>
  );
}

interface StripProps {
  readonly row: ResultRow;
  readonly color: string;
  readonly y: number;
  readonly place: (value: number) => number;
}

/** Points with their mean as an upright line; what was emulated is drawn as a cross, as in the figures. */
function Strip({ row, color, y, place }: StripProps) {
  return (
    <g style={{ color }}>
      {row.mean === null ? null : (
        <line className={styles.meanLine} x1={place(row.mean)} x2={place(row.mean)} y1={y - 9} y2={y + 9} />
      )}
      {row.values.map(({ runId, value, block }) => (
        <g key={runId} transform={`translate(${place(value)} ${y})`}>
          <title>{`Block ${block}: ${meanText(value, null)} ${row.metric.unit}`}</title>
          {row.emulated ? (
            <path className={styles.cross} d="M-3.5-3.5L3.5 3.5M3.5-3.5L-3.5 3.5" />
          ) : (
            <circle className={styles.point} r={3.5} />
          )}
        </g>
      ))}
    </g>
  );
}

function summary(rows: readonly ResultRow[], unit: string): string {
  return rows
    .filter(({ values }) => values.length > 0)
    .map(
      ({ label, mean, deviation, values }) =>
        `${label}: ${meanText(mean, deviation)} ${unit}, ${countText(values.length, "run")}`,
    )
    .join("; ");
}

function lastEnded(runs: CampaignState["runs"]): string | null {
  let last: { readonly runId: string; readonly endedAt: string } | null = null;
  for (const { runId, endedAt } of runs.values())
    if (endedAt !== null && (last === null || endedAt > last.endedAt)) last = { runId, endedAt };
  return last?.runId ?? null;
}
