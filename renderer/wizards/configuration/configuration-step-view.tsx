// The content of each step of the configuration wizard.
import type { ConfigurationStep } from "#renderer/wizards/campaign/campaign-place.ts";
import { EnvironmentStep } from "./environment-step.tsx";
import { NetworkStep } from "./network/network-step.tsx";
import { PagesStep } from "./pages/pages-step.tsx";
import { PinningStep } from "./pinning/pinning-step.tsx";
import { ReviewStep } from "./review-step.tsx";
import { StorageStep } from "./storage/storage-step.tsx";
import type { StepProps } from "./step-props.ts";
import type { ConfigurationPreview } from "./use-configuration-preview.ts";

interface ConfigurationStepViewProps {
  readonly step: ConfigurationStep;
  readonly props: StepProps;
  readonly preview: ConfigurationPreview;
  readonly before: ConfigurationPreview;
}

export function ConfigurationStepView({ step, props, preview, before }: ConfigurationStepViewProps) {
  switch (step) {
    case "environment":
      return <EnvironmentStep {...props} />;
    case "pinning":
      return <PinningStep {...props} />;
    case "pages":
      return <PagesStep {...props} />;
    case "network":
      return <NetworkStep {...props} />;
    case "storage":
      return <StorageStep {...props} />;
    case "review":
      return <ReviewStep {...props} preview={preview} before={before} />;
  }
}
