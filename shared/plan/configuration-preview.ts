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

/** Steps of the configuration's session: its changes, the measured program of each workload once, the undo of each change. */
export function previewSteps(plan: DryRun, configurationId: string): readonly DryStep[] {
  const session = plan.steps.filter(({ slot }) => slot === configurationId);
  const seen = new Set<string>();
  return session.filter(({ kind, runId, title }) => {
    if (runId === null) return true;
    if (kind !== "measure") return false;
    const program = title.slice(title.lastIndexOf(":"));
    if (seen.has(program)) return false;
    seen.add(program);
    return true;
  });
}

/** The steps as lines of text: a title after `#`, then its commands. The plan's id in names of containers and guests is written as `CAMPAIGN`. */
export function previewLines(steps: readonly DryStep[], campaignId: RegExp = previewIds): readonly string[] {
  return steps.flatMap(({ title, machine, commands }) => [
    `# ${machine === "sut" ? "" : `${machine}: `}${title}`,
    ...commands.flatMap((command) => command.replaceAll(campaignId, "CAMPAIGN").split("\n")),
  ]);
}

/** Ids of campaigns called `preview`: a day, the name, six hexadecimal digits. */
const previewIds = /\d{4}-\d{2}-\d{2}-preview-[0-9a-f]{6}/g;
