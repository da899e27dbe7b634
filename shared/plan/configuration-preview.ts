// What one configuration does on its hosts: the steps of the dry run of a campaign that has only this one, so that a
// wizard shows the very text that will be executed.
import type { DryRun, DryStep } from "../contract/campaigns.ts";
import { configurationPresets } from "../environments/presets.ts";
import type { CampaignDraft } from "../model/campaign.ts";
import type { Configuration } from "../model/configuration.ts";
import type { Condition } from "../model/workload.ts";

/** A campaign of one block with this configuration, and a native one where it needs that. `conditions` must not be empty: their ports are published. */
export function previewDraft(
  configuration: Configuration,
  labId: string,
  conditions: readonly Condition[],
): CampaignDraft {
  return {
    name: "preview",
    labId,
    configurations: [...(configuration.environment === "native" ? [] : baseline), configuration],
    conditions: [...conditions],
    blocks: 1,
    control: false,
    host: { dropCaches: false, sysctls: {} },
    seed: 1,
  };
}

/** Every campaign has a native configuration. Its id is one that no form gives. */
const baseline = configurationPresets
  .map((preset) => preset.configuration)
  .filter(({ id }) => id === "native")
  .map((native) => ({ ...native, id: "preview-baseline" }));

/** Steps of the configuration's session: its changes, the measured program of each workload's first condition, the undo of each change. */
export function previewSteps(
  plan: DryRun,
  configurationId: string,
  conditions: readonly Condition[],
): readonly DryStep[] {
  const first = new Map(conditions.toReversed().map(({ workload, id }) => [workload, id]));
  const shown = new Set([...first.values()].map((id) => `b01-${configurationId}-${id}`));
  return plan.steps.filter(
    ({ slot, block, kind, runId }) =>
      slot === configurationId && block === 1 && (runId === null || (kind === "measure" && shown.has(runId))),
  );
}

/** The steps as lines of text: a title after `#`, then its commands. The campaign's id in names of containers, guests and folders is written as `CAMPAIGN`. */
export function previewLines(steps: readonly DryStep[]): readonly string[] {
  return steps.flatMap(({ title, machine, commands }) =>
    [`# ${machine === "sut" ? "" : `${machine}: `}${title}`, ...commands].flatMap((text) =>
      previewText(text).split("\n"),
    ),
  );
}

/** A title or command of a preview without its campaign's id, which is another one in every preview. */
export function previewText(text: string): string {
  return text.replaceAll(previewIds, "CAMPAIGN");
}

/** Ids of campaigns called `preview`. */
const previewIds = /\bpreview-[0-9a-f]{6}\b/g;
