// The networking mode of a configuration of the form by itself: known also while another field is wrong.
import { useMemo } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { networkChoiceSchema, type NetworkChoice } from "#shared/model/network-choice.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";
import { toConfiguration, type ConfigurationForm } from "../configuration-form.ts";

/** Null where the form has a mode that its environment does not know. */
export function useNetworkChoice(index: number): NetworkChoice | null {
  const { control } = useFormContext<CampaignForm>();
  const form = useWatch({ control, name: `configurations.${index}` });
  return useMemo(() => networkChoiceIn(form), [form]);
}

function networkChoiceIn(form: ConfigurationForm): NetworkChoice | null {
  const made = toConfiguration(form);
  const network = typeof made === "object" && made !== null && "network" in made ? made.network : undefined;
  return networkChoiceSchema.safeParse({ environment: form.environment, network }).data ?? null;
}
