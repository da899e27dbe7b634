// The demo's campaign: the quick preset on the built-in lab, with a guest small enough for it.
import type { CampaignDraft } from "../model/campaign.ts";
import type { Lab } from "../model/lab.ts";
import { presetDraft } from "./preset-draft.ts";

/** `blocks` and `seed` as the command line gives them. */
export function demoDraft(lab: Lab, options: { blocks?: string; seed?: string }): CampaignDraft {
  const draft = presetDraft(lab, "quick", null);
  return {
    ...draft,
    name: "Demo",
    configurations: draft.configurations.map((configuration) =>
      configuration.environment === "kvm"
        ? { ...configuration, machine: { ...configuration.machine, vcpus: 2, memoryMiB: 1024 } }
        : configuration,
    ),
    ...(options.blocks === undefined ? {} : { blocks: Number(options.blocks) }),
    ...(options.seed === undefined ? {} : { seed: Number(options.seed) }),
  };
}
