// The steps of the campaign itself in the wizards' frame; what they show of the form is watched only while they are shown.
import { Button } from "@mantine/core";
import { useFormContext } from "react-hook-form";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import type { LabFacts } from "#shared/contract/labs.ts";
import type { Lab } from "#shared/model/lab.ts";
import { WizardFrame } from "#renderer/wizards/frame/wizard-frame.tsx";
import type { FormContext } from "./campaign-errors.ts";
import type { CampaignForm } from "./campaign-form.ts";
import type { CampaignStep } from "./campaign-place.ts";
import { CampaignStepView } from "./campaign-step-view.tsx";
import { CampaignSummary } from "./campaign-summary.tsx";
import { PutAsideNotice } from "./put-aside-notice.tsx";
import { SaveDraftButton } from "./save-draft-button.tsx";
import { useCampaignSteps } from "./use-campaign-steps.ts";

interface CampaignFrameProps {
  readonly step: CampaignStep;
  readonly labs: readonly Lab[];
  readonly lab: Lab | null;
  readonly facts: LabFacts;
  readonly onPlan: () => void;
  readonly onStartOver: () => void;
}

export function CampaignFrame({ step, labs, lab, facts, onPlan, onStartOver }: CampaignFrameProps) {
  const { control, formState } = useFormContext<CampaignForm, FormContext, CampaignDraft>();
  const steps = useCampaignSteps(control, formState, facts.sut, lab);
  return (
    <WizardFrame
      title="New campaign"
      actions={
        <>
          <SaveDraftButton />
          <Button variant="default" onClick={onStartOver}>
            Start over
          </Button>
        </>
      }
      notice={<PutAsideNotice />}
      steps={steps}
      current={step}
      finish={{ label: "Plan", onFinish: onPlan, loading: formState.isSubmitting }}
      summary={<CampaignSummary facts={facts} lab={lab} onPlan={onPlan} />}
    >
      <CampaignStepView step={step} labs={labs} lab={lab} facts={facts} />
    </WizardFrame>
  );
}
