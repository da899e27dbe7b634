// The demo's campaigns: quick presets on the built-in lab, with guests small enough for it.
import type { CampaignDraft } from "../model/campaign.ts";
import type { Facts } from "../model/facts.ts";
import type { Lab } from "../model/lab.ts";
import { campaignPreset, presetDraft } from "./campaign-presets.ts";

interface DemoChoices {
  readonly full?: boolean;
  readonly blocks?: string;
  readonly seed?: string;
}

const guestMiB = 1024;

/** `blocks` and `seed` as the command line gives them; configurations are fitted to the SUT's facts. */
export function demoDraft(lab: Lab, options: DemoChoices, facts: Facts): CampaignDraft {
  const full = options.full === true;
  const preset = campaignPreset(full ? "felter-2014" : "basic");
  return {
    ...presetDraft(lab, "quick", withLittleMemory(facts), preset),
    name: full ? "Demo: Felter et al. 2014" : "Demo",
    ...(full ? { blocks: 1 } : {}),
    ...(options.blocks === undefined ? {} : { blocks: Number(options.blocks) }),
    ...(options.seed === undefined ? {} : { seed: Number(options.seed) }),
  };
}

/** A guest gets half of what is available: so each is as small as the lab's others need it to be. */
function withLittleMemory(facts: Facts): Facts {
  return { ...facts, memory: { ...facts.memory, availableBytes: 2 * guestMiB * 2 ** 20 } };
}
