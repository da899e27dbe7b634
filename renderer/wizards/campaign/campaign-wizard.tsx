// The wizard of a new campaign: where it is measured, what is compared, with what, how often.
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { FormProvider, useForm, useWatch, type FieldPath } from "react-hook-form";
import { Link, Redirect, useLocation, useSearchParams } from "wouter";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import type { LabFacts } from "#shared/contract/labs.ts";
import type { Lab } from "#shared/model/lab.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Page } from "#renderer/components/page.tsx";
import { useLabs } from "#renderer/stores/core-stores.ts";
import { ConfigurationWizard } from "#renderer/wizards/configuration/configuration-wizard.tsx";
import { WizardFrame } from "#renderer/wizards/frame/wizard-frame.tsx";
import { campaignResolver, type FormContext } from "./campaign-errors.ts";
import { campaignDraft, newCampaignForm, type CampaignForm } from "./campaign-form.ts";
import { campaignHref, campaignPlace, hrefOfField } from "./campaign-place.ts";
import { CampaignStepView } from "./campaign-step-view.tsx";
import { CampaignSummary } from "./campaign-summary.tsx";
import { offerBack, replaceForm } from "./put-aside.ts";
import { PutAsideNotice } from "./put-aside-notice.tsx";
import { SaveDraftButton } from "./save-draft-button.tsx";
import { belongTo } from "./saved-drafts.ts";
import { useCampaignSteps } from "./use-campaign-steps.ts";
import { useLabFacts } from "./use-lab-facts.ts";

/** `place` is the address below /new. */
export function CampaignWizard({ place }: { readonly place: string }) {
  const labs = useLabs();
  if (labs.value === null)
    return labs.failure === null ? null : (
      <Page title="New campaign">
        <FailureNotice failure={labs.failure} />
      </Page>
    );
  if (labs.value.labs.length === 0)
    return (
      <Page title="New campaign">
        <EmptyState
          title="A campaign needs a lab"
          actions={
            <Button component={Link} href="/labs/new">
              Add a lab
            </Button>
          }
        >
          <p>A lab is the pair of machines to measure on. Add one first.</p>
          <p>
            To try Tare without machines, run <code>tare demo</code> in a terminal.
          </p>
        </EmptyState>
      </Page>
    );
  return <CampaignStart labs={labs.value.labs} place={place} />;
}

interface StartProps {
  readonly labs: readonly Lab[];
  readonly place: string;
}

/** The first form is made with the facts of the first lab, so it waits for them. */
function CampaignStart({ labs, place }: StartProps) {
  const [stored] = useState(() => {
    const form = campaignDraft.read();
    // A new form belongs to no draft.
    if (form === null) belongTo(null);
    return form;
  });
  const [first] = useState(stored?.labId ?? labs[0]?.id ?? "");
  const facts = useLabFacts(first);
  if (facts === undefined) return null;
  const fresh = newCampaignForm(first, facts.sut);
  return <CampaignEditor labs={labs} place={place} stored={stored} fresh={fresh} />;
}

interface EditorProps extends StartProps {
  readonly stored: CampaignForm | null;
  readonly fresh: CampaignForm;
}

const unprobed: LabFacts = { sut: null, loadgen: null };

/** The form lives here, above all steps: going from one to another keeps everything that was typed. */
function CampaignEditor({ labs, place, stored, fresh }: EditorProps) {
  const [, navigate] = useLocation();
  // The facts of the lab that is chosen in the form, which the form itself is checked against.
  const [context, setContext] = useState<FormContext>({ facts: null });
  const form = useForm<CampaignForm, FormContext, CampaignDraft>({
    defaultValues: stored ?? fresh,
    mode: "onTouched",
    resolver: campaignResolver,
    context,
  });
  const { subscribe, formState } = form;
  useEffect(
    () => subscribe({ formState: { values: true }, callback: ({ values }) => campaignDraft.write(values) }),
    [subscribe],
  );
  const labId = useWatch({ control: form.control, name: "labId" });
  const facts = useLabFacts(labId) ?? unprobed;
  if (context.facts !== facts.sut) setContext({ facts: facts.sut });
  const lab = labs.find(({ id }) => id === labId) ?? null;

  const plan = form.handleSubmit(
    () => {
      campaignDraft.write(form.getValues());
      navigate("/plan");
    },
    (errors) => navigate(hrefOfField(firstField(errors), idsOf(form.getValues()))),
  );
  const startOver = (): void => {
    replaceForm(form, fresh, "The form was started over.", null);
    navigate(campaignHref("start"));
  };
  // What was put aside belongs to this form.
  useEffect(() => () => offerBack(null), []);

  const wanted = useWantedField();
  const steps = useCampaignSteps(form.control, formState, facts.sut, lab);
  const shown = campaignPlace(place);
  const here = wanted === null || hrefOfField(wanted, idsOf(form.getValues())) === placeHref(place);
  useFocusOn(here ? wanted : null, form.setFocus);
  if (wanted !== null && !here) {
    const href = hrefOfField(wanted, idsOf(form.getValues()));
    return <Redirect to={`${href}?field=${encodeURIComponent(wanted)}`} replace />;
  }
  return (
    <FormProvider {...form}>
      {shown.kind === "configuration" ? (
        <ConfigurationWizard id={shown.id} step={shown.step} lab={lab} facts={facts} />
      ) : (
        <WizardFrame
          title="New campaign"
          actions={
            <>
              <SaveDraftButton />
              <Button variant="default" onClick={startOver}>
                Start over
              </Button>
            </>
          }
          notice={<PutAsideNotice />}
          steps={steps}
          current={shown.step}
          finish={{ label: "Plan", onFinish: () => void plan(), loading: formState.isSubmitting }}
          summary={<CampaignSummary facts={facts} lab={lab} onPlan={() => void plan()} />}
        >
          <CampaignStepView step={shown.step} labs={labs} lab={lab} facts={facts} />
        </WizardFrame>
      )}
    </FormProvider>
  );
}

function placeHref(place: string): string {
  return place === "" ? "/new" : `/new/${place}`;
}

function idsOf({ configurations }: CampaignForm): readonly string[] {
  return configurations.map(({ id }) => id);
}

/** Dotted path of the first field that has a message. */
function firstField(errors: object, path: readonly string[] = []): string {
  for (const [key, value] of Object.entries(errors) as [string, unknown][]) {
    if (typeof value !== "object" || value === null) continue;
    if ("message" in value && typeof value.message === "string") return [...path, key].join(".");
    const inner = firstField(value, [...path, key]);
    if (inner !== "") return inner;
  }
  return "";
}

/** `?field=configurations.2.machine.vcpus`: the plan's findings lead to the field that they are about. */
function useWantedField(): string | null {
  const [search] = useSearchParams();
  return search.get("field");
}

function useFocusOn(wanted: string | null, setFocus: (field: FieldPath<CampaignForm>) => void): void {
  useEffect(() => {
    if (wanted === null) return undefined;
    // After the page itself took the focus, as it does at every change of place.
    const soon = setTimeout(() => {
      // A step of a ladder has no field of its own.
      setFocus(wanted.replace(/^(ladders\.\d+)\..*/, "$1.title") as FieldPath<CampaignForm>);
    });
    return () => clearTimeout(soon);
  }, [wanted, setFocus]);
}
