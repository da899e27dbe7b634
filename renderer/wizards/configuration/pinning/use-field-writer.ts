// Writes into the fields of one configuration of the campaign's form, as if they were typed, and takes that back.
import { useState } from "react";
import { useFormContext, type FieldPath } from "react-hook-form";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";

/** Values by path inside the configuration: texts, or whole parts (`pinning`). */
export type Written = Readonly<Record<string, unknown>>;

interface FieldWriter {
  /** `continued`: goes on with the last step, so that one undo takes back both. */
  readonly write: (values: Written, continued?: boolean) => void;
  /** Gives the fields of the last step what they had before it; null where there is none. */
  readonly undo: (() => void) | null;
}

const asTyped = { shouldDirty: true, shouldTouch: true, shouldValidate: true } as const;
const mostSteps = 200;

export function useFieldWriter(index: number): FieldWriter {
  const { setValue, getValues } = useFormContext<CampaignForm>();
  const [steps, setSteps] = useState<readonly Written[]>([]);
  const pathOf = (field: string) => `configurations.${index}.${field}` as FieldPath<CampaignForm>;
  const put = (values: Written): void => {
    for (const [field, value] of Object.entries(values)) setValue(pathOf(field), value as string, asTyped);
  };
  const last = steps.at(-1);
  return {
    write: (values, continued = false) => {
      if (!continued) {
        const before = Object.keys(values).map((field) => [field, getValues(pathOf(field))] as const);
        setSteps([...steps, structuredClone(Object.fromEntries(before))].slice(-mostSteps));
      }
      put(values);
    },
    undo:
      last === undefined
        ? null
        : () => {
            setSteps(steps.slice(0, -1));
            put(last);
          },
  };
}
