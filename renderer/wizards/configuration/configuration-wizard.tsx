// The wizard of one configuration: its environment, then pinning, huge pages, network and storage, and all of it as text.
import { Anchor, Button } from "@mantine/core";
import { useMemo } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { Link, useLocation } from "wouter";
import type { LabFacts } from "#shared/contract/labs.ts";
import type { Lab } from "#shared/model/lab.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { fieldError } from "#renderer/components/field-error.ts";
import { Page } from "#renderer/components/page.tsx";
import {
  campaignHref,
  configurationHref,
  configurationStepOf,
  configurationSteps,
  type ConfigurationStep,
} from "#renderer/wizards/campaign/campaign-place.ts";
import { chosenConditions, type CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { FindingsContext } from "#renderer/wizards/fields/findings-context.ts";
import { WizardFrame } from "#renderer/wizards/frame/wizard-frame.tsx";
import { PutAsideNotice } from "#renderer/wizards/campaign/put-aside-notice.tsx";
import { SaveDraftButton } from "#renderer/wizards/campaign/save-draft-button.tsx";
import { configurationState } from "./configuration-state.ts";
import { ConfigurationStepView } from "./configuration-step-view.tsx";
import { ConfigurationSummary } from "./configuration-summary.tsx";
import { stepChoice } from "./step-choice.ts";
import { useConfigurationPreview } from "./use-configuration-preview.ts";
import { useOriginPreview } from "./use-origin-preview.ts";
import { useOffers } from "./use-offers.ts";

interface ConfigurationWizardProps {
  readonly id: string;
  readonly step: ConfigurationStep;
  readonly lab: Lab | null;
  readonly facts: LabFacts;
}

export function ConfigurationWizard(props: ConfigurationWizardProps) {
  const { control } = useFormContext<CampaignForm>();
  const configurations = useWatch({ control, name: "configurations" });
  const index = configurations.findIndex(({ id }) => id === props.id);
  if (index === -1)
    return (
      <Page title="Configuration">
        <EmptyState
          title="This configuration is not in the campaign"
          actions={
            <Button component={Link} href={campaignHref("configurations")}>
              To the configurations
            </Button>
          }
        >
          <p>It may have been removed.</p>
        </EmptyState>
      </Page>
    );
  return <Wizard key={props.id} {...props} index={index} />;
}

function Wizard({ id, step, lab, facts, index }: ConfigurationWizardProps & { readonly index: number }) {
  const { control, formState } = useFormContext<CampaignForm>();
  const [, navigate] = useLocation();
  const form = useWatch({ control, name: `configurations.${index}` });
  const choices = useWatch({ control, name: "workloads" });
  const { configuration, findings } = useMemo(
    () => configurationState(form, facts.sut, lab),
    [form, facts.sut, lab],
  );
  const offers = useOffers(index, facts.sut);
  const labId = lab?.id ?? "";
  const conditions = useMemo(() => chosenConditions(choices), [choices]);
  const preview = useConfigurationPreview(configuration, labId, conditions);
  const before = useOriginPreview(form.origin, form, labId, conditions);
  const shown = useMemo(() => ({ prefix: `configurations.${index}.`, findings }), [index, findings]);
  const steps = configurationSteps.map(({ id: own, title }) => {
    const here = findings.filter(({ field }) => configurationStepOf(field) === own);
    const wrong = ownFields(form).some(
      (field) =>
        configurationStepOf(field) === own &&
        fieldError(formState.errors, `configurations.${index}.${field}`) !== undefined,
    );
    const state =
      wrong || here.some(({ severity }) => severity === "error")
        ? "error"
        : here.length > 0
          ? "warning"
          : null;
    return {
      id: own,
      title,
      href: configurationHref(id, own),
      choice: stepChoice(form, own),
      state,
    } as const;
  });
  return (
    <FindingsContext value={shown}>
      <WizardFrame
        title={form.label === "" ? form.id : form.label}
        subtitle={
          <Anchor component={Link} href={campaignHref("configurations")}>
            All configurations of the campaign
          </Anchor>
        }
        actions={<SaveDraftButton />}
        notice={<PutAsideNotice />}
        steps={steps}
        current={step}
        finish={{ label: "Done", onFinish: () => navigate(campaignHref("configurations")) }}
        summary={
          <ConfigurationSummary
            index={index}
            configuration={configuration}
            findings={findings}
            preview={preview}
            before={before}
            facts={facts}
          />
        }
      >
        <ConfigurationStepView
          step={step}
          props={{ index, configuration, lab, facts, offers }}
          preview={preview}
          before={before}
        />
      </WizardFrame>
    </FindingsContext>
  );
}

/** Dotted paths of a configuration's fields, two levels deep. */
function ownFields(form: CampaignForm["configurations"][number]): readonly string[] {
  return Object.entries(form).flatMap(([axis, value]) =>
    typeof value === "object" && !Array.isArray(value) && axis !== "origin"
      ? Object.keys(value).map((name) => `${axis}.${name}`)
      : [axis],
  );
}
