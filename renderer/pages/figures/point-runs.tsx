// The values behind a point by block; of a measured campaign each with its run: raw output and the commands of its journal.
import { Anchor, Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { Link } from "wouter";
import type { DataPoint, Dataset, Sample } from "#shared/model/dataset.ts";
import { countText, meanText } from "#shared/report/number.ts";
import { runCommands } from "#shared/report/run-commands.ts";
import { CommandText } from "#renderer/components/command-text.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { runFilesHref } from "#renderer/pages/run/failed-runs.tsx";
import { useCampaign } from "#renderer/stores/campaign-store.ts";
import styles from "./point-details.module.css";

interface PointRunsProps {
  readonly point: DataPoint;
  readonly dataset: Dataset;
  readonly onRun: (campaignId: string, runId: string) => void;
}

export function PointRuns({ point, dataset, onRun }: PointRunsProps) {
  const { samples, unit } = point;
  const [wanted, setWanted] = useState<string | null>(null);
  if (samples === null) return <p className={styles.dim}>Only the summary was kept, no single values.</p>;
  const runId = wanted ?? samples[0]?.runId ?? null;
  const by = dataset.origin === "paper" ? "repeat" : "block";
  return (
    <>
      <h4 className={styles.part}>Values by {by}</h4>
      <ol className={styles.samples} aria-label={`Values by ${by}`}>
        {samples.map((sample) => (
          <SampleLine
            key={`${sample.block} ${sample.runId ?? ""}`}
            {...{ sample, unit, by }}
            chosen={sample.runId !== null && sample.runId === runId}
            onChoose={setWanted}
          />
        ))}
      </ol>
      {runId === null ? null : (
        <RunCommands key={runId} campaignId={dataset.id} runId={runId} onRun={onRun} />
      )}
    </>
  );
}

interface SampleLineProps {
  readonly sample: Sample;
  readonly unit: string;
  readonly by: "repeat" | "block";
  readonly chosen: boolean;
  readonly onChoose: (runId: string) => void;
}

function SampleLine({ sample, unit, by, chosen, onChoose }: SampleLineProps) {
  const { block, runId, value, outlier } = sample;
  const text = (
    <>
      <span className={styles.dim}>
        {by} {block}
      </span>
      {meanText(value, null)} {unit}
      {outlier ? <span className={styles.outlier}>outlier</span> : null}
    </>
  );
  return (
    <li>
      {runId === null ? (
        <span className={styles.sample}>{text}</span>
      ) : (
        <button
          type="button"
          className={styles.sample}
          aria-pressed={chosen}
          title={`Commands of ${runId}`}
          onClick={() => onChoose(runId)}
        >
          {text}
        </button>
      )}
    </li>
  );
}

interface RunCommandsProps {
  readonly campaignId: string;
  readonly runId: string;
  readonly onRun: PointRunsProps["onRun"];
}

function RunCommands({ campaignId, runId, onRun }: RunCommandsProps) {
  const events = useCampaign(campaignId, (view) => view.events);
  const failure = useCampaign(campaignId, (view) => view.failure);
  const commands = useMemo(() => runCommands(events, runId), [events, runId]);
  return (
    <>
      <h4 className={styles.part}>
        Run <span className="mono">{runId}</span>
      </h4>
      <div className={styles.actions}>
        <Button variant="default" onClick={() => onRun(campaignId, runId)}>
          Open the run
        </Button>
        <Anchor component={Link} href={runFilesHref(campaignId, runId)} size="sm">
          Its files
        </Anchor>
      </div>
      {failure === null ? null : <FailureNotice failure={failure} />}
      {commands.length === 0 ? (
        <p className={styles.dim} role="status">
          {events.length === 0 ? "Reading the journal…" : "The journal has no command of this run."}
        </p>
      ) : (
        <>
          <p className={styles.dim}>
            {countText(commands.length, "command")}, as the journal has them, in the order in which they
            began:
          </p>
          {commands.map(({ phase, machine, command, key }) => (
            <CommandText
              key={key}
              label={`${phase}, ${machine === "sut" ? "system under test" : "load generator"}`}
              text={command}
            />
          ))}
        </>
      )}
    </>
  );
}
