// The plan of a campaign that is not started yet: everything that would be done, before anything is touched.
import { Button, Loader, useComputedColorScheme } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import { slotStyles } from "#shared/figures/frame.ts";
import type { DryRun } from "#shared/contract/campaigns.ts";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import type { Failure } from "#shared/model/error.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FoundChanges } from "#renderer/components/found-changes.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Page } from "#renderer/components/page.tsx";
import { showFailure } from "#renderer/components/show-failure.ts";
import { instantText } from "#renderer/format/instant.ts";
import { countText, durationText } from "#shared/report/number.ts";
import { useLibrary } from "#renderer/stores/core-stores.ts";
import { campaignDraft, toCampaignDraft } from "#renderer/wizards/campaign/campaign-form.ts";
import { Findings } from "./findings.tsx";
import { Refused } from "./refused.tsx";
import { ProbeFirst } from "./probe-first.tsx";
import { planTimeline } from "./plan-timeline.ts";
import { StepsList } from "./steps-list.tsx";
import { TimelineSection } from "./timeline-section.tsx";
import styles from "./plan-page.module.css";

export function PlanPage() {
  const [draft] = useState(() => {
    const form = campaignDraft.read();
    return form === null ? null : (toCampaignDraft(form).data ?? null);
  });
  if (draft === null)
    return (
      <Page title="Plan">
        <EmptyState
          title="There is nothing to plan yet"
          actions={
            <Button component={Link} href="/new">
              To the form
            </Button>
          }
        >
          <p>Fill in the form of a new campaign first. The plan then lists every step with its commands.</p>
        </EmptyState>
      </Page>
    );
  return <Plan draft={draft} />;
}

function Plan({ draft }: { readonly draft: CampaignDraft }) {
  const { plan, failure, again } = useDryRun(draft);
  return (
    <Page
      title={`Plan: ${draft.name}`}
      subtitle={plan === null ? undefined : <Summary plan={plan} />}
      fixed
      actions={
        <>
          <Button component={Link} href="/new" variant="default">
            Change
          </Button>
          <StartButton draft={draft} plan={plan} />
        </>
      }
    >
      {failure === null ? null : (
        <FailureNotice
          failure={failure}
          actions={
            <Button variant="default" onClick={again}>
              Plan again
            </Button>
          }
        />
      )}
      {plan === null && failure === null ? (
        <p className={styles.waiting}>
          <Loader size={14} /> Planning.
        </p>
      ) : null}
      {plan !== null && plan.factsTakenAt === null ? (
        <ProbeFirst labId={draft.labId} onProbed={again} />
      ) : null}
      <FoundChanges labId={draft.labId} />
      {plan === null ? null : <PlanBody draft={draft} plan={plan} />}
    </Page>
  );
}

function PlanBody({ draft, plan }: { readonly draft: CampaignDraft; readonly plan: DryRun }) {
  const scheme = useComputedColorScheme("light");
  const [session, setSession] = useState<string | null>(null);
  const looks = useMemo(
    () => new Map(slotStyles(draft, { scheme }).map((style) => [style.slot, style])),
    [draft, scheme],
  );
  const blocks = useMemo(() => planTimeline(plan.steps), [plan]);
  return (
    <div className={styles.plan}>
      <Findings findings={plan.findings} />
      <Refused plan={plan} draft={draft} looks={looks} />
      <TimelineSection blocks={blocks} looks={looks} chosen={session} onChoose={setSession} />
      <StepsList steps={plan.steps} looks={looks} session={session} onSession={setSession} />
    </div>
  );
}

function Summary({ plan }: { readonly plan: DryRun }) {
  return (
    <>
      <span>about {durationText(plan.totalSeconds)}</span>
      <span>{countText(plan.runs, "run")}</span>
      {plan.refused.length === 0 ? null : <span>{countText(plan.refused.length, "cell")} refused</span>}
      <span>{countText(plan.steps.length, "step")}</span>
      <span>seed {plan.seed}</span>
      <span>
        {plan.factsTakenAt === null
          ? "the lab was never probed"
          : `checked against facts of ${instantText(plan.factsTakenAt)}`}
      </span>
    </>
  );
}

interface StartButtonProps {
  readonly draft: CampaignDraft;
  readonly plan: DryRun | null;
}

function StartButton({ draft, plan }: StartButtonProps) {
  const [, navigate] = useLocation();
  const library = useLibrary();
  const [starting, setStarting] = useState(false);
  const refused = plan?.refused.length ?? 0;
  const errors = plan?.findings.filter(({ severity }) => severity === "error").length ?? 0;

  const start = async (seed: number): Promise<void> => {
    setStarting(true);
    try {
      // With the seed of the plan, so that what was read is what will run.
      const { id } = await api.campaigns.create({ ...draft, seed });
      campaignDraft.clear();
      await api.campaigns
        .start({ campaignId: id })
        .catch((error: unknown) => showFailure("The campaign was created and not started", error));
      void library.reload();
      navigate(`/campaigns/${encodeURIComponent(id)}`);
    } catch (error) {
      showFailure("The campaign was not created", error);
      setStarting(false);
    }
  };

  return (
    <Button
      leftSection={<IconPlayerPlay size={14} stroke={1.8} />}
      disabled={plan === null || errors > 0}
      loading={starting}
      title={errors > 0 ? `${countText(errors, "error")} must be solved first` : undefined}
      onClick={() => (plan === null ? undefined : void start(plan.seed))}
    >
      {refused === 0 ? "Start" : `Start without ${countText(refused, "refused cell")}`}
    </Button>
  );
}

interface Planned {
  readonly plan: DryRun | null;
  readonly failure: Failure | null;
  readonly again: () => void;
}

function useDryRun(draft: CampaignDraft): Planned {
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<Omit<Planned, "again"> & { readonly attempt: number }>({
    plan: null,
    failure: null,
    attempt: -1,
  });
  useEffect(() => {
    const controller = new AbortController();
    api.campaigns.dryRun(draft, { signal: controller.signal }).then(
      (plan) => setState({ plan, failure: null, attempt }),
      (error: unknown) => {
        if (!controller.signal.aborted) setState({ plan: null, failure: failureOf(error), attempt });
      },
    );
    return () => controller.abort();
  }, [draft, attempt]);
  const { plan, failure } = state.attempt === attempt ? state : { plan: null, failure: null };
  return { plan, failure, again: () => setAttempt((count) => count + 1) };
}
