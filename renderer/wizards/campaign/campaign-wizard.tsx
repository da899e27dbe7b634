// The wizard of a new campaign: where it is measured, what is compared, with what, how often.
import { Button } from "@mantine/core";
import { useEffect, useEffectEvent, useState } from "react";
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
import { focusField } from "#renderer/wizards/fields/focus-field.ts";
import { campaignResolver, type FormContext } from "./campaign-errors.ts";
import { campaignDraft, newCampaignForm, type CampaignForm } from "./campaign-form.ts";
import { CampaignFrame } from "./campaign-frame.tsx";
import { campaignHref, campaignPlace, hrefOfField } from "./campaign-place.ts";
import { offerBack, replaceForm } from "./put-aside.ts";
import { belongTo } from "./saved-drafts.ts";
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
    if (form === null) {
      // A new form belongs to no draft, and nothing was taken out of it.
      belongTo(null);
      offerBack(null);
    }
    return form;
  });
  const [first] = useState(stored?.labId ?? labs[0]?.id ?? "");
  const facts = useLabFacts(first);
  if (facts === undefined) return null;
  const fresh = newCampaignForm(first, facts.sut);
  return <CampaignEditor labs={labs} place={place} stored={stored} fresh={fresh} known={facts} />;
}

interface EditorProps extends StartProps {
  readonly stored: CampaignForm | null;
  readonly fresh: CampaignForm;
  /** Facts of the lab that the form begins with. */
  readonly known: LabFacts;
}

const unprobed: LabFacts = { sut: null, loadgen: null };

/** The form lives here, above all steps: going from one to another keeps everything that was typed. */
function CampaignEditor({ labs, place, stored, fresh, known }: EditorProps) {
  const [, navigate] = useLocation();
  // The facts of the lab that is chosen in the form, which the form itself is checked against.
  const [context, setContext] = useState<FormContext>({ facts: null });
  const form = useForm<CampaignForm, FormContext, CampaignDraft>({
    defaultValues: stored ?? fresh,
    mode: "onTouched",
    resolver: campaignResolver,
    context,
  });
  const { subscribe } = form;
  useEffect(
    () => subscribe({ formState: { values: true }, callback: ({ values }) => campaignDraft.write(values) }),
    [subscribe],
  );
  const labId = useWatch({ control: form.control, name: "labId" });
  const facts = useLabFacts(labId, { labId: (stored ?? fresh).labId, facts: known }) ?? unprobed;
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
  const wanted = useWantedField();
  const shown = campaignPlace(place);
  const here = wanted === null || hrefOfField(wanted, idsOf(form.getValues())) === placeHref(place);
  useFocusOn(here ? wanted : null, form.setFocus, () => navigate(placeHref(place), { replace: true }));
  if (wanted !== null && !here) {
    const href = hrefOfField(wanted, idsOf(form.getValues()));
    return <Redirect to={`${href}?field=${encodeURIComponent(wanted)}`} replace />;
  }
  return (
    <FormProvider {...form}>
      {shown.kind === "configuration" ? (
        <ConfigurationWizard id={shown.id} step={shown.step} lab={lab} facts={facts} />
      ) : (
        <CampaignFrame
          step={shown.step}
          labs={labs}
          lab={lab}
          facts={facts}
          onPlan={() => void plan()}
          onStartOver={startOver}
        />
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

/** `onFocused`: the address has done what it was for; the same one may be asked for again. */
function useFocusOn(
  wanted: string | null,
  setFocus: (field: FieldPath<CampaignForm>) => void,
  onFocused: () => void,
): void {
  const done = useEffectEvent(onFocused);
  useEffect(() => {
    if (wanted === null) return undefined;
    // After the page itself took the focus, as it does at every change of place.
    const soon = setTimeout(() => {
      // A step of a ladder has no field of its own.
      const field = wanted.replace(/^(ladders\.\d+)\..*/, "$1.title");
      focusField(field, (own) => setFocus(own as FieldPath<CampaignForm>));
      done();
    });
    return () => clearTimeout(soon);
  }, [wanted, setFocus]);
}
