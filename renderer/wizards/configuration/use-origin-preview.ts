// The text that a configuration was executed as before anything was changed in it, to hold the present one against.
import { useMemo } from "react";
import type { Configuration } from "#shared/model/configuration.ts";
import type { Condition } from "#shared/model/workload.ts";
import { useConfigurationPreview, type ConfigurationPreview } from "./use-configuration-preview.ts";

/** Under the same id and label as the present one: these are in names of containers, guests and folders. */
export function useOriginPreview(
  origin: Configuration | undefined,
  { id, label }: { readonly id: string; readonly label: string },
  labId: string,
  conditions: readonly Condition[],
): ConfigurationPreview {
  const renamed = useMemo(
    () =>
      origin === undefined ? null : { ...origin, id, label: label.trim() === "" ? origin.label : label },
    [origin, id, label],
  );
  return useConfigurationPreview(renamed, labId, conditions);
}
