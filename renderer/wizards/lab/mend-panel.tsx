// A mend under way, or how it ended: what its program printed, and a way to look elsewhere meanwhile.
import { Button, Loader } from "@mantine/core";
import { useEffect, useRef } from "react";
import { mendTitle } from "#shared/plan/mend-command.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Notice } from "#renderer/components/notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { roleTitle } from "#renderer/format/role-title.ts";
import type { Mending, MendState } from "./use-mending.ts";
import styles from "./preflight-step.module.css";

interface MendPanelProps {
  readonly mending: Mending;
  readonly state: MendState;
}

export function MendPanel({ mending, state }: MendPanelProps) {
  const { role, mend, lines, stage, ended, failure } = state;
  const panel = useRef<HTMLDivElement>(null);
  // It comes above the button that was pressed, which is locked meanwhile.
  useEffect(() => {
    panel.current?.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: "start" });
  }, []);
  return (
    <div ref={panel} tabIndex={-1} className={styles.shown}>
      <Section
        title={`${mendTitle(mend)}: ${roleTitle[role].toLowerCase()}`}
        aside={
          mending.running ? (
            <>
              <Loader size={13} aria-label="under way" />
              <span>{stage === "probing" ? "probing the host again" : "under way"}</span>
              <Button variant="default" onClick={mending.leave}>
                Stop watching
              </Button>
            </>
          ) : (
            <Button variant="default" onClick={mending.close}>
              Close
            </Button>
          )
        }
      >
        <div className={styles.panel}>
          <div role="status">
            {ended === null ? null : (
              <Notice severity={ended.ok ? "info" : "error"}>
                {ended.text}
                {ended.ok && stage === "done" && failure === null
                  ? " The host was probed again; what is still missing stands below."
                  : ""}
              </Notice>
            )}
            {stage === "left" ? (
              <Notice severity="info">
                Nobody watches any more. The host finishes by itself: a package manager that is cut short
                leaves more to mend than before. Until it ends no campaign can begin there. Probe again later.
              </Notice>
            ) : null}
          </div>
          {failure === null ? null : <FailureNotice failure={failure} />}
          {lines.length === 0 ? null : (
            <pre
              className={styles.output}
              tabIndex={0}
              aria-label="What the host printed"
              ref={(element) => {
                if (element !== null) element.scrollTop = element.scrollHeight;
              }}
            >
              {lines.join("\n")}
            </pre>
          )}
        </div>
      </Section>
    </div>
  );
}
