// One choice of a few, each with a line that says what it means; what cannot be had is greyed with its reason.
import { Controller, useFormContext, type FieldPath } from "react-hook-form";
import { fieldError } from "#renderer/components/field-error.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { FieldFindings } from "#renderer/wizards/fields/field-findings.tsx";
import styles from "./choice-cards.module.css";

export interface Choice {
  readonly value: string;
  readonly title: string;
  /** One line. */
  readonly text: string;
  /** Why it cannot be had; null where it can. */
  readonly reason: string | null;
}

interface ChoiceCardsProps {
  readonly name: FieldPath<CampaignForm>;
  readonly label: string;
  readonly choices: readonly Choice[];
}

export function ChoiceCards({ name, label, choices }: ChoiceCardsProps) {
  const { control, formState } = useFormContext<CampaignForm>();
  const wrong = fieldError(formState.errors, name);
  return (
    <Controller
      control={control}
      name={name}
      render={({ field }) => (
        <fieldset className={styles.choices}>
          <legend>{label}</legend>
          <div className={styles.cards}>
            {choices.map(({ value, title, text, reason }) => {
              const chosen = field.value === value;
              return (
                <label key={value} className={styles.card} data-chosen={chosen || undefined}>
                  <input
                    type="radio"
                    ref={chosen ? field.ref : undefined}
                    name={name}
                    value={value}
                    checked={chosen}
                    disabled={reason !== null && !chosen}
                    onChange={() => field.onChange(value)}
                    onBlur={field.onBlur}
                  />
                  <span>
                    <span className={styles.title}>{title}</span>
                    <span className={styles.text}>{text}</span>
                    {reason === null ? null : (
                      <span className={styles.reason} data-chosen={chosen || undefined}>
                        {reason}
                      </span>
                    )}
                  </span>
                </label>
              );
            })}
          </div>
          {wrong === undefined ? null : <p className={styles.error}>{wrong}</p>}
          <FieldFindings name={name} />
        </fieldset>
      )}
    />
  );
}
