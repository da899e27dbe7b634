// A campaign while it runs, and afterwards: how far it is, what is under way, what failed.
import { useCampaign, type CampaignView } from "#renderer/stores/campaign-store.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import { useCampaignStatus } from "#renderer/stores/campaign-status.ts";
import { useFigureTheme } from "#renderer/theme/figure-theme.ts";
import { slotStyles } from "#shared/figures/frame.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { runEstimator } from "#shared/plan/time-left.ts";
import { expectedSeconds } from "#shared/plan/expected-seconds.ts";
import { remaining } from "#shared/plan/remaining.ts";
import { slotsOf } from "#shared/plan/slots.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { useMemo, useState } from "react";
import { RefusedList } from "#renderer/components/refused-list.tsx";
import { Section } from "#renderer/components/section.tsx";
import { countText } from "#shared/report/number.ts";
import { CurrentRun } from "./current-run.tsx";
import { Environments } from "./environments.tsx";
import { FailedRuns } from "./failed-runs.tsx";
import { HostSeries } from "./host-series.tsx";
import { useLive } from "./live-store.ts";
import { MetricSoFar } from "./metric-so-far.tsx";
import { Notices } from "./notices.tsx";
import { RunControls } from "./run-controls.tsx";
import { RunDetail } from "./run-detail.tsx";
import { RunFigures } from "./run-figures.tsx";
import { Outcome } from "./outcome.tsx";
import { Timeline } from "./timeline.tsx";
import { timelineOf } from "./timeline-model.ts";
import styles from "./run-page.module.css";

export function RunPage({ campaignId }: { readonly campaignId: string }) {
  const view = useCampaign(campaignId, (whole) => whole);
  const { campaign } = view;
  // Until the journal has been read there is nothing to tell apart.
  if (campaign === null || view.state.lastSeq === 0) return null;
  return <CampaignRun campaign={campaign} view={view} />;
}

interface CampaignRunProps {
  readonly campaign: Campaign;
  readonly view: CampaignView;
}

function CampaignRun({ campaign, view }: CampaignRunProps) {
  const { state, events } = view;
  const status = useCampaignStatus(campaign.id);
  const running = status === "running";
  const theme = useFigureTheme();
  const plan = useMemo(() => planSessions(campaign), [campaign]);
  const { counts } = useMemo(() => remaining(plan, state), [plan, state]);
  const looks = useMemo(
    () => new Map(slotStyles(campaign, theme).map((style) => [style.slot, style])),
    [campaign, theme],
  );
  const { runs, stoppedCells, refusedCells, environmentSeconds } = state;
  const blocks = useMemo(() => {
    const environments = new Map(slotsOf(campaign).map(({ slot, configuration }) => [slot, configuration]));
    return timelineOf({
      plan,
      state: { runs, stoppedCells, refusedCells },
      live: running,
      expectRun: runEstimator(campaign, plan, { runs }, workloads),
      startSeconds: (slot) =>
        environmentSeconds.get(slot) ??
        expectedSeconds.environment[environments.get(slot)?.environment ?? "native"],
    });
  }, [campaign, plan, runs, stoppedCells, refusedCells, environmentSeconds, running]);
  const live = useLive(campaign.id, running);
  const [selected, setSelected] = useState<string | null>(null);
  const chosen = plan.flatMap((session) => session.runs).find(({ runId }) => runId === selected) ?? null;
  const current = running ? state.runningRun : null;

  return (
    <div className={styles.page}>
      <Notices campaign={campaign} state={state} status={status} />
      <div className={styles.head}>
        <RunFigures {...{ campaign, plan, state, events, status, counts }} />
        <RunControls campaignId={campaign.id} status={status} missing={counts.missing} />
      </div>
      <Timeline {...{ campaign, blocks, looks, runs, selected, onSelect: setSelected }} />
      {chosen === null ? null : (
        <RunDetail
          {...{ campaign, state, look: looks.get(chosen.slot), run: chosen }}
          onClose={() => setSelected(null)}
        />
      )}
      {running ? (
        <div className={styles.columns}>
          <CurrentRun {...{ campaign, plan, state, events, live, looks }} />
          <div className={styles.column}>
            <MetricSoFar {...{ campaign, plan, state, looks, runId: current }} />
            <HostSeries samples={live.samples} />
          </div>
        </div>
      ) : (
        <Outcome {...{ campaign, state, status, counts }} />
      )}
      <Environments {...{ campaign, state, looks }} />
      {refusedCells.size === 0 ? null : (
        <Section title={countText(refusedCells.size, "refused cell")}>
          <RefusedList refused={[...refusedCells.values()]} conditions={campaign.conditions} looks={looks} />
        </Section>
      )}
      <FailedRuns {...{ campaign, plan, state, looks, onSelect: setSelected }} />
    </div>
  );
}
