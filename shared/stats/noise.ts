// The scatter of ratios from block to block, taken from finished campaigns.
import type { Campaign } from "../model/campaign.ts";
import type { Noise } from "../model/noise.ts";
import type { ResultRow } from "../model/result.ts";
import type { Workload, WorkloadName } from "../model/workload.ts";
import { baselineFor, slotsOf } from "../plan/slots.ts";
import type { CampaignState } from "../state/campaign-state.ts";
import { pooledDeviation } from "./expected-interval.ts";
import { logRatios } from "./ratio.ts";
import { results } from "./results.ts";
import { deviationOf } from "./summary.ts";

type Metrics = Readonly<Record<WorkloadName, Pick<Workload, "metrics">>>;

/**
 * One entry for each condition, primary metric and slot whose ratios have at least two pairs; the same ratios as in the
 * results. Emulated runs are left out: they are no results.
 */
export function campaignNoise(
  campaign: Campaign,
  state: CampaignState,
  workloads: Metrics,
): readonly Noise[] {
  const { rows } = results(campaign, state, workloads);
  const slots = new Map(slotsOf(campaign).map((slot) => [slot.slot, slot]));
  const rowAt = (like: ResultRow, slot: string | undefined) =>
    rows.find(
      (row) =>
        row.slot === slot && row.conditionId === like.conditionId && row.metric.name === like.metric.name,
    );
  return rows.flatMap((row): readonly Noise[] => {
    const slot = slots.get(row.slot);
    if (slot === undefined || !row.metric.primary || row.emulated) return [];
    const baseline = baselineFor(campaign, slot.configuration)?.id;
    if (baseline === row.slot) return [];
    const logs = logRatios(row.values, rowAt(row, baseline)?.values ?? []);
    const deviation = logs === null ? null : deviationOf(logs);
    if (logs === null || deviation === null) return [];
    return [
      {
        workload: row.workload,
        conditionId: row.conditionId,
        metric: row.metric.name,
        compared: slot.control ? "control" : slot.configuration.environment,
        deviation,
        degrees: logs.length - 1,
        campaigns: 1,
        pairs: logs.length,
      },
    ];
  });
}

/** Pools entries of the same condition, metric and comparison; each list is of one campaign. */
export function pooledNoise(campaigns: readonly (readonly Noise[])[]): readonly Noise[] {
  const groups = new Map<string, { entries: Noise[]; campaigns: Set<number> }>();
  campaigns.forEach((entries, number) => {
    for (const entry of entries) {
      const key = JSON.stringify([entry.workload, entry.conditionId, entry.metric, entry.compared]);
      const group = groups.get(key) ?? { entries: [], campaigns: new Set() };
      groups.set(key, group);
      group.entries.push(entry);
      group.campaigns.add(number);
    }
  });
  return [...groups.values()].flatMap((group) => {
    const [first] = group.entries;
    const deviation = pooledDeviation(group.entries);
    if (first === undefined || deviation === null) return [];
    const sum = (pick: (entry: Noise) => number) =>
      group.entries.reduce((total, entry) => total + pick(entry), 0);
    return [
      {
        ...first,
        deviation,
        degrees: sum(({ degrees }) => degrees),
        pairs: sum(({ pairs }) => pairs),
        campaigns: group.campaigns.size,
      },
    ];
  });
}
