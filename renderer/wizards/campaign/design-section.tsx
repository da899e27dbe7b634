// The experiment's design: blocks, control, seed, and what is set on the hosts for all of it.
import { ActionIcon, Autocomplete, Button, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Controller, useFieldArray, useFormContext } from "react-hook-form";
import { fieldError } from "#renderer/components/field-error.ts";
import { Section } from "#renderer/components/section.tsx";
import type { CampaignForm } from "./campaign-form.ts";
import { CheckField, TextField } from "#renderer/wizards/fields/form-fields.tsx";
import styles from "./design-section.module.css";

export function DesignSection() {
  return (
    <Section title="Design">
      <div className={styles.fields}>
        <div className={styles.pair}>
          <TextField
            name="blocks"
            label="Blocks"
            description="Passes over all cells, each in its own random order"
            numeric
          />
          <TextField name="seed" label="Seed" description="Of the order; empty: drawn" numeric />
        </div>
        <CheckField
          name="control"
          label="A/A control"
          description="Native runs twice in each block: the difference is the machine's own noise, and smaller differences count as not distinguishable."
        />
      </div>
    </Section>
  );
}

const governors = ["performance", "powersave", "schedutil", "ondemand", "conservative"];

export function HostSection() {
  const { control, formState, register } = useFormContext<CampaignForm>();
  const { fields, append, remove } = useFieldArray({ control, name: "host.sysctls", keyName: "key" });
  return (
    <Section title="Host changes">
      <div className={styles.fields}>
        <Controller
          control={control}
          name="host.governor"
          render={({ field }) => (
            <Autocomplete
              size="xs"
              className={styles.narrow}
              label="CPU governor of both hosts"
              description="Empty: left as it is"
              data={governors}
              error={fieldError(formState.errors, "host.governor")}
              {...field}
            />
          )}
        />
        <CheckField
          name="host.dropCaches"
          label="Drop the page cache before each configuration"
          description="On the system under test"
        />
        <fieldset className={styles.sysctls}>
          <legend>sysctls of the system under test</legend>
          {fields.map((field, index) => (
            <div key={field.key} className={styles.sysctl}>
              <TextInput
                aria-label={`Name of sysctl ${index + 1}`}
                placeholder="net.ipv4.tcp_congestion_control"
                spellCheck={false}
                {...register(`host.sysctls.${index}.name`)}
                error={fieldError(formState.errors, `host.sysctls.${index}.name`)}
              />
              <TextInput
                aria-label={`Value of sysctl ${index + 1}`}
                placeholder="cubic"
                spellCheck={false}
                {...register(`host.sysctls.${index}.value`)}
                error={fieldError(formState.errors, `host.sysctls.${index}.value`)}
              />
              <ActionIcon aria-label={`Remove sysctl ${index + 1}`} onClick={() => remove(index)}>
                <IconTrash size={15} stroke={1.6} />
              </ActionIcon>
            </div>
          ))}
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconPlus size={12} />}
            onClick={() => append({ name: "", value: "" })}
          >
            Add a sysctl
          </Button>
        </fieldset>
        <p className={styles.hint}>Every change is journalled before it is made and undone at the end.</p>
      </div>
    </Section>
  );
}
