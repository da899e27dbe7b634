// All that a configuration does, as the very text that will be executed: each change with its undo, each program.
import { SegmentedControl } from "@mantine/core";
import { useMemo, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { partDifferences, previewParts } from "#shared/plan/preview-parts.ts";
import { countText } from "#shared/report/number.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { ApplyNow } from "./apply-now.tsx";
import { ReviewPart } from "./review-part.tsx";
import type { StepProps } from "./step-props.ts";
import type { ConfigurationPreview } from "./use-configuration-preview.ts";
import styles from "./review-step.module.css";

interface ReviewStepProps extends StepProps {
  readonly preview: ConfigurationPreview;
  /** The text of the configuration that it started from. */
  readonly before: ConfigurationPreview;
}

export function ReviewStep({ index, lab, configuration, preview, before }: ReviewStepProps) {
  const { control } = useFormContext<CampaignForm>();
  const origin = useWatch({ control, name: `configurations.${index}.origin` });
  const [shown, setShown] = useState<"all" | "differing">("all");
  const pairs = useMemo(
    () =>
      preview.steps === null
        ? []
        : partDifferences(previewParts(before.steps ?? []), previewParts(preview.steps)),
    [preview.steps, before.steps],
  );
  const comparable = origin !== undefined && before.steps !== null;
  const differing = pairs.filter(({ same }) => !same);
  const only = comparable && shown === "differing";
  const parts = only ? differing : pairs.filter(({ after }) => after !== null);
  return (
    <>
      <Section
        title="What will be executed"
        aside={
          comparable ? (
            <SegmentedControl
              aria-label="What is shown"
              data={[
                { value: "all", label: "All" },
                { value: "differing", label: `Only what differs from “${origin.label}”` },
              ]}
              value={shown}
              onChange={(value) => setShown(value)}
            />
          ) : undefined
        }
      >
        {preview.failure === null ? null : <FailureNotice failure={preview.failure} />}
        {preview.steps === null && preview.failure === null ? (
          <p className={styles.quiet}>
            {configuration === null ? "A field cannot be used as it is; the steps say which." : "Planning."}
          </p>
        ) : null}
        {preview.steps === null ? null : (
          <p className={styles.quiet}>
            {`${countText(pairs.filter(({ after }) => after !== null).length, "part")} in this order; the undos run at the end, last first. `}
            A measured program is shown once for each workload. CAMPAIGN stands for the campaign’s id.
            {preview.current ? "" : " The text is being made anew."}
          </p>
        )}
        {only && parts.length === 0 ? <p className={styles.quiet}>The same text.</p> : null}
        <ol className={styles.parts}>
          {parts.map((pair) => (
            <ReviewPart key={pair.place} difference={pair} onlyDifference={only} />
          ))}
        </ol>
      </Section>
      <ApplyNow lab={lab} configuration={configuration} />
    </>
  );
}
