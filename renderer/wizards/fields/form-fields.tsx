// Fields of the campaign's form, tied to it by their dotted names.
import { Autocomplete, Checkbox, Select, TextInput } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { Controller, useFormContext, type FieldPath } from "react-hook-form";
import { fieldError } from "#renderer/components/field-error.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { FieldFindings } from "./field-findings.tsx";
import styles from "./form-fields.module.css";

interface AxisProps {
  readonly title: string;
  /** Takes a row of its own: it has many fields. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Axis({ title, wide = false, children }: AxisProps) {
  return (
    <fieldset className={styles.axis} data-wide={wide || undefined}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

interface MoreProps {
  /** What is inside, in a few words. */
  readonly title: string;
  readonly children: ReactNode;
}

/** What is rarely looked at, folded away until it is. */
export function More({ title, children }: MoreProps) {
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.more}>
      <button type="button" className={styles.moreToggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight className={styles.arrow} size={13} stroke={1.8} aria-hidden />
        {title}
      </button>
      {open ? <div className={styles.axis}>{children}</div> : null}
    </div>
  );
}

interface FieldProps {
  readonly name: FieldPath<CampaignForm>;
  readonly label: string;
  readonly description?: string;
  /** Why the SUT does not offer it: a field without a value is greyed, one that has a value is only told. */
  readonly reason?: string | null;
}

interface TextFieldProps extends FieldProps {
  readonly placeholder?: string;
  readonly numeric?: boolean;
  /** Takes the whole width of its axis. */
  readonly wide?: boolean;
}

export function TextField({ name, numeric = false, wide = false, reason = null, ...rest }: TextFieldProps) {
  const { register, formState, getValues } = useFormContext<CampaignForm>();
  const value: unknown = getValues(name);
  const empty = value === "" || value === undefined;
  const refused = reason !== null && empty;
  return (
    <div className={wide ? styles.wide : undefined}>
      <TextInput
        {...rest}
        {...register(name)}
        inputMode={numeric ? "numeric" : undefined}
        spellCheck={false}
        autoComplete="off"
        readOnly={refused}
        data-refused={refused || undefined}
        className={styles.text}
        error={fieldError(formState.errors, name)}
      />
      <Reason text={reason} chosen={!empty} />
      <FieldFindings name={name} />
    </div>
  );
}

export interface FieldOption {
  readonly value: string;
  readonly label: string;
  /** Why the SUT does not offer it; then it cannot be chosen. */
  readonly reason?: string | null;
}

interface SelectFieldProps extends Omit<FieldProps, "reason"> {
  readonly data: readonly (string | FieldOption)[];
}

export function SelectField({ name, data, ...rest }: SelectFieldProps) {
  const { control, formState } = useFormContext<CampaignForm>();
  const options = data.map((option): FieldOption =>
    typeof option === "string" ? { value: option, label: option } : option,
  );
  const reasons = new Map(options.map(({ value, reason }) => [value, reason ?? null]));
  return (
    <Controller
      control={control}
      name={name}
      render={({ field: { value, ...field } }) => (
        <div>
          <Select
            {...rest}
            {...field}
            data={options.map(({ value: own, label, reason }) => ({
              value: own,
              label,
              disabled: (reason ?? null) !== null,
            }))}
            value={typeof value === "string" ? value : null}
            renderOption={({ option }) => (
              <span>
                {option.label}
                <OptionReason text={reasons.get(option.value) ?? null} />
              </span>
            )}
            comboboxProps={{ width: "max-content", position: "bottom-start" }}
            classNames={{ option: styles.option }}
            error={fieldError(formState.errors, name)}
          />
          <Reason text={typeof value === "string" ? (reasons.get(value) ?? null) : null} chosen />
          <FieldFindings name={name} />
        </div>
      )}
    />
  );
}

/** Any text, with what is usual to choose from. */
export function SuggestField({
  name,
  data,
  ...rest
}: Omit<FieldProps, "reason"> & { readonly data: readonly string[] }) {
  const { control, formState } = useFormContext<CampaignForm>();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field: { value, ...field } }) => (
        <Autocomplete
          size="xs"
          {...rest}
          {...field}
          data={[...data]}
          // What stands in the field already is no search for it.
          filter={({ options, search }) =>
            data.includes(search)
              ? options
              : options.filter(
                  (option) => "label" in option && option.label.toLowerCase().includes(search.toLowerCase()),
                )
          }
          value={typeof value === "string" ? value : ""}
          spellCheck={false}
          error={fieldError(formState.errors, name)}
        />
      )}
    />
  );
}

export function CheckField({ name, label, description, reason = null }: FieldProps) {
  const { control } = useFormContext<CampaignForm>();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field: { value, ...field } }) => (
        <div>
          <Checkbox
            label={label}
            description={description}
            checked={value === true}
            disabled={reason !== null && value !== true}
            {...field}
          />
          <Reason text={reason} chosen={value === true} />
          <FieldFindings name={name} />
        </div>
      )}
    />
  );
}

interface ReasonProps {
  readonly text: string | null;
  /** What the SUT does not offer is chosen all the same. */
  readonly chosen: boolean;
}

function Reason({ text, chosen }: ReasonProps) {
  if (text === null) return null;
  return (
    <p className={styles.reason} data-chosen={chosen || undefined}>
      {text}
    </p>
  );
}

function OptionReason({ text }: { readonly text: string | null }) {
  return text === null ? null : <span className={styles.optionReason}>{text}</span>;
}
