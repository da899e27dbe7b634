// Whether Tare disturbs what it measures: each workload through Tare and by hand, in pairs.
import { significant } from "#shared/report/number.ts";
import type { Metric } from "#shared/model/measurement.ts";
import { workloads } from "#shared/workloads/registry.ts";
import type { BenchLab, Tell } from "./bench-lab.ts";
import { openByHand } from "./by-hand.ts";
import { measurePairs, medianOf, ratioOf } from "./compare.ts";
import { type BenchCondition, benchConditions } from "./conditions.ts";
import type { BenchOptions } from "./options.ts";
import type { Section } from "./report.ts";
import { startSession, valueOf } from "./session.ts";

export async function byHandSection(
  bench: BenchLab,
  options: BenchOptions,
  { signal, tell }: { signal: AbortSignal; tell: Tell },
): Promise<Section> {
  await using undo = new AsyncDisposableStack();
  const session = await startSession(bench, "native", undo, signal);
  const byHand = await openByHand(bench, undo, signal);
  const conditions = benchConditions(options.seconds);
  const walls = new Map(conditions.map((item) => [item, { tare: [] as number[], hand: [] as number[] }]));
  const measured = await measurePairs(conditions, options, {
    value: async (item) => {
      tell(`${item.condition.id} through Tare`);
      const run = await session.run(item.condition);
      walls.get(item)?.tare.push(run.wallSeconds);
      return valueOf(run.measurements, item.metric);
    },
    baseline: async (item) => {
      tell(`${item.condition.id} by hand`);
      const run = await byHand(item.condition, session.commands(item.condition));
      walls.get(item)?.hand.push(run.wallSeconds);
      return valueOf(run.measurements, item.metric);
    },
  });
  const lines = conditions.map((item) => ({ item, pairs: measured.get(item) ?? [], wall: walls.get(item) }));
  return {
    name: "by-hand",
    title: "Through Tare against by hand",
    note: `The same commands, natively on the demo lab: as jobs of Tare's runner with its samplers, and over plain ssh
      with a kept connection. ${options.pairs} pairs in random order; the ratio is Tare / by hand of the metric, geometric
      mean with its 95 % interval. Seconds are those of a whole run (median): preparation, server, warm-up, measurement, tidying.`,
    tables: [
      {
        columns: [
          { title: "condition" },
          { title: "metric" },
          { title: "Tare", align: "right" },
          { title: "by hand", align: "right" },
          { title: "ratio (95 % interval)", align: "right" },
          { title: "Tare s", align: "right" },
          { title: "hand s", align: "right" },
        ],
        rows: lines.map(({ item, pairs, wall }) => [
          item.condition.id,
          `${item.metric} ${metricOf(item).unit}`,
          significant(medianOf(pairs.map(({ value }) => value))),
          significant(medianOf(pairs.map(({ baseline }) => baseline))),
          ratioOf(pairs),
          medianOf(wall?.tare ?? []).toFixed(2),
          medianOf(wall?.hand ?? []).toFixed(2),
        ]),
      },
    ],
    data: lines.map(({ item, pairs, wall }) => ({
      condition: item.condition,
      metric: item.metric,
      pairs,
      wall,
    })),
  };
}

function metricOf({ condition, metric }: BenchCondition): Metric {
  const found = workloads[condition.workload].metrics.find(({ name }) => name === metric);
  if (found === undefined) throw new Error(`${condition.workload} has no metric ${metric}.`);
  return found;
}
