// The runs that failed, each with what happened and the way to its raw files.
import { Anchor, UnstyledButton } from "@mantine/core";
import { Link } from "wouter";
import { CopyButton } from "#renderer/components/copy-button.tsx";
import { Section } from "#renderer/components/section.tsx";
import { SlotKey } from "#renderer/components/slot-key.tsx";
import { failureText } from "#renderer/api/failure.ts";
import type { SlotStyle } from "#shared/figures/frame.ts";
import type { Campaign, PlannedSession } from "#shared/model/campaign.ts";
import { countText } from "#shared/report/number.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import styles from "./failed-runs.module.css";

interface FailedRunsProps {
  readonly campaign: Campaign;
  readonly plan: readonly PlannedSession[];
  readonly state: CampaignState;
  readonly looks: ReadonlyMap<string, SlotStyle>;
  readonly onSelect: (runId: string) => void;
}

export function FailedRuns({ campaign, plan, state, looks, onSelect }: FailedRunsProps) {
  const failed = plan
    .flatMap(({ runs }) => runs)
    .flatMap((run) => {
      const known = state.runs.get(run.runId);
      return known?.status === "failed" ? [{ run, failure: known.failure }] : [];
    });
  if (failed.length === 0) return null;
  const labels = new Map(campaign.conditions.map(({ id, label }) => [id, label]));
  return (
    <Section title={countText(failed.length, "failed run")} flush>
      <ul className={styles.list}>
        {failed.map(({ run, failure }) => {
          const look = looks.get(run.slot);
          return (
            <li key={run.runId} className={styles.item}>
              <div className={styles.head}>
                <UnstyledButton className={styles.name} onClick={() => onSelect(run.runId)}>
                  <span className="mono">{run.runId}</span>
                </UnstyledButton>
                {look === undefined ? null : <SlotKey look={look} />}
                <span>{labels.get(run.conditionId)}</span>
                <span className={styles.tools}>
                  {failure === null ? null : (
                    <CopyButton text={failureText(failure)} label="Copy the failure" />
                  )}
                  <Anchor component={Link} href={runFilesHref(campaign.id, run.runId)} size="sm">
                    Raw files
                  </Anchor>
                </span>
              </div>
              <p className={styles.message}>{failure?.message ?? "The run failed without a message."}</p>
              {failure?.detail === undefined ? null : (
                <pre className={styles.detail} tabIndex={0} aria-label={`What ${run.runId} printed`}>
                  {failure.detail}
                </pre>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

/** The tab of raw files, opened at one run. */
export function runFilesHref(campaignId: string, runId: string): string {
  return `/campaigns/${encodeURIComponent(campaignId)}/files?run=${encodeURIComponent(runId)}`;
}
