// Where a campaign is measured, how it is called, and what it begins with.
import { Select } from "@mantine/core";
import { Controller, useFormContext } from "react-hook-form";
import type { LabFacts } from "#shared/contract/labs.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { fieldError } from "#renderer/components/field-error.ts";
import { Section } from "#renderer/components/section.tsx";
import { TextField } from "#renderer/wizards/fields/form-fields.tsx";
import type { CampaignForm } from "./campaign-form.ts";
import { DraftsSection } from "./drafts-section.tsx";
import { PresetChooser } from "./preset-chooser.tsx";
import styles from "./campaign-wizard.module.css";

interface StartSectionProps {
  readonly labs: readonly Lab[];
  readonly lab: Lab | null;
  readonly facts: LabFacts;
}

export function StartSection({ labs, facts }: StartSectionProps) {
  return (
    <>
      <DraftsSection />
      <Section title="Campaign">
        <div className={styles.first}>
          <TextField name="name" label="Name" description="How it is called in the library" />
          <LabField labs={labs} facts={facts.sut} />
        </div>
        <PresetChooser labs={labs} facts={facts.sut} />
      </Section>
    </>
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
