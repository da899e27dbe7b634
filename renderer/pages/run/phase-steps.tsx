// The phases of a run as steps: done with their time, under way, to come, or not part of this workload.
import { IconCheck } from "@tabler/icons-react";
import { durationText } from "#shared/report/number.ts";
import type { RunPhases } from "./run-phases.ts";
import styles from "./phase-steps.module.css";

interface PhaseStepsProps {
  readonly phases: RunPhases;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function PhaseSteps({ phases, now }: PhaseStepsProps) {
  return (
    <ol className={styles.steps} aria-label="Phases of the run">
      {phases.steps.map(({ phase, status, seconds, startedAt }) => (
        <li
          key={phase}
          className={styles.step}
          data-status={status}
          aria-current={status === "under way" ? "step" : undefined}
        >
          <span className={styles.name}>
            {status === "done" ? <IconCheck size={12} stroke={2.4} aria-hidden /> : null}
            {phase}
          </span>
          <span className={styles.time}>
            {status === "none"
              ? "none"
              : status === "under way"
                ? durationText(Math.max(0, Math.round((now - Date.parse(startedAt ?? "")) / 1000)))
                : seconds === null
                  ? "to come"
                  : durationText(seconds)}
          </span>
        </li>
      ))}
    </ol>
  );
}
