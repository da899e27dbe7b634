// All that a configuration does, as the very text that will be executed.
import { Section } from "#renderer/components/section.tsx";
import { CommandText } from "#renderer/components/command-text.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { previewLines } from "#shared/plan/configuration-preview.ts";
import { ApplyNow } from "./apply-now.tsx";
import type { StepProps } from "./step-props.ts";
import type { ConfigurationPreview } from "./use-configuration-preview.ts";

export function ReviewStep({
  preview,
  lab,
  configuration,
}: StepProps & { readonly preview: ConfigurationPreview }) {
  return (
    <>
      <Section title="What will be executed">
        {preview.failure === null ? null : <FailureNotice failure={preview.failure} />}
        {preview.steps === null ? null : <CommandText text={previewLines(preview.steps).join("\n")} />}
      </Section>
      <ApplyNow lab={lab} configuration={configuration} />
    </>
  );
}
