// What is under way: the stage outside of runs, or the run with its phases, its command and what it prints.
import { CommandText } from "#renderer/components/command-text.tsx";
import { Section } from "#renderer/components/section.tsx";
import { SlotSwatch } from "#renderer/components/slot-key.tsx";
import type { SlotStyle } from "#shared/figures/frame.ts";
import type { Campaign, PlannedRun, PlannedSession } from "#shared/model/campaign.ts";
import type { CampaignEvent } from "#shared/model/event.ts";
import { durationText } from "#shared/report/number.ts";
import type { CampaignState, RunState } from "#shared/state/campaign-state.ts";
import type { LiveView } from "./live-view.ts";
import { OutputTail } from "./output-tail.tsx";
import { PhaseSteps } from "./phase-steps.tsx";
import { phasesOf } from "./run-phases.ts";
import { StageProgress } from "./stage-progress.tsx";
import { useNow } from "./use-now.ts";
import { machineText } from "./notices.tsx";
import styles from "./current-run.module.css";

interface CurrentRunProps {
  readonly campaign: Campaign;
  readonly plan: readonly PlannedSession[];
  readonly state: CampaignState;
  readonly events: readonly CampaignEvent[];
  readonly live: LiveView;
  readonly looks: ReadonlyMap<string, SlotStyle>;
}

export function CurrentRun({ campaign, plan, state, events, live, looks }: CurrentRunProps) {
  const run = state.runningRun === null ? undefined : state.runs.get(state.runningRun);
  const planned = plan.flatMap(({ runs }) => runs).find(({ runId }) => runId === run?.runId);
  if (run === undefined || planned === undefined)
    return (
      <Section title="Under way">
        <StageProgress state={state} live={live} looks={looks} />
      </Section>
    );
  return (
    <Section title="Run under way" aside={<span className="mono">{run.runId}</span>}>
      <div className={styles.run}>
        <Heading campaign={campaign} run={planned} state={run} look={looks.get(planned.slot)} />
        <Phases campaign={campaign} run={run} planned={planned} events={events} />
        <OutputTail output={live.output?.runId === run.runId ? live.output : null} />
      </div>
    </Section>
  );
}

interface HeadingProps {
  readonly campaign: Campaign;
  readonly run: PlannedRun;
  readonly state: RunState;
  readonly look: SlotStyle | undefined;
}

function Heading({ campaign, run, state, look }: HeadingProps) {
  const condition = campaign.conditions.find(({ id }) => id === run.conditionId);
  return (
    <p className={styles.heading}>
      {look === undefined ? null : <SlotSwatch look={look} />}
      <strong>{look?.label ?? run.slot}</strong>
      <span>{condition?.label ?? run.conditionId}</span>
      <span className={styles.quiet}>
        block {run.block} of {campaign.blocks}
        {state.attempt > 1 ? `, attempt ${state.attempt}` : ""}
      </span>
    </p>
  );
}

interface PhasesProps {
  readonly campaign: Campaign;
  readonly run: RunState;
  readonly planned: PlannedRun;
  readonly events: readonly CampaignEvent[];
}

function Phases({ campaign, run, planned, events }: PhasesProps) {
  const now = useNow(true);
  const phases = phasesOf(campaign, planned, run, events);
  const current = run.phase;
  return (
    <>
      <PhaseSteps phases={phases} now={now} />
      {current === null ? (
        <p className={styles.quiet}>The run has begun; its first program is being started.</p>
      ) : (
        <CommandText
          label={`${current.phase}, on ${machineText(campaign, current.machine)}, for ${durationText(
            Math.max(0, Math.round((now - Date.parse(phases.current?.startedAt ?? run.startedAt)) / 1000)),
          )}`}
          text={current.command}
        />
      )}
    </>
  );
}
