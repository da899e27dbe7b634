// What stands in place of the live part while no process works on the campaign.
import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import type { CampaignStatus } from "#shared/model/campaign-status.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import type { Remaining } from "#shared/plan/remaining.ts";
import { countText } from "#shared/report/number.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { Section } from "#renderer/components/section.tsx";
import styles from "./outcome.module.css";

interface OutcomeProps {
  readonly campaign: Campaign;
  readonly state: CampaignState;
  readonly status: CampaignStatus;
  readonly counts: Remaining["counts"];
}

const titles: Readonly<Record<CampaignStatus, string>> = {
  ready: "Ready to start",
  running: "Under way",
  paused: "Paused",
  interrupted: "Interrupted",
  complete: "Complete",
  incomplete: "Ended with runs that failed",
  cancelled: "Cancelled",
  failed: "Stopped by a failure",
};

export function Outcome({ campaign, state, status, counts }: OutcomeProps) {
  const base = `/campaigns/${encodeURIComponent(campaign.id)}`;
  return (
    <Section title={titles[status]}>
      <div className={styles.outcome}>
        <p>{sentence(status, counts)}</p>
        {[...state.comparisons].map(([machine, differences]) => (
          <p key={machine}>
            {machine === "sut" ? "System under test" : "Load generator"}:{" "}
            {differences.length === 0 ? (
              "identical to before the campaign."
            ) : (
              <>
                {countText(differences.length, "fact differs", "facts differ")} from before the campaign,{" "}
                <Anchor component={Link} href={`${base}/changes`} size="sm" underline="always">
                  listed under Changes
                </Anchor>
                .
              </>
            )}
          </p>
        ))}
        {[...state.samplerCost].map(([machine, share]) => (
          <p key={machine}>
            The sampler took {shareText(share)} of the CPU time of the{" "}
            {machine === "sut" ? "system under test" : "load generator"}.
          </p>
        ))}
        {counts.ok === 0 ? null : (
          <p>
            <Anchor component={Link} href={`${base}/results`} size="sm">
              Results of {countText(counts.ok, "run")}
            </Anchor>
          </p>
        )}
      </div>
    </Section>
  );
}

function sentence(
  status: CampaignStatus,
  { planned, ok, failed, skipped, refused, missing }: Remaining["counts"],
): string {
  if (status === "ready") return `${countText(planned, "run")} are planned. Nothing was touched yet.`;
  const parts = [
    `${ok} of ${countText(planned - refused, "run")} succeeded`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} never ran, because their cell failed too often`] : []),
    ...(refused > 0 ? [`${refused} more are of cells that the lab does not offer`] : []),
    ...(missing > 0 ? [`${missing} are to be run`] : []),
  ];
  return `${parts.join(", ")}.`;
}

function shareText(share: number): string {
  return share < 0.0001 ? "less than 0.01 %" : `at most ${(share * 100).toFixed(2)} %`;
}
