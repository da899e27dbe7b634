// The text that a configuration will be executed as, made by the core's own plan and kept up to date while it is edited.
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import type { DryStep } from "#shared/contract/campaigns.ts";
import type { Failure } from "#shared/model/error.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { Condition } from "#shared/model/workload.ts";
import { previewDraft, previewSteps } from "#shared/plan/configuration-preview.ts";
import { presetConditions } from "#shared/workloads/registry.ts";
import { api } from "#renderer/api/client.ts";
import { failureOf } from "#renderer/api/failure.ts";
import { useConnection } from "#renderer/stores/connection-store.ts";

export interface ConfigurationPreview {
  /** Null until they are known, and where they cannot be. */
  readonly steps: readonly DryStep[] | null;
  readonly failure: Failure | null;
  /** False while the text of what was chosen last is still being made: then it is that of before. */
  readonly current: boolean;
}

const nothing: ConfigurationPreview = { steps: null, failure: null, current: true };

/** Null configuration: nothing to preview. Without a condition chosen, STREAM stands for a program. */
export function useConfigurationPreview(
  configuration: Configuration | null,
  labId: string,
  conditions: readonly Condition[],
): ConfigurationPreview {
  const [{ answers, ...found }, setFound] = useState({ ...nothing, answers: "" });
  // After a connection that was lost the text is asked for again.
  const generation = useConnection((state) => state.generation);
  const wanted = JSON.stringify({ configuration, labId, conditions, generation });
  const [settled] = useDebouncedValue(wanted, 200);
  useEffect(() => {
    const asked = JSON.parse(settled) as {
      configuration: Configuration | null;
      labId: string;
      conditions: readonly Condition[];
    };
    if (asked.configuration === null) return undefined;
    const { id } = asked.configuration;
    const controller = new AbortController();
    const chosen = asked.conditions.length === 0 ? presetConditions("stream", "quick") : asked.conditions;
    api.campaigns
      .dryRun(previewDraft(asked.configuration, asked.labId, chosen), { signal: controller.signal })
      .then(
        (plan) => setFound({ ...nothing, steps: previewSteps(plan, id, chosen), answers: settled }),
        (error: unknown) => {
          if (!controller.signal.aborted)
            setFound({ ...nothing, failure: failureOf(error), answers: settled });
        },
      );
    return () => controller.abort();
  }, [settled]);
  return configuration === null ? nothing : { ...found, current: answers === wanted };
}
