// The wizard of a lab: its two machines, how guests join them, then connection, facts and preflight of the stored lab.
import { Button } from "@mantine/core";
import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useMemo, useRef, useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { Link, useLocation } from "wouter";
import type { Lab } from "#shared/model/lab.ts";
import { api } from "#renderer/api/client.ts";
import { ConfirmButton } from "#renderer/components/confirm-button.tsx";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Notice } from "#renderer/components/notice.tsx";
import { Page } from "#renderer/components/page.tsx";
import { showFailure } from "#renderer/components/show-failure.ts";
import { useLabs } from "#renderer/stores/core-stores.ts";
import { draftOf, type Draft } from "#renderer/stores/draft.ts";
import { WizardFrame } from "#renderer/wizards/frame/wizard-frame.tsx";
import { wrongFields } from "./lab-errors.ts";
import { emptyLabForm, labFormChecker, labFormSchema, labIdOf, toLabForm, type LabForm } from "./lab-form.ts";
import { labHref, labStep, labStepOf, storedSteps } from "./lab-place.ts";
import { LabStepView } from "./lab-step-view.tsx";
import { LabSummary } from "./lab-summary.tsx";
import { everything, usePreflight } from "./preflight-step.tsx";
import { useConnectionTest } from "./use-connection-test.ts";
import { useLabProbe } from "./use-lab-probe.ts";
import { useLabSteps } from "./use-lab-steps.ts";
import { useMending } from "./use-mending.ts";

interface LabWizardProps {
  /** "new" for a lab that does not exist yet. */
  readonly labId: string;
  /** The address below the lab's. */
  readonly place: string;
}

export function LabWizard({ labId, place }: LabWizardProps) {
  const labs = useLabs();
  const lab = labs.value?.labs.find(({ id }) => id === labId);
  if (labs.failure !== null && labs.value === null)
    return (
      <Page title="Lab">
        <FailureNotice failure={labs.failure} />
      </Page>
    );
  if (labs.value === null) return null;
  if (labId !== "new" && lab === undefined)
    return (
      <Page title="Lab">
        <EmptyState
          title="This lab does not exist"
          actions={
            <Button component={Link} href="/labs">
              To the labs
            </Button>
          }
        >
          <p>It may have been removed.</p>
        </EmptyState>
      </Page>
    );
  return (
    <LabEditor key={labId} lab={lab ?? null} place={place} others={labs.value.labs} reload={labs.reload} />
  );
}

interface LabEditorProps {
  readonly lab: Lab | null;
  readonly place: string;
  readonly others: readonly Lab[];
  readonly reload: () => Promise<void>;
}

function labDraft(labId: string): Draft<LabForm> {
  return draftOf(`lab.${labId}`, labFormSchema);
}

/** The form lives here, above all steps: going from one to another keeps everything that was typed. */
function LabEditor({ lab, place, others, reload }: LabEditorProps) {
  const [, navigate] = useLocation();
  const draft = useMemo(() => labDraft(lab?.id ?? "new"), [lab?.id]);
  const [restored, setRestored] = useState(() => draft.read());
  const stored = useMemo(() => (lab === null ? emptyLabForm : toLabForm(lab)), [lab]);
  const form = useForm<LabForm, unknown, Lab>({
    defaultValues: stored,
    mode: "onTouched",
    resolver: zodResolver(labFormChecker({ id: lab?.id ?? "new", demo: lab?.demo ?? false })),
  });
  const { formState, reset, subscribe } = form;
  const step = labStep(place);
  const labId = lab?.id ?? "new";

  useEffect(() => {
    if (restored !== null) reset(restored, { keepDefaultValues: true });
  }, [restored, reset]);
  useEffect(
    () => subscribe({ formState: { values: true }, callback: ({ values }) => draft.write(values) }),
    [subscribe, draft],
  );

  /** Saves what is in the form; false where a field or the core refuses. */
  const save = async (): Promise<boolean> => {
    let saved = false;
    const store = async (value: Lab): Promise<void> => {
      const id = lab?.id ?? labIdOf(value.name, new Set(others.map((other) => other.id)));
      const before = JSON.stringify(form.getValues());
      try {
        const result = await api.labs.save({ ...value, id });
        // What was typed while it was saved is kept, as not saved yet.
        const typed = form.getValues();
        const unsaved = JSON.stringify(typed) !== before;
        setRestored(null);
        reset(toLabForm(result), { keepValues: unsaved });
        draft.clear();
        if (unsaved) labDraft(id).write(typed);
        await reload();
        saved = true;
        if (lab === null) navigate(labHref(id, step), { replace: true });
      } catch (error) {
        showFailure("The lab was not saved", error);
      }
    };
    await form.handleSubmit(store, (errors) => {
      const [first] = wrongFields(errors);
      // Where a step shows the stored lab, it lists by itself what is wrong.
      if (first !== undefined && !storedSteps.has(step)) navigate(labHref(labId, labStepOf(first.field)));
    })();
    return saved;
  };
  const saveIfChanged = async (): Promise<boolean> => !formState.isDirty || (await save());
  const test = useConnectionTest(labId, saveIfChanged);
  const probing = useLabProbe(lab?.id ?? null, saveIfChanged);
  const mending = useMending(labId, probing.take);
  const [choice, setChoice] = useState(everything);
  const checks = usePreflight(lab, probing, choice);
  const wrong = wrongFields(formState.errors);
  const steps = useLabSteps(form.control, { labId, wrong, test, probing, checks });
  useArrival(step, () => {
    if (lab === null || formState.isDirty) void save();
  });

  const remove = async (id: string): Promise<void> => {
    try {
      await api.labs.remove({ labId: id });
      draft.clear();
      await reload();
      navigate("/labs");
    } catch (error) {
      showFailure("The lab was not removed", error);
    }
  };

  const discard = (): void => {
    reset(stored);
    draft.clear();
    setRestored(null);
  };

  const inForm = !storedSteps.has(step);
  return (
    <FormProvider {...form}>
      <WizardFrame
        title={lab === null ? "New lab" : lab.name}
        subtitle={lab?.demo === true ? "Built-in lab: its figures are only for trying Tare." : undefined}
        actions={
          <>
            {lab === null ? null : (
              <ConfirmButton
                title={`Remove ${lab.name}?`}
                explanation="The lab's settings and facts are removed. Campaigns that were measured on it stay as they are, and nothing is changed on the machines."
                confirm="Remove the lab"
                onConfirm={() => void remove(lab.id)}
              >
                Remove
              </ConfirmButton>
            )}
            {formState.isDirty ? (
              <Button variant="default" onClick={discard}>
                Discard changes
              </Button>
            ) : null}
            {inForm ? (
              <Button type="submit" form="lab" loading={formState.isSubmitting}>
                Save
              </Button>
            ) : (
              <Button loading={formState.isSubmitting} onClick={() => void save()}>
                Save
              </Button>
            )}
          </>
        }
        steps={steps}
        current={step}
        finish={{ label: "Design a campaign", onFinish: () => navigate("/new") }}
        summary={<LabSummary probing={probing} checks={checks} />}
      >
        {restored === null ? null : (
          <Notice severity="info">What was typed here before and not saved is shown.</Notice>
        )}
        <LabStepView
          step={step}
          lab={lab}
          wrong={wrong}
          save={save}
          test={test}
          probing={probing}
          mending={mending}
          checks={checks}
          choice={choice}
          onChoice={setChoice}
        />
      </WizardFrame>
    </FormProvider>
  );
}

/** Calls back when a step that works with the stored lab is reached from one with fields. */
function useArrival(step: ReturnType<typeof labStep>, arrived: () => void): void {
  const before = useRef(step);
  useEffect(() => {
    const fromForm = !storedSteps.has(before.current);
    before.current = step;
    if (fromForm && storedSteps.has(step)) arrived();
  });
}
