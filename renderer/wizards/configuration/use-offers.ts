// Why the lab's SUT does not offer an option of one configuration: asked for by its form's fields.
import { useMemo } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { reasonAgainst } from "#shared/environments/offers.ts";
import { configurationSchema } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { toConfiguration } from "./configuration-form.ts";
import type { FieldOption } from "#renderer/wizards/fields/form-fields.tsx";

/** By field of the configuration and value; null where the option can be had, or nothing is known. */
export type Offers = (field: string, value?: string | boolean) => string | null;

/** Options of a field with the reasons against them. */
export function offered(
  offers: Offers,
  field: string,
  options: readonly (readonly [value: string, label: string])[],
): readonly FieldOption[] {
  return options.map(([value, label]) => ({ value, label, reason: offers(field, value) }));
}

export function useOffers(index: number, facts: Facts | null): Offers {
  const { control } = useFormContext<CampaignForm>();
  const form = useWatch({ control, name: `configurations.${index}` });
  return useMemo(() => {
    // Where something else is wrong in the form, only the facts speak.
    const configuration = configurationSchema.safeParse(toConfiguration(form)).data ?? null;
    return (field, value = "") => reasonAgainst(configuration, { field, value }, facts);
  }, [form, facts]);
}
