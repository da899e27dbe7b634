// The environment of a configuration of the campaign's form.
import { useFormContext, useWatch } from "react-hook-form";
import type { EnvironmentName } from "#shared/model/configuration.ts";
import type { CampaignForm } from "#renderer/wizards/campaign/campaign-form.ts";

export function useEnvironment(index: number): EnvironmentName {
  const { control } = useFormContext<CampaignForm>();
  return useWatch({ control, name: `configurations.${index}.environment` });
}
