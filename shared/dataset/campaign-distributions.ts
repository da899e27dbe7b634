// Whole distributions of a measured campaign: pooled over its blocks, and each block's own for bands.
import type { Campaign } from "../model/campaign.ts";
import type { DataDistribution } from "../model/dataset.ts";
import type { Distribution } from "../model/measurement.ts";
import type { Condition } from "../model/workload.ts";
import { slotsOf } from "../plan/slots.ts";
import { environmentWord } from "./environment-words.ts";
import { quantityTitle } from "./quantities.ts";
import { usedSockets } from "./used-sockets.ts";
import { wordsOf } from "./words.ts";
import type { Facts } from "../model/facts.ts";

/** What the tool counted in one run. */
export interface RunDistributions {
  readonly block: number;
  readonly runId: string;
  readonly slot: string;
  readonly conditionId: string;
  readonly emulated: boolean;
  readonly distributions: readonly Distribution[];
}

/** In the order of conditions and slots; one for each metric that any of the runs has. */
export function campaignDistributions(
  campaign: Campaign,
  runs: readonly RunDistributions[],
  facts: Facts | null,
): DataDistribution[] {
  return campaign.conditions.flatMap((condition) =>
    slotsOf(campaign).flatMap((slot) => {
      const own = runs.filter((run) => run.slot === slot.slot && run.conditionId === condition.id);
      const metrics = [
        ...new Set(own.flatMap(({ distributions }) => distributions.map(({ metric }) => metric))),
      ];
      return metrics.map((metric): DataDistribution => {
        const blocks = own.flatMap(({ block, runId, distributions }) => {
          const found = distributions.find((each) => each.metric === metric);
          return found === undefined ? [] : [{ block, runId, ...found }];
        });
        const sockets = usedSockets(slot.configuration, facts);
        return {
          subject: condition.workload,
          ...wordsOfDistribution(condition, metric, sockets),
          unit: blocks[0]?.unit ?? "",
          conditionId: condition.id,
          conditionLabel: condition.label,
          slot: slot.slot,
          environment: slot.control ? null : environmentWord(slot.configuration, condition.workload),
          paperEnvironment: null,
          ...cumulative(pooled(blocks)),
          observations: observationsOf(blocks),
          blocks:
            blocks.length < 2
              ? null
              : blocks.map(({ block, runId, ...rest }) => ({ block, runId, ...cumulative(rest) })),
          emulated: own.some(({ emulated }) => emulated),
          source: null,
        };
      });
    }),
  );
}

/** `read-latency` of fio is its completion latency of reads, `get-latency` of Redis the latency of GET. */
function wordsOfDistribution(
  condition: Condition,
  metric: string,
  sockets: number | null,
): Pick<DataDistribution, "quantity" | "title" | "terms"> {
  const { workload, parameters } = condition;
  const { terms } = wordsOf(workload, { metric, parameters, sockets });
  const side = /^(read|write)-/.exec(metric)?.[1] ?? null;
  const quantity = workload === "fio" ? "completion_latency" : "latency";
  return {
    quantity,
    title: quantity === "latency" ? "Latency" : quantityTitle(workload, quantity),
    terms: side === null ? terms : { ...terms, part: side },
  };
}

type Bins = Pick<Distribution, "values" | "counts">;

/** Bins of several distributions in one, in ascending order. */
function pooled(distributions: readonly Bins[]): Bins {
  const sums = new Map<number, number>();
  for (const { values, counts } of distributions)
    for (const [index, value] of values.entries())
      sums.set(value, (sums.get(value) ?? 0) + (counts[index] ?? 0));
  const sorted = [...sums].sort(([a], [b]) => a - b);
  return { values: sorted.map(([value]) => value), counts: sorted.map(([, count]) => count) };
}

function cumulative({ values, counts }: Bins): Pick<DataDistribution, "values" | "shares"> {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  const shares = counts.map((count) => {
    seen += count;
    return total === 0 ? 0 : seen / total;
  });
  return { values: [...values], shares };
}

function observationsOf(distributions: readonly Bins[]): number {
  return distributions.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0);
}
