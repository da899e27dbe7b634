// The steps of a wizard in order, each a place to go to; what is chosen in it stands under its title.
import { IconAlertCircle, IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "wouter";
import type { WizardStep } from "./wizard-step.ts";
import styles from "./step-rail.module.css";

interface StepRailProps {
  readonly steps: readonly WizardStep[];
  readonly current: string;
}

export function StepRail({ steps, current }: StepRailProps) {
  return (
    <nav aria-label="Steps" className={styles.rail}>
      <ol className={styles.list}>
        {steps.map((step, index) => (
          <li key={step.id}>
            <Link
              href={step.href}
              className={styles.step}
              aria-current={step.id === current ? "step" : undefined}
            >
              <span className={styles.number}>{index + 1}</span>
              <span className={styles.words}>
                <span className={styles.title}>{step.title}</span>
                {step.choice === undefined || step.choice === "" ? null : (
                  <span className={styles.choice}>{step.choice}</span>
                )}
              </span>
              <StateSign state={step.state} />
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StateSign({ state }: Pick<WizardStep, "state">) {
  if (state === "error")
    return <IconAlertCircle className={styles.error} size={15} stroke={1.8} aria-label="has an error" />;
  if (state === "warning")
    return <IconAlertTriangle className={styles.warning} size={15} stroke={1.8} aria-label="has a warning" />;
  return null;
}
