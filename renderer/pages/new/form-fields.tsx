// Fields of the campaign's form, tied to it by their dotted names.
import { Checkbox, Select, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { Controller, useFormContext, type FieldPath } from "react-hook-form";
import { fieldError } from "#renderer/components/field-error.ts";
import type { CampaignForm } from "./campaign-form.ts";
import styles from "./configuration-fields.module.css";

export function Axis({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className={styles.axis}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

interface FieldProps {
  readonly name: FieldPath<CampaignForm>;
  readonly label: string;
  readonly description?: string;
}

export function TextField({
  name,
  numeric = false,
  ...rest
}: FieldProps & { readonly placeholder?: string; readonly numeric?: boolean }) {
  const { register, formState } = useFormContext<CampaignForm>();
  return (
    <TextInput
      {...rest}
      {...register(name)}
      inputMode={numeric ? "numeric" : undefined}
      spellCheck={false}
      autoComplete="off"
      error={fieldError(formState.errors, name)}
    />
  );
}

type Options = readonly (string | { readonly value: string; readonly label: string })[];

export function SelectField({ name, data, ...rest }: FieldProps & { readonly data: Options }) {
  const { control, formState } = useFormContext<CampaignForm>();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field: { value, ...field } }) => (
        <Select
          {...rest}
          {...field}
          data={data.map((option) => option)}
          value={typeof value === "string" ? value : null}
          error={fieldError(formState.errors, name)}
        />
      )}
    />
  );
}

export function CheckField({ name, label, description }: FieldProps) {
  const { control } = useFormContext<CampaignForm>();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field: { value, ...field } }) => (
        <Checkbox label={label} description={description} checked={value === true} {...field} />
      )}
    />
  );
}
