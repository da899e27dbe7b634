// The frame of every wizard: its steps at the left, the step in the middle, what is chosen so far at the right.
import { Button, Kbd } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { Page } from "#renderer/components/page.tsx";
import { StepRail } from "./step-rail.tsx";
import { SummaryRail } from "./summary-rail.tsx";
import { nextStep, previousStep, type WizardStep } from "./wizard-step.ts";
import styles from "./wizard-frame.module.css";

/** What the last step's button does, where it is no step of its own. */
interface Finish {
  readonly label: string;
  readonly onFinish: () => void;
  readonly loading?: boolean;
  readonly disabled?: boolean;
}

interface WizardFrameProps {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  /** A sentence over the step that stays when the step changes: what was just put aside, and how to get it back. */
  readonly notice?: ReactNode;
  readonly steps: readonly WizardStep[];
  /** Id of the step that is shown. */
  readonly current: string;
  readonly finish: Finish;
  /** What stands at the right: what is chosen so far, and what is known against it. */
  readonly summary?: ReactNode;
  readonly children: ReactNode;
}

/** Steps are places with an address: the browser's back and forward lose nothing, as the form lives above them. */
export function WizardFrame(props: WizardFrameProps) {
  const { title, subtitle, actions, notice, steps, current, finish, summary, children } = props;
  const [, navigate] = useLocation();
  const place = steps.findIndex(({ id }) => id === current);
  const previous = previousStep(steps, current);
  const next = nextStep(steps, current);
  const goOn = (): void => {
    if (next !== null) navigate(next.href);
    else if (finish.disabled !== true) finish.onFinish();
  };
  const goBack = (): void => {
    if (previous !== null) navigate(previous.href);
  };
  // Also inside text fields, but not under a dialog.
  useHotkeys(
    [
      ["mod+Enter", unlessDialog(goOn)],
      ["alt+PageDown", unlessDialog(goOn)],
      ["alt+PageUp", unlessDialog(goBack)],
    ],
    [],
  );
  return (
    <Page title={title} subtitle={subtitle} actions={actions} fixed>
      <div className={styles.frame} data-summary={summary !== undefined || undefined}>
        <StepRail steps={steps} current={current} />
        <div className={styles.middle}>
          {notice}
          {/* Scrolls by itself, so the keyboard must reach it; a new step begins at its top. */}
          <section
            key={current}
            className={styles.step}
            tabIndex={0}
            aria-label={`Step ${place + 1}: ${steps[place]?.title ?? title}`}
            data-scroller
            data-arrival
          >
            {children}
          </section>
          <footer className={styles.foot}>
            {previous === null ? (
              <span />
            ) : (
              <Button component={Link} href={previous.href} variant="default">
                Back
              </Button>
            )}
            <span className={styles.keys}>
              <Kbd size="xs">Alt PgUp</Kbd> back, <Kbd size="xs">Ctrl Enter</Kbd> on
            </span>
            {next === null ? (
              <Button onClick={finish.onFinish} loading={finish.loading} disabled={finish.disabled}>
                {finish.label}
              </Button>
            ) : (
              <Button component={Link} href={next.href}>
                {`Next: ${next.title}`}
              </Button>
            )}
          </footer>
        </div>
        {summary === undefined ? null : <SummaryRail>{summary}</SummaryRail>}
      </div>
    </Page>
  );
}

function unlessDialog(act: () => void): () => void {
  return () => {
    if (document.querySelector('[aria-modal="true"]') === null) act();
  };
}
