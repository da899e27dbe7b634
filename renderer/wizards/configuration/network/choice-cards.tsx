// One of a few options as cards: each says in a line what it means, and why the SUT does not offer it where that is so.
import { Radio } from "@mantine/core";
import { Controller, useFormContext, type FieldPath } from "react-hook-form";
import { fieldError } from "#renderer/components/field-error.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { FieldFindings } from "#renderer/wizards/fields/field-findings.tsx";
import styles from "./choice-cards.module.css";

export interface CardOption {
  readonly value: string;
  readonly title: string;
  readonly words: string;
  /** Why it cannot be had; null where it can. */
  readonly reason: string | null;
}

interface ChoiceCardsProps {
  readonly name: FieldPath<CampaignForm>;
  readonly label: string;
  readonly description?: string;
  readonly options: readonly CardOption[];
  /** What the form's value stands for, where that is another: drafts may hold another environment's mode. */
  readonly meaning?: (value: string) => string;
}

/** What is chosen although it cannot be had stays chosen, and says so. */
export function ChoiceCards({ name, label, description, options, meaning = same }: ChoiceCardsProps) {
  const { control, formState } = useFormContext<CampaignForm>();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field: { value, onChange, onBlur, ref } }) => {
        const chosen = meaning(typeof value === "string" ? value : "");
        return (
          <div>
            <Radio.Group
              label={label}
              description={description}
              size="xs"
              value={chosen}
              onChange={onChange}
              onBlur={onBlur}
              error={fieldError(formState.errors, name)}
            >
              <div className={styles.cards}>
                {options.map((option) => (
                  <Card
                    key={option.value}
                    {...option}
                    chosen={option.value === chosen}
                    focusRef={option.value === chosen ? ref : undefined}
                  />
                ))}
              </div>
            </Radio.Group>
            <FieldFindings name={name} />
          </div>
        );
      }}
    />
  );
}

interface CardProps extends CardOption {
  readonly chosen: boolean;
  readonly focusRef: ((element: HTMLInputElement | null) => void) | undefined;
}

function Card({ value, title, words, reason, chosen, focusRef }: CardProps) {
  const refused = reason !== null && !chosen;
  return (
    <div className={styles.card} data-chosen={chosen || undefined} data-refused={refused || undefined}>
      <Radio value={value} label={title} description={words} disabled={refused} ref={focusRef} />
      {reason === null ? null : (
        <p className={styles.reason} data-chosen={chosen || undefined}>
          {reason}
        </p>
      )}
    </div>
  );
}

function same(value: string): string {
  return value;
}
