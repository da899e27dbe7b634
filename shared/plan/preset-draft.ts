// The draft of a whole campaign from one preset: every workload's conditions in the configurations of issue and paper.
import { configurationPresets, fittedTo } from "../environments/presets.ts";
import type { CampaignDraft } from "../model/campaign.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";
import type { PresetName } from "../model/workload.ts";
import { workloads } from "../workloads/registry.ts";

/** Ten blocks, as many as the paper's repeats; three where it is only to be tried. */
const blocksOf: Readonly<Record<PresetName, number>> = { quick: 3, "as described": 10, "as run": 10 };

/** Configurations that stand in every preset campaign, by the id of their preset. */
const standing: readonly string[] = ["native", "docker-host", "docker-nat", "kvm"];

/** A draft for that lab; configurations are fitted to the SUT's facts where they are known. */
export function presetDraft(lab: Lab, preset: PresetName, facts: Facts | null): CampaignDraft {
  const configurations = configurationPresets
    .map(({ configuration }) => configuration)
    .filter(({ id }) => standing.includes(id))
    .map((configuration) => (facts === null ? configuration : fittedTo(configuration, facts)));
  const conditions = Object.values(workloads).flatMap(
    ({ presets }) => presets[preset] ?? presets["as described"] ?? [],
  );
  return {
    name: `${lab.name}: ${preset}`,
    labId: lab.id,
    configurations,
    conditions: [...conditions],
    blocks: blocksOf[preset],
    control: true,
    host: { dropCaches: true, sysctls: {} },
  };
}
