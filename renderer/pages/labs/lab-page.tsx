// One lab: its settings, its connection, its facts.
import { Button } from "@mantine/core";
import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useMemo, useState } from "react";
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
import { draftOf } from "#renderer/stores/draft.ts";
import { ConnectionTest } from "./connection-test.tsx";
import { HostFields } from "./host-fields.tsx";
import { LabFacts } from "./lab-facts.tsx";
import { emptyLabForm, labFormChecker, labFormSchema, labIdOf, toLabForm, type LabForm } from "./lab-form.ts";
import { GuestFields, NameFields, UserlandFields } from "./shared-fields.tsx";
import styles from "./lab-page.module.css";

/** `labId` is "new" for a lab that does not exist yet. */
export function LabPage({ labId }: { readonly labId: string }) {
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
  return <LabEditor key={labId} lab={lab ?? null} others={labs.value.labs} reload={labs.reload} />;
}

interface LabEditorProps {
  readonly lab: Lab | null;
  readonly others: readonly Lab[];
  readonly reload: () => Promise<void>;
}

function LabEditor({ lab, others, reload }: LabEditorProps) {
  const [, navigate] = useLocation();
  const draft = useMemo(() => draftOf(`lab.${lab?.id ?? "new"}`, labFormSchema), [lab?.id]);
  const [restored, setRestored] = useState(() => draft.read());
  const stored = useMemo(() => (lab === null ? emptyLabForm : toLabForm(lab)), [lab]);
  const form = useForm<LabForm, unknown, Lab>({
    defaultValues: stored,
    mode: "onTouched",
    resolver: zodResolver(labFormChecker({ id: lab?.id ?? "new", demo: lab?.demo ?? false })),
  });
  const { formState, reset, subscribe } = form;

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
    await form.handleSubmit(async (value) => {
      const id = lab?.id ?? labIdOf(value.name, new Set(others.map((other) => other.id)));
      try {
        const result = await api.labs.save({ ...value, id });
        draft.clear();
        setRestored(null);
        reset(toLabForm(result));
        draft.clear();
        await reload();
        saved = true;
        if (lab === null) navigate(`/labs/${id}`, { replace: true });
      } catch (error) {
        showFailure("The lab was not saved", error);
      }
    })();
    return saved;
  };

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

  return (
    <Page
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
          <Button type="submit" form="lab" loading={formState.isSubmitting}>
            Save
          </Button>
        </>
      }
    >
      <div className={styles.page}>
        {restored === null ? null : (
          <Notice severity="info">What was typed here before and not saved is shown.</Notice>
        )}
        <FormProvider {...form}>
          <form
            id="lab"
            className={styles.form}
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void save();
            }}
          >
            <NameFields />
            <div className={styles.columns}>
              <HostFields host="sut" />
              <HostFields host="loadgen" />
            </div>
            <div className={styles.columns}>
              <GuestFields />
              <UserlandFields />
            </div>
          </form>
        </FormProvider>
        {lab === null ? null : (
          <>
            <ConnectionTest labId={lab.id} save={async () => !formState.isDirty || (await save())} />
            <LabFacts labId={lab.id} save={async () => !formState.isDirty || (await save())} />
          </>
        )}
      </div>
    </Page>
  );
}
