// The numbers at the head of the live page: how far, how long, how long still, and whether both hosts answer.
import type { ReactNode } from "react";
import type { CampaignStatus } from "#shared/model/campaign-status.ts";
import type { Campaign, PlannedSession } from "#shared/model/campaign.ts";
import type { CampaignEvent } from "#shared/model/event.ts";
import { hostRoles, type HostRole } from "#shared/model/lab.ts";
import type { Remaining } from "#shared/plan/remaining.ts";
import { timeLeft } from "#shared/plan/time-left.ts";
import { durationText } from "#shared/report/number.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { clockText, instantText } from "#renderer/format/instant.ts";
import { elapsedSeconds } from "./elapsed.ts";
import { useNow } from "./use-now.ts";
import styles from "./run-figures.module.css";

interface RunFiguresProps {
  readonly campaign: Campaign;
  readonly plan: readonly PlannedSession[];
  readonly state: CampaignState;
  readonly events: readonly CampaignEvent[];
  readonly status: CampaignStatus;
  readonly counts: Remaining["counts"];
}

export function RunFigures({ campaign, plan, state, events, status, counts }: RunFiguresProps) {
  const running = status === "running";
  const now = useNow(running);
  const { ok, failed, skipped, refused, missing } = counts;
  // What the lab does not offer is not waited for.
  const planned = counts.planned - refused;
  const share = (count: number) => `${planned === 0 ? 0 : (100 * count) / planned}%`;
  const elapsed = elapsedSeconds(events, running ? now : null);
  return (
    <dl className={styles.figures}>
      <div className={styles.runs}>
        <dt>Runs done</dt>
        <dd>
          <span className={styles.value}>
            {ok} <span className={styles.of}>of {planned}</span>
          </span>
          <span className={styles.track} aria-hidden>
            <span className={styles.ok} style={{ width: share(ok) }} />
            <span className={styles.failed} style={{ width: share(failed) }} />
          </span>
        </dd>
      </div>
      <Figure
        title="Failed"
        tone={failed > 0 ? "failure" : undefined}
        note={skipped > 0 ? `${skipped} stopped` : ""}
      >
        {failed}
      </Figure>
      {missing === 0 && !running ? null : <TimeLeft {...{ campaign, plan, state, now, running }} />}
      <Figure title="Elapsed" note={state.startedAt === null ? "" : `since ${instantText(state.startedAt)}`}>
        {state.startedAt === null ? "–" : durationText(Math.round(elapsed))}
      </Figure>
      <Figure title="Seed" note={`${campaign.blocks} × ${plan.length / campaign.blocks} sessions`}>
        {campaign.seed}
      </Figure>
      {hostRoles.map((role) => (
        <Host
          key={role}
          role={role}
          address={campaign.lab[role].address}
          link={linkOf(state, role, running)}
        />
      ))}
    </dl>
  );
}

interface FigureProps {
  readonly title: string;
  readonly note?: string;
  readonly tone?: "failure" | "ok" | "quiet" | undefined;
  readonly children: ReactNode;
}

function Figure({ title, note = "", tone, children }: FigureProps) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <span className={styles.value} data-tone={tone}>
          {children}
        </span>
        <span className={styles.note}>{note}</span>
      </dd>
    </div>
  );
}

type TimeLeftProps = Pick<RunFiguresProps, "campaign" | "plan" | "state"> & {
  readonly now: number;
  readonly running: boolean;
};

function TimeLeft({ campaign, plan, state, now, running }: TimeLeftProps) {
  const { seconds, finishAt } = timeLeft({ campaign, plan, state, workloads, now });
  return (
    <Figure
      title="Time left"
      note={running ? `ends about ${clockText(finishAt, now)}` : "once it is under way"}
    >
      {durationText(Math.round(seconds))}
    </Figure>
  );
}

interface HostProps {
  readonly role: HostRole;
  readonly address: string;
  readonly link: Link;
}

type Link = keyof typeof linkTexts;

const linkTexts = {
  unused: "not in use",
  connecting: "connecting",
  connected: "connected",
  lost: "link lost",
} as const;

function linkOf(state: CampaignState, role: HostRole, running: boolean): Link {
  if (!running) return "unused";
  if (state.linksLost.has(role)) return "lost";
  return state.stage?.name === "connect" ? "connecting" : "connected";
}

function Host({ role, address, link }: HostProps) {
  const text = linkTexts[link];
  const tone = link === "connected" ? "ok" : link === "lost" ? "failure" : "quiet";
  return (
    <Figure title={role === "sut" ? "System under test" : "Load generator"} note={address} tone={tone}>
      <span className={styles.lamp} aria-hidden />
      {text}
    </Figure>
  );
}
