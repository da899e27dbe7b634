// The steps of a wizard in order, each a place to go to; what is chosen in it stands under its title.
import { IconAlertCircle, IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import { useSeenSteps } from "./seen-steps.ts";
import type { WizardStep } from "./wizard-step.ts";
import styles from "./step-rail.module.css";

interface StepRailProps {
  readonly steps: readonly WizardStep[];
  readonly current: string;
}

export function StepRail({ steps, current }: StepRailProps) {
  const seen = useSeenSteps(steps.find(({ id }) => id === current)?.href ?? "");
  const list = useRef<HTMLOListElement>(null);
  // In a narrow window the steps are a strip that scrolls sideways.
  useEffect(() => {
    const link = list.current?.querySelector(`[data-step="${current}"]`);
    link?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return (
    <nav aria-label="Steps" className={styles.rail}>
      <ol className={styles.list} ref={list}>
        {steps.map((step, index) => (
          <li key={step.id}>
            <Link
              href={step.href}
              className={styles.step}
              data-step={step.id}
              aria-current={step.id === current ? "step" : undefined}
            >
              <span className={styles.number}>{index + 1}</span>
              <span className={styles.words}>
                <span className={styles.title}>{step.title}</span>
                {step.choice === undefined || step.choice === "" ? null : (
                  <span className={styles.choice}>{step.choice}</span>
                )}
              </span>
              <StateSign state={step.state} done={seen.has(step.href) && step.id !== current} />
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StateSign({ state, done }: Pick<WizardStep, "state"> & { readonly done: boolean }) {
  if (state === "error")
    return (
      <IconAlertCircle className={styles.error} size={15} stroke={1.8} role="img" aria-label="has an error" />
    );
  if (state === "warning")
    return (
      <IconAlertTriangle
        className={styles.warning}
        size={15}
        stroke={1.8}
        role="img"
        aria-label="has a warning"
      />
    );
  return done ? (
    <IconCheck className={styles.done} size={15} stroke={1.8} role="img" aria-label="done" />
  ) : null;
}
