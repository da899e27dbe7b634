// The slots of a campaign: each configuration's place in a block, and the second native one that is the A/A control.
import type { Campaign } from "../model/campaign.ts";
import type { Configuration } from "../model/configuration.ts";

export interface Slot {
  /** The configuration's id, or `<id>.control`. */
  readonly slot: string;
  readonly configuration: Configuration;
  /** What it is called in tables and figures. */
  readonly label: string;
  readonly control: boolean;
}

type Design = Pick<Campaign, "configurations" | "control">;

/** The configuration that all ratios are taken to: the first native one; undefined where there is none. */
export function baselineOf(campaign: Pick<Campaign, "configurations">): Configuration | undefined {
  return campaign.configurations.find(({ environment }) => environment === "native");
}

/**
 * What the ratios of a configuration are taken to: the native configuration with the same pinning and pages, so that
 * a container on one socket is compared with one socket; else one with the same pinning; else the first native one.
 */
export function baselineFor(
  campaign: Pick<Campaign, "configurations">,
  { environment, pinning, pages }: Configuration,
): Configuration | undefined {
  const first = baselineOf(campaign);
  if (environment === "native") return first;
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const pinned = campaign.configurations.filter(
    (each) => each.environment === "native" && same(each.pinning, pinning),
  );
  return pinned.find((each) => same(each.pages, pages)) ?? pinned[0] ?? first;
}

/** All slots in the order of the configurations, the control right after its configuration. */
export function slotsOf(campaign: Design): Slot[] {
  const baseline = baselineOf(campaign);
  return campaign.configurations.flatMap((configuration) => {
    const { id, label } = configuration;
    const slot: Slot = { slot: id, configuration, label, control: false };
    if (!campaign.control || configuration !== baseline) return [slot];
    return [slot, { slot: `${id}.control`, configuration, label: `${label} (A/A control)`, control: true }];
  });
}
