// What is behind a point: its values by block with their runs, interval, ratio, evidence, commands; of the paper its source.
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useId, type Ref } from "react";
import type { FigureRow } from "#shared/figures/figure-table.ts";
import type { DataPoint, Dataset, PaperSource } from "#shared/model/dataset.ts";
import { countText, meanText, ratioWithInterval, significant } from "#shared/report/number.ts";
import { EnvironmentChip } from "#renderer/components/environment-chip.tsx";
import { VerdictLabel } from "#renderer/components/verdict-label.tsx";
import { PointRuns } from "./point-runs.tsx";
import styles from "./point-details.module.css";

interface PointDetailsProps {
  readonly ref: Ref<HTMLElement>;
  /** What is drawn. */
  readonly row: FigureRow;
  /** What it stands for; null where that is more than one point of a campaign. */
  readonly dataset: Dataset | null;
  readonly point: DataPoint | null;
  readonly onRun: (campaignId: string, runId: string) => void;
  readonly onClose: () => void;
}

export function PointDetails({ ref, row, dataset, point, onRun, onClose }: PointDetailsProps) {
  const id = useId();
  return (
    <aside className={styles.details} ref={ref} tabIndex={-1} aria-labelledby={id}>
      <div className={styles.head}>
        <h3 className={styles.title} id={id}>
          {row.series}, {typeof row.at === "number" ? significant(row.at, 6) : row.at}
        </h3>
        <ActionIcon size="sm" aria-label="Close what is behind the point" onClick={onClose}>
          <IconX size={14} stroke={1.6} aria-hidden />
        </ActionIcon>
      </div>
      {point === null || dataset === null ? (
        <Lines row={row} />
      ) : (
        <>
          <PointFacts point={point} dataset={dataset} />
          {point.source === null ? null : <Source source={point.source} point={point} />}
          <PointRuns key={row.key} point={point} dataset={dataset} onRun={onRun} />
        </>
      )}
    </aside>
  );
}

/** The same as pointing at it tells. */
function Lines({ row }: { readonly row: FigureRow }) {
  return (
    <ul className={styles.lines}>
      {row.lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function PointFacts({ point, dataset }: { readonly point: DataPoint; readonly dataset: Dataset }) {
  const slot = dataset.slots.find((each) => each.slot === point.slot);
  const { mean, deviation, interval, unit, n, ratio, evidence } = point;
  return (
    <dl className={styles.facts}>
      <Fact name="Campaign">{dataset.name}</Fact>
      <Fact name="Configuration">
        {slot === undefined ? (
          point.slot
        ) : (
          <EnvironmentChip environment={slot.environment} label={slot.label} />
        )}
        {slot === undefined || slot.description === slot.label ? null : (
          <div className={styles.dim}>{slot.description}</div>
        )}
      </Fact>
      <Fact name="Measured">
        {point.title}
        {point.conditionLabel === "" ? "" : `, ${point.conditionLabel}`}
      </Fact>
      <Fact name="Mean">
        {meanText(mean, deviation)} {unit}
        {point.deviationNote === null ? null : <div className={styles.dim}>{point.deviationNote}</div>}
      </Fact>
      <Fact name="95 % interval">
        {interval === null
          ? "none"
          : `${significant(interval[0], 4)} to ${significant(interval[1], 4)} ${unit}`}
      </Fact>
      <Fact name={dataset.origin === "paper" ? "Repeats" : "Blocks"}>{n === null ? "not stated" : n}</Fact>
      {ratio === null ? null : (
        <Fact name="Ratio to native">
          {ratioWithInterval(ratio)}
          {point.distinguishable === false ? (
            <div className={styles.dim}>not distinguishable from native</div>
          ) : null}
        </Fact>
      )}
      {evidence === null ? null : (
        <Fact name="Evidence">
          <VerdictLabel verdict={evidence} />
        </Fact>
      )}
      {point.emulated ? <Fact name="Accelerator">emulated (TCG): not a result</Fact> : null}
      {point.failed > 0 ? <Fact name="Failed">{countText(point.failed, "run")}</Fact> : null}
    </dl>
  );
}

function Source({ source, point }: { readonly source: PaperSource; readonly point: DataPoint }) {
  return (
    <dl className={styles.facts}>
      <Fact name="Series">
        <span className="mono">{source.series}</span>
        <div className={styles.dim}>
          {source.figure === null ? "In no figure" : `Figure ${source.figure}`}; {source.origin}
          {source.inPaper === false ? "; not plotted in the report" : ""}
        </div>
      </Fact>
      {point.paperEnvironment === null ? null : (
        <Fact name="The paper's label">
          {point.paperEnvironment}; by its data {point.environment ?? "unknown"}
        </Fact>
      )}
      {source.derivation === "" ? null : <Fact name="Derivation">{source.derivation}</Fact>}
      {source.note === null ? null : <Fact name="Note">{source.note}</Fact>}
      <Fact name={source.files.length === 1 ? "File" : "Files"}>
        <ul className={styles.files}>
          {source.files.map((file) => (
            <li key={file} className="mono">
              {file}
            </li>
          ))}
        </ul>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
