// A ladder's preset as the form takes it: the configurations that it adds, and the walk through them.
import type { Facts } from "#shared/model/facts.ts";
import { workloadNames } from "#shared/model/workload.ts";
import { ladderConfigurations, type FittedLadder, type LadderPreset } from "#shared/plan/ladder-presets.ts";
import type { CampaignForm } from "./campaign-form.ts";
import {
  toConfigurationForm,
  type ConfigurationForm,
} from "#renderer/wizards/configuration/configuration-form.ts";
import { freeId } from "./free-id.ts";

export interface LadderAddition {
  readonly configurations: ConfigurationForm[];
  /** Null where the SUT leaves fewer than two steps. */
  readonly ladder: CampaignForm["ladders"][number] | null;
  readonly leftOut: FittedLadder["leftOut"];
}

/** Ids that the form has already are given to nothing else: a preset can be added twice. */
export function ladderForm(preset: LadderPreset, facts: Facts | null, form: CampaignForm): LadderAddition {
  const { configurations, ladder, workloads, leftOut } = ladderConfigurations(preset, facts);
  if (ladder === null) return { configurations: [], ladder: null, leftOut };
  const taken = [...form.configurations];
  const without = workloadNames.filter((name) => !workloads.includes(name));
  const ids = new Map<string, string>();
  const added = configurations.map((configuration): ConfigurationForm => {
    const id = freeId(configuration.id, taken);
    const own = { ...toConfigurationForm(configuration), id, without };
    ids.set(configuration.id, id);
    taken.push(own);
    return own;
  });
  const steps = ladder.steps.map((step) => ids.get(step) ?? step);
  return {
    configurations: added,
    ladder: { id: freeId(ladder.id, form.ladders), title: ladder.title, steps },
    leftOut,
  };
}
