// The colour of every slot of a campaign: its environment's, in shades where an environment stands more than once.
import { configurationColor, type ColorScheme } from "#shared/figures/palette.ts";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import { slotsOf } from "#shared/plan/slots.ts";

export interface SlotLook {
  readonly label: string;
  readonly color: string;
  readonly control: boolean;
}

export function slotLooks(
  design: Pick<CampaignDraft, "configurations" | "control">,
  scheme: ColorScheme,
): ReadonlyMap<string, SlotLook> {
  return new Map(
    slotsOf(design).map(({ slot, configuration, label, control }) => {
      const siblings = design.configurations.filter(
        ({ environment }) => environment === configuration.environment,
      );
      const color = configurationColor(scheme, configuration.environment, siblings.indexOf(configuration));
      return [slot, { label, color, control }];
    }),
  );
}
