// One of a few options as cards, tied to a field of the campaign's form.
import { Radio } from "@mantine/core";
import { Controller, useFormContext, type FieldPath } from "react-hook-form";
import { fieldError } from "#renderer/components/field-error.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { ChoiceCard, type CardOption } from "./choice-card.tsx";
import { FieldFindings } from "./field-findings.tsx";
import styles from "./choice-card.module.css";

interface ChoiceCardsProps {
  readonly name: FieldPath<CampaignForm>;
  readonly label: string;
  readonly description?: string;
  readonly options: readonly CardOption[];
  /** Why the host offers none of them but the empty one; said once, below them. */
  readonly refusal?: string | null;
  /** What the form's value stands for, where that is another: drafts may hold another environment's mode. */
  readonly meaning?: (value: string) => string;
  /** Writes what is chosen, where it is not this field alone. */
  readonly onChoose?: (value: string) => void;
}

export function ChoiceCards(props: ChoiceCardsProps) {
  const { name, label, description, options, refusal = null, meaning = same, onChoose } = props;
  const { control, formState } = useFormContext<CampaignForm>();
  return (
    <Controller
      control={control}
      name={name}
      render={({ field: { value, onChange, onBlur, ref } }) => {
        const chosen = meaning(typeof value === "string" ? value : "");
        return (
          <div data-field={name}>
            <Radio.Group
              label={label}
              description={description}
              size="xs"
              value={chosen}
              onChange={onChoose ?? onChange}
              onBlur={onBlur}
              error={fieldError(formState.errors, name)}
            >
              <div className={styles.cards}>
                {options.map((option) => (
                  <ChoiceCard
                    key={option.value}
                    {...option}
                    chosen={option.value === chosen}
                    disabled={refusal !== null && option.value !== ""}
                    focusRef={option.value === chosen ? ref : undefined}
                  />
                ))}
              </div>
            </Radio.Group>
            {refusal === null ? null : <p className={styles.refusal}>{refusal}</p>}
            <FieldFindings name={name} />
          </div>
        );
      }}
    />
  );
}

function same(value: string): string {
  return value;
}
