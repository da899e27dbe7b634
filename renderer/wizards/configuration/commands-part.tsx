// In the summary of a configuration: how the text that will be executed differs from the one it started from.
import { Anchor } from "@mantine/core";
import { Link } from "wouter";
import { previewLines } from "#shared/plan/configuration-preview.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { configurationHref } from "#renderer/wizards/campaign/campaign-place.ts";
import { SummaryPart } from "#renderer/wizards/frame/summary-part.tsx";
import { LineDifferenceView } from "#renderer/wizards/preview/line-difference-view.tsx";
import type { ConfigurationPreview } from "./use-configuration-preview.ts";
import styles from "./configuration-summary.module.css";

interface CommandsPartProps {
  readonly id: string;
  /** How the configuration that it started from is called; null where none is known. */
  readonly origin: string | null;
  readonly preview: ConfigurationPreview;
  readonly before: ConfigurationPreview;
}

export function CommandsPart({ id, origin, preview, before }: CommandsPartProps) {
  const { steps, failure, current } = preview;
  return (
    <SummaryPart title={origin === null ? "Commands" : `Commands, against “${origin}”`}>
      {failure === null ? null : <FailureNotice failure={failure} />}
      {current || steps === null ? null : <p className={styles.quiet}>Being made anew.</p>}
      {steps === null ? (
        failure === null ? (
          <p className={styles.quiet}>No text yet.</p>
        ) : null
      ) : before.steps === null ? (
        <p className={styles.quiet}>{`${previewLines(steps).length} lines.`}</p>
      ) : (
        <LineDifferenceView
          label="Commands that differ"
          before={previewLines(before.steps)}
          after={previewLines(steps)}
          compact
        />
      )}
      <Anchor component={Link} href={configurationHref(id, "review")} size="xs">
        The whole text
      </Anchor>
    </SummaryPart>
  );
}
