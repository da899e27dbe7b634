// What must be known while looking at a campaign: its failure, a lost link, emulation, the demo lab, remarks.
import type { CampaignStatus } from "#shared/model/campaign-status.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import type { Machine } from "#shared/model/lab.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Notice } from "#renderer/components/notice.tsx";
import styles from "./notices.module.css";

interface NoticesProps {
  readonly campaign: Campaign;
  readonly state: CampaignState;
  readonly status: CampaignStatus;
}

export function Notices({ campaign, state, status }: NoticesProps) {
  const lost = status === "running" ? [...state.linksLost] : [];
  return (
    <>
      {state.failure === null ? null : <FailureNotice failure={state.failure} />}
      {lost.map((machine) => (
        <Notice key={machine} severity="warning">
          <output>
            The link to {machineText(campaign, machine)} is lost; Tare is trying to reach it again. Programs
            that run there go on, and what they print is fetched afterwards.
          </output>
        </Notice>
      ))}
      {status === "interrupted" ? (
        <Notice severity="warning">
          The process that ran this campaign has ended without a word. What was measured is kept. Resume takes
          in what the hosts finished meanwhile, puts right what was left, and goes on.
        </Notice>
      ) : null}
      {state.remarks.length === 0 ? null : (
        <Notice severity="info">
          <ul className={styles.remarks}>
            {[...new Set(state.remarks)].map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

/** `the system under test (198.18.1.2)`. */
export function machineText(campaign: Campaign, machine: Machine): string {
  if (machine === "guest") return "the guest";
  const names = { sut: "the system under test", loadgen: "the load generator" } as const;
  return `${names[machine]} (${campaign.lab[machine].address})`;
}
