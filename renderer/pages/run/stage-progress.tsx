// What goes on outside of runs: which stage, how far where that is known.
import { Progress } from "@mantine/core";
import type { SlotStyle } from "#shared/figures/frame.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import type { LiveView } from "./live-view.ts";
import styles from "./stage-progress.module.css";

interface StageProgressProps {
  readonly state: CampaignState;
  readonly live: LiveView;
  readonly looks: ReadonlyMap<string, SlotStyle>;
}

export function StageProgress({ state, live, looks }: StageProgressProps) {
  const { stage, session } = state;
  // Live progress that belongs to another stage is old.
  const progress = stage !== null && live.progress?.name === stage.name ? live.progress : null;
  const share = progress?.share ?? stage?.share ?? null;
  const between =
    session === null
      ? "Between two sessions"
      : `${looks.get(session.slot)?.label ?? session.slot}, between two runs`;
  return (
    <output className={styles.stage}>
      <strong>{stage?.text ?? between}</strong>
      {progress === null || progress.text === stage?.text ? null : (
        <span className={styles.text}>{progress.text}</span>
      )}
      {share === null ? null : (
        <span className={styles.share}>
          <Progress value={share * 100} size={5} radius={0} aria-label={stage?.text ?? "Progress"} />
          {Math.round(share * 100)} %
        </span>
      )}
    </output>
  );
}
