// A new campaign: what is compared, what is measured, how often.
import { Button, Select } from "@mantine/core";
import { useEffect, useState } from "react";
import { Controller, FormProvider, useForm, useFormContext, useWatch, type FieldPath } from "react-hook-form";
import { Link, useLocation, useSearchParams } from "wouter";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { api } from "#renderer/api/client.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { fieldError } from "#renderer/components/field-error.ts";
import { Notice } from "#renderer/components/notice.tsx";
import { Page } from "#renderer/components/page.tsx";
import { Section } from "#renderer/components/section.tsx";
import { useLabs } from "#renderer/stores/core-stores.ts";
import { campaignResolver, type FormContext } from "./campaign-errors.ts";
import { campaignDraft, newCampaignForm, type CampaignForm } from "./campaign-form.ts";
import { TextField } from "#renderer/wizards/fields/form-fields.tsx";
import { ConfigurationsSection } from "./configurations-section.tsx";
import { DesignSection, HostSection } from "./design-section.tsx";
import { LaddersSection } from "./ladders-section.tsx";
import { MatrixSection } from "./matrix-section.tsx";
import { PresetChooser } from "./preset-chooser.tsx";
import { WorkloadsSection } from "./workloads-section.tsx";
import styles from "./new-page.module.css";

export function NewPage() {
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
  return <CampaignStart labs={labs.value.labs} />;
}

/** The first form is made with the facts of the first lab, so it waits for them. */
function CampaignStart({ labs }: { readonly labs: readonly Lab[] }) {
  const [stored] = useState(() => campaignDraft.read());
  const [first] = useState(stored?.labId ?? labs[0]?.id ?? "");
  const facts = useSutFacts(first);
  if (facts === undefined) return null;
  return <CampaignEditor labs={labs} stored={stored} fresh={newCampaignForm(first, facts)} />;
}

interface CampaignEditorProps {
  readonly labs: readonly Lab[];
  readonly stored: CampaignForm | null;
  readonly fresh: CampaignForm;
}

function CampaignEditor({ labs, stored, fresh }: CampaignEditorProps) {
  const [, navigate] = useLocation();
  // The facts of the lab that is chosen in the form, which the form itself is checked against.
  const [context, setContext] = useState<FormContext>({ facts: null });
  const form = useForm<CampaignForm, FormContext, CampaignDraft>({
    defaultValues: stored ?? fresh,
    mode: "onTouched",
    resolver: campaignResolver,
    context,
  });
  const { subscribe, reset, formState } = form;
  useEffect(
    () => subscribe({ formState: { values: true }, callback: ({ values }) => campaignDraft.write(values) }),
    [subscribe],
  );
  useWantedField(form.setFocus);
  const labId = useWatch({ control: form.control, name: "labId" });
  const facts = useSutFacts(labId) ?? null;
  if (context.facts !== facts) setContext({ facts });

  const plan = form.handleSubmit(() => {
    campaignDraft.write(form.getValues());
    navigate("/plan");
  });
  const wrong = formState.isSubmitted && !formState.isValid;

  return (
    <Page
      title="New campaign"
      actions={
        <>
          <Button
            variant="default"
            onClick={() => {
              reset(fresh);
              campaignDraft.clear();
            }}
          >
            Start over
          </Button>
          <Button type="submit" form="campaign" loading={formState.isSubmitting}>
            Plan
          </Button>
        </>
      }
    >
      <FormProvider {...form}>
        <form
          id="campaign"
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void plan();
          }}
        >
          {wrong ? (
            <Notice severity="error">
              Some fields cannot be used as they are; each says what it must be.
            </Notice>
          ) : null}
          <Section title="Campaign">
            <div className={styles.first}>
              <TextField name="name" label="Name" description="How it is called in the library" />
              <LabField labs={labs} facts={facts} />
            </div>
            <PresetChooser labs={labs} facts={facts} />
          </Section>
          <ConfigurationsSection facts={facts} />
          <WorkloadsSection />
          <div className={styles.columns}>
            <DesignSection />
            <HostSection />
          </div>
          <MatrixSection />
          <LaddersSection facts={facts} />
        </form>
      </FormProvider>
    </Page>
  );
}

function LabField({ labs, facts }: { readonly labs: readonly Lab[]; readonly facts: Facts | null }) {
  const { control, formState } = useFormContext<CampaignForm>();
  const cpu = facts?.cpu;
  const about =
    cpu === undefined
      ? "Never probed: the plan cannot be checked against it"
      : `${cpu.model}, ${cpu.threads} CPUs, THP ${facts?.memory.thp?.enabled ?? "not offered"}`;
  return (
    <Controller
      control={control}
      name="labId"
      render={({ field }) => (
        <Select
          label="Lab"
          description={about}
          data={labs.map(({ id, name }) => ({ value: id, label: name }))}
          error={fieldError(formState.errors, "labId")}
          {...field}
        />
      )}
    />
  );
}

/** `?field=configurations.2.machine.vcpus`: the plan's findings lead to the field that they are about. */
function useWantedField(setFocus: (field: FieldPath<CampaignForm>) => void): void {
  const [search] = useSearchParams();
  const wanted = search.get("field");
  useEffect(() => {
    // A step of a ladder has no field of its own.
    const field = wanted?.replace(/^(ladders\.\d+)\..*/, "$1.title");
    if (field !== undefined) setFocus(field as FieldPath<CampaignForm>);
  }, [wanted, setFocus]);
}

/** Facts of the lab's SUT as they were last probed; null where there are none, undefined until that is known. */
function useSutFacts(labId: string): Facts | null | undefined {
  const [found, setFound] = useState<{ readonly labId: string; readonly facts: Facts | null }>();
  useEffect(() => {
    const controller = new AbortController();
    api.labs.facts({ labId }, { signal: controller.signal }).then(
      ({ sut }) => setFound({ labId, facts: sut }),
      // Without facts the form still works; the plan says that they are missing.
      () => setFound({ labId, facts: null }),
    );
    return () => controller.abort();
  }, [labId]);
  return found?.labId === labId ? found.facts : undefined;
}
