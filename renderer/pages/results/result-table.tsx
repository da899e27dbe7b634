// The results of a workload as numbers: a group for each condition and metric, a line for each configuration.
import { useElementSize } from "@mantine/hooks";
import { Fragment, useMemo } from "react";
import { indistinguishableColor, type ColorScheme } from "#shared/figures/palette.ts";
import type { SlotStyle } from "#shared/figures/frame.ts";
import { rowKey, type NoiseFloor, type RefusedCell, type ResultRow } from "#shared/model/result.ts";
import { meanText, ratioWithInterval } from "#shared/report/number.ts";
import { marksOf } from "#shared/report/result-table.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { IconChevronRight } from "@tabler/icons-react";
import { SlotSwatch } from "#renderer/components/slot-key.tsx";
import { VerdictLabel } from "#renderer/components/verdict-label.tsx";
import { NoRatioBar, RatioBar, RatioTicks } from "./ratio-bar.tsx";
import { ratioScale, type RatioScale } from "./ratio-scale.ts";
import { RowEvidence, RowRuns } from "./row-runs.tsx";
import styles from "./result-table.module.css";

interface ResultTableProps {
  readonly label: string;
  readonly rows: readonly ResultRow[];
  readonly floors: readonly NoiseFloor[];
  readonly refused: readonly RefusedCell[];
  readonly looks: ReadonlyMap<string, SlotStyle>;
  readonly scheme: ColorScheme;
  readonly runs: CampaignState["runs"];
  /** Key of the row whose runs are listed. */
  readonly open: string | null;
  readonly onOpen: (key: string | null) => void;
  readonly onRaw: (runId: string) => void;
}

export function ResultTable(props: ResultTableProps) {
  const { label, rows, floors } = props;
  const scale = useMemo(() => ratioScale(rows), [rows]);
  const groups = useMemo(() => groupsOf(rows), [rows]);
  const { ref, width } = useElementSize<HTMLElement>();
  // Where there is no room for a column of their own, marks stand under the configuration.
  const narrow = width < 900;
  const proven = rows.some(({ evidence }) => evidence !== null);
  const beside = narrow ? 520 : proven ? 750 : 660;
  const barWidth = Math.round(Math.min(220, Math.max(110, width - beside)));
  return (
    <section ref={ref} className={styles.scroller} tabIndex={0} aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Configuration</th>
            <th scope="col" data-number>
              Mean ± s
            </th>
            <th scope="col">Unit</th>
            <th scope="col" data-number>
              n
            </th>
            <th scope="col" data-number>
              Ratio to native (95 %)
            </th>
            <th scope="col">
              <span className={styles.hidden}>Ratio, drawn</span>
              {scale === null ? null : <RatioTicks scale={scale} width={barWidth} />}
            </th>
            {narrow || !proven ? null : <th scope="col">Evidence</th>}
            {narrow ? null : <th scope="col">Marks</th>}
          </tr>
        </thead>
        {groups.map(({ key, first, members }) => (
          <tbody key={key}>
            <tr className={styles.group}>
              <th scope="rowgroup" colSpan={8}>
                <span className={styles.heading}>
                  {first.conditionLabel}
                  <span className={styles.metric}>
                    {first.metric.title}, {first.metric.better} is better
                  </span>
                  <span className={styles.floor}>{floorText(floorOf(floors, first))}</span>
                </span>
              </th>
            </tr>
            {members.map((row) => (
              <Row
                key={row.slot}
                {...props}
                narrow={narrow}
                proven={proven}
                barWidth={barWidth}
                row={row}
                scale={scale}
                floor={floorOf(floors, row)}
              />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

interface RowProps extends ResultTableProps {
  /** Pixels. */
  readonly barWidth: number;
  readonly narrow: boolean;
  /** Some row has evidence: then it has a column. */
  readonly proven: boolean;
  readonly row: ResultRow;
  readonly scale: RatioScale | null;
  readonly floor: NoiseFloor | undefined;
}

function Row(props: RowProps) {
  const { row, barWidth, narrow, proven, scale, floor, looks, scheme, runs, refused, open } = props;
  const { onOpen, onRaw } = props;
  const key = rowKey(row);
  const opened = key === open;
  const look = looks.get(row.slot);
  const color = look?.color ?? "";
  const fill = row.distinguishable === false ? indistinguishableColor[scheme] : color;
  const verdict = row.evidence === null ? null : <VerdictLabel verdict={row.evidence} />;
  const marks = <span data-failed={row.failed > 0 || undefined}>{rowMarks(row, refused).join("; ")}</span>;
  return (
    <Fragment>
      <tr
        className={styles.row}
        data-row={key}
        data-open={opened || undefined}
        onClick={() => onOpen(opened ? null : key)}
      >
        <th scope="row">
          <button
            type="button"
            className={styles.opener}
            aria-expanded={opened}
            onClick={(event) => {
              event.stopPropagation();
              onOpen(opened ? null : key);
            }}
          >
            <IconChevronRight className={styles.arrow} size={12} stroke={2} aria-hidden />
            {look === undefined ? null : <SlotSwatch look={look} />}
            {row.label}
          </button>
          {narrow ? (
            <div className={styles.under}>
              {verdict} {marks}
            </div>
          ) : null}
        </th>
        <td data-number>{meanText(row.mean, row.deviation)}</td>
        <td>{row.mean === null ? "" : row.metric.unit}</td>
        <td data-number>{row.values.length}</td>
        <td data-number>{row.ratio === null ? "" : ratioWithInterval(row.ratio)}</td>
        <td>
          {scale === null ? null : row.emulated ? (
            <NoRatioBar width={barWidth} />
          ) : (
            <RatioBar
              scale={scale}
              ratio={row.ratio}
              floor={floor?.ratio ?? null}
              color={color}
              fill={fill}
              width={barWidth}
            />
          )}
        </td>
        {narrow || !proven ? null : <td>{verdict}</td>}
        {narrow ? null : <td className={styles.marks}>{marks}</td>}
      </tr>
      {opened ? (
        <tr className={styles.runs}>
          <td colSpan={8}>
            <RowRuns row={row} runs={runs} onRaw={onRaw} />
            <RowEvidence row={row} runs={runs} />
          </td>
        </tr>
      ) : null}
    </Fragment>
  );
}

function rowMarks(row: ResultRow, refused: readonly RefusedCell[]): readonly string[] {
  // The reason stands once, in the list of what is refused.
  const left = refused.some(({ slot, conditionId }) => slot === row.slot && conditionId === row.conditionId);
  // Evidence has a column of its own.
  return [...(left ? ["refused: not offered here"] : []), ...marksOf({ ...row, evidence: null })];
}

function floorOf(floors: readonly NoiseFloor[], row: ResultRow): NoiseFloor | undefined {
  return floors.find(
    ({ conditionId, metric }) => conditionId === row.conditionId && metric === row.metric.name,
  );
}

function floorText(floor: NoiseFloor | undefined): string {
  if (floor === undefined) return "no A/A noise floor";
  const { ratio } = floor;
  return `A/A noise floor ${ratioWithInterval(ratio)}${ratio.interval === null ? ", one block: no interval" : ""}`;
}

function groupsOf(rows: readonly ResultRow[]) {
  const groups = new Map<string, ResultRow[]>();
  for (const row of rows) {
    const key = `${row.conditionId}/${row.metric.name}`;
    const group = groups.get(key) ?? [];
    group.push(row);
    groups.set(key, group);
  }
  return [...groups].flatMap(([key, members]) => {
    const first = members[0];
    return first === undefined ? [] : [{ key, first, members }];
  });
}
