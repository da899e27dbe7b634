// One of a few choices, each with what it means; what the host has now is marked.
import { Radio } from "@mantine/core";
import { useId } from "react";
import { useFormContext, useWatch, type FieldPath } from "react-hook-form";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { FieldFindings } from "#renderer/wizards/fields/field-findings.tsx";
import styles from "./choice-list.module.css";

export interface Choice {
  /** Empty: as the host has it. */
  readonly value: string;
  readonly label: string;
  readonly text: string;
}

interface ChoiceListProps {
  readonly name: FieldPath<CampaignForm>;
  readonly label: string;
  readonly choices: readonly Choice[];
  /** Value that the host has now; null where it is not known. */
  readonly now: string | null;
  /** Why the host offers none of them; null where it does. */
  readonly reason: string | null;
}

export function ChoiceList({ name, label, choices, now, reason }: ChoiceListProps) {
  const { control, setValue } = useFormContext<CampaignForm>();
  const value: unknown = useWatch({ control, name });
  const id = useId();
  return (
    <div className={styles.list}>
      <Radio.Group
        label={label}
        name={name}
        value={typeof value === "string" ? value : ""}
        onChange={(chosen) => setValue(name, chosen as never, { shouldDirty: true, shouldTouch: true })}
      >
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            id={`${id}-${choice.value}`}
            className={styles.choice}
            value={choice.value}
            disabled={reason !== null && choice.value !== "" && choice.value !== value}
            label={
              <>
                {choice.label}
                {choice.value !== "" && choice.value === now ? <span className={styles.now}>now</span> : null}
              </>
            }
            description={choice.text}
          />
        ))}
      </Radio.Group>
      {reason === null ? null : <p className={styles.reason}>{reason}</p>}
      <FieldFindings name={name} />
    </div>
  );
}
