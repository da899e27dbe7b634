// What is set on the hosts for the whole campaign: governor, page cache, sysctls.
import { ActionIcon, Autocomplete, Button, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { Controller, useFieldArray, useFormContext } from "react-hook-form";
import { fieldError } from "#renderer/components/field-error.ts";
import { Section } from "#renderer/components/section.tsx";
import type { CampaignForm } from "./campaign-form.ts";
import { CheckField } from "#renderer/wizards/fields/form-fields.tsx";
import styles from "./host-section.module.css";

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
