// How long environments take to start: from the command to the first answer on a port, by the SUT's clock.
import type { Campaign } from "../model/campaign.ts";
import type { StartUpRow } from "../model/result.ts";
import { baselineFor, baselineOf, slotsOf } from "../plan/slots.ts";
import type { CampaignState } from "../state/campaign-state.ts";
import { blockRatio, distinguishable, fewerBlocks, type BlockValue } from "./ratio.ts";
import { deviationOf, meanOf } from "./summary.ts";

/**
 * A row for each slot of which any start was measured, values in the order of blocks. Ratios are to the native that the
 * slot is compared with; the floor is the A/A control's, as for any metric.
 */
export function startUpRows(
  campaign: Pick<Campaign, "configurations" | "control">,
  startUps: CampaignState["startUps"],
): StartUpRow[] {
  const slots = slotsOf(campaign);
  const native = baselineOf(campaign)?.id;
  const control = slots.find((each) => each.control);
  const valuesOf = (slot: string | undefined) => measured(startUps, slot);
  const floor = control === undefined ? "none" : blockRatio(valuesOf(control.slot), valuesOf(native));
  return slots.flatMap(({ slot, configuration, label }): StartUpRow[] => {
    const values = valuesOf(slot);
    if (values.length === 0) return [];
    const baseline = baselineFor(campaign, configuration);
    const same = valuesOf(baseline?.id);
    const others = same.length > 0 ? same : valuesOf(native);
    const ratio = slot === native ? null : blockRatio(values, others);
    const other = ratio !== null && baseline?.id !== native && same.length > 0 ? baseline : undefined;
    const emulated = [...startUps.values()].some((each) => each.slot === slot && each.emulated);
    const seconds = values.map(({ value }) => value);
    return [
      {
        slot,
        configurationId: configuration.id,
        label,
        values: values.map(({ block, value }) => ({ block, seconds: value })),
        mean: meanOf(seconds),
        deviation: deviationOf(seconds),
        ratio,
        ...(ratio === null ? {} : fewerBlocks(values, others)),
        ...(other === undefined ? {} : { comparedWith: other.label }),
        distinguishable: ratio === null || emulated ? null : distinguishable(ratio, floor),
        emulated,
      },
    ];
  });
}

function measured(startUps: CampaignState["startUps"], slot: string | undefined): BlockValue[] {
  return [...startUps.values()]
    .filter((each) => each.slot === slot)
    .map(({ block, seconds }) => ({ block, value: seconds }))
    .toSorted((a, b) => a.block - b.block);
}
