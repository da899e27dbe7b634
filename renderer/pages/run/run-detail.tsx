// One run, chosen in the timeline: its values, its phases, its failure, its raw files.
import { ActionIcon, Anchor, Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "wouter";
import { evidenceGroups } from "#renderer/components/evidence-groups.ts";
import { EvidenceList } from "#renderer/components/evidence-list.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { RawDrawer } from "#renderer/components/raw-drawer.tsx";
import { Section } from "#renderer/components/section.tsx";
import { SlotSwatch } from "#renderer/components/slot-key.tsx";
import type { SlotStyle } from "#shared/figures/frame.ts";
import { cellId, type Campaign, type PlannedRun } from "#shared/model/campaign.ts";
import type { Measurement } from "#shared/model/measurement.ts";
import { durationText, meanText, significant } from "#shared/report/number.ts";
import { startUpKey, type CampaignState } from "#shared/state/campaign-state.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { runFilesHref } from "./failed-runs.tsx";
import styles from "./run-detail.module.css";

interface RunDetailProps {
  readonly campaign: Campaign;
  readonly state: CampaignState;
  readonly run: PlannedRun;
  readonly look: SlotStyle | undefined;
  readonly onClose: () => void;
}

export function RunDetail({ campaign, state, run, look, onClose }: RunDetailProps) {
  const [raw, setRaw] = useState<string | null>(null);
  useHotkeys([["Escape", () => (raw === null ? onClose() : undefined)]]);
  const known = state.runs.get(run.runId);
  const condition = campaign.conditions.find(({ id }) => id === run.conditionId);
  const titles = new Map(
    condition === undefined
      ? []
      : workloads[condition.workload].metrics.map(({ name, title }) => [name, title]),
  );
  const facts = known === undefined ? [] : factsOf(known);
  const refused = state.refusedCells.get(cellId(run.slot, run.conditionId));
  const startUp = state.startUps.get(startUpKey(run.block, run.slot));
  const evidence = known?.evidence ?? [];
  return (
    <Section
      title="Chosen run"
      aside={
        <>
          <span className="mono">{run.runId}</span>
          <ActionIcon size="sm" aria-label="Close the chosen run" onClick={onClose}>
            <IconX size={14} stroke={1.6} />
          </ActionIcon>
        </>
      }
    >
      <div className={styles.detail}>
        <p className={styles.heading}>
          {look === undefined ? null : <SlotSwatch look={look} />}
          <strong>{look?.label ?? run.slot}</strong>
          <span>{condition?.label ?? run.conditionId}</span>
          {facts.map((fact) => (
            <span key={fact} className={styles.quiet}>
              {fact}
            </span>
          ))}
          {known === undefined ? (
            <span className={styles.quiet}>{refused === undefined ? "not started yet" : "refused"}</span>
          ) : null}
          {startUp === undefined ? null : (
            <span className={styles.quiet}>environment up in {significant(startUp.seconds)} s</span>
          )}
          <span className={styles.tools}>
            {known === undefined ? null : (
              <>
                <Button variant="default" onClick={() => setRaw(run.runId)}>
                  Raw output
                </Button>
                <Anchor component={Link} href={runFilesHref(campaign.id, run.runId)} size="sm">
                  All its files
                </Anchor>
              </>
            )}
          </span>
        </p>
        {refused === undefined ? null : <p className={styles.quiet}>{refused.reason}</p>}
        {known?.failure == null ? null : <FailureNotice failure={known.failure} />}
        {(known?.remarks ?? []).map((remark) => (
          <p key={remark} className={styles.quiet}>
            {remark}
          </p>
        ))}
        <Values measurements={known?.measurements ?? []} titles={titles} />
        {evidence.length === 0 ? null : (
          <EvidenceList label="Evidence of the run" groups={evidenceGroups([evidence])} runs={1} />
        )}
      </div>
      <RawDrawer campaignId={campaign.id} runId={raw} onClose={() => setRaw(null)} />
    </Section>
  );
}

interface ValuesProps {
  readonly measurements: readonly Measurement[];
  readonly titles: ReadonlyMap<string, string>;
}

function Values({ measurements, titles }: ValuesProps) {
  if (measurements.length === 0) return null;
  return (
    <dl className={styles.values}>
      {measurements.map(({ metric, value, unit }) => (
        <div key={metric}>
          <dt>{titles.get(metric) ?? metric}</dt>
          <dd>
            {meanText(value, null)} <span className={styles.quiet}>{unit}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(run: NonNullable<ReturnType<CampaignState["runs"]["get"]>>): string[] {
  if (run.status === "running") return ["under way"];
  return [
    run.status === "ok" ? "done" : run.status,
    `${durationText(run.totalSeconds)}, of which the tool ran ${durationText(run.toolSeconds)}`,
    ...(run.attempt > 1 ? [`attempt ${run.attempt}`] : []),
    ...(run.emulated ? ["emulated: not a result"] : []),
  ];
}
