// Whether Tare disturbs what it measures: each workload through Tare and by hand, in pairs, environment by environment.
import type { Condition } from "#shared/model/workload.ts";
import { randomStream, shuffled } from "#shared/plan/random-stream.ts";
import { significant } from "#shared/report/number.ts";
import type { BenchLab, Tell } from "./bench-lab.ts";
import { type HandRun, openByHand } from "./by-hand.ts";
import { type Both, holdingOne, measurePairs, medianOf, ratioOf } from "./compare.ts";
import { type Compared, comparedPairs } from "./compared-metric.ts";
import { benchConditions } from "./conditions.ts";
import type { BenchOptions } from "./options.ts";
import type { Section, Table } from "./report.ts";
import { startSession } from "./session.ts";

/** One workload in one environment; the first side of a pair is Tare. */
interface ByHandCell {
  readonly configurationId: string;
  readonly condition: Condition;
  readonly pairs: readonly Both<HandRun>[];
  /** Why it has fewer pairs than wanted. */
  readonly failure: string | null;
}

export async function byHandSection(
  bench: BenchLab,
  options: BenchOptions,
  deps: { signal: AbortSignal; tell: Tell },
): Promise<Section> {
  const cells: ByHandCell[] = [];
  let emulated = false;
  for (const configurationId of shuffled(options.environments, randomStream(options.seed, 1))) {
    const measured = await measureEnvironment(bench, configurationId, options, deps);
    cells.push(...measured.cells);
    emulated ||= measured.accelerator === "tcg";
  }
  cells.sort(
    (a, b) =>
      options.environments.indexOf(a.configurationId) - options.environments.indexOf(b.configurationId),
  );
  const lines: Line[] = cells.map((cell) => ({
    cell,
    ...comparedPairs(cell.condition.workload, cell.pairs),
  }));
  const { holding, of } = holdingOne(lines.map(({ pairs }) => pairs));
  return {
    name: "by-hand",
    title: "Through Tare against by hand",
    note: `The same programs on the demo lab: as jobs of Tare's runner with its samplers, and typed over plain ssh with a
      kept connection (docker exec into a container that was started by hand; ssh through the SUT into the guest).
      ${options.pairs} pairs each in random order; the ratio is Tare / by hand of the metric, geometric mean with its 95 %
      interval. Seconds are those of a whole run (median): preparation, server, warm-up, measurement, tidying.
      ${holding} of ${of} intervals hold 1; where nothing differs, one of twenty does not.
      ${emulated ? "The guest was emulated (TCG)." : ""}`,
    tables: options.environments.map((id) =>
      tableOf(
        id,
        lines.filter(({ cell }) => cell.configurationId === id),
      ),
    ),
    data: lines.map(({ cell: { pairs: runs, ...cell }, metric, pairs }) => ({
      ...cell,
      metric: metric?.name ?? null,
      pairs,
      wallSeconds: runs.map(({ value, baseline }) => ({
        tare: value.wallSeconds,
        hand: baseline.wallSeconds,
      })),
    })),
  };
}

/** The environment is up while all of its pairs are measured. */
async function measureEnvironment(
  bench: BenchLab,
  configurationId: string,
  options: BenchOptions,
  { signal, tell }: { signal: AbortSignal; tell: Tell },
): Promise<{ readonly cells: readonly ByHandCell[]; readonly accelerator: string }> {
  await using undo = new AsyncDisposableStack();
  tell(`starting ${configurationId}`);
  const session = await startSession(bench, configurationId, undo, signal);
  const byHand = await openByHand(bench, session, undo, signal);
  const conditions = benchConditions(options.workloads, { seconds: options.seconds, all: options.all });
  const failures = new Map<Condition, string>();
  const measured = await measurePairs<Condition, HandRun>(
    conditions,
    { pairs: options.pairs, seed: orderOf(configurationId, options) },
    {
      value: (condition) => {
        tell(`${condition.id} in ${configurationId} through Tare`);
        return session.run(condition);
      },
      baseline: (condition) => {
        tell(`${condition.id} in ${configurationId} by hand`);
        return byHand(condition);
      },
      onFailure: (condition, error) => {
        signal.throwIfAborted();
        const reason = error instanceof Error ? error.message : String(error);
        failures.set(condition, reason);
        tell(`${condition.id} in ${configurationId} failed: ${reason}`);
      },
    },
  );
  const cells = conditions.map((condition) => ({
    configurationId,
    condition,
    pairs: measured.get(condition) ?? [],
    failure: failures.get(condition) ?? null,
  }));
  return { cells, accelerator: session.environment.accelerator };
}

/** A seed of its own for each environment, so that not all have the same order. */
function orderOf(configurationId: string, { seed, environments }: BenchOptions): number {
  return seed + 1000 * environments.indexOf(configurationId);
}

interface Line extends Compared {
  readonly cell: ByHandCell;
}

function tableOf(configurationId: string, lines: readonly Line[]): Table {
  return {
    columns: [
      { title: configurationId },
      { title: "metric" },
      { title: "Tare", align: "right" },
      { title: "by hand", align: "right" },
      { title: "ratio (95 % interval)", align: "right" },
      { title: "Tare s", align: "right" },
      { title: "hand s", align: "right" },
    ],
    rows: lines.map(({ cell, metric, pairs }) => {
      if (metric === null) return [cell.condition.id, "failed", "–", "–", "–", "–", "–"];
      return [
        cell.condition.id,
        `${metric.name} ${metric.unit}`,
        significant(medianOf(pairs.map(({ value }) => value))),
        significant(medianOf(pairs.map(({ baseline }) => baseline))),
        ratioOf(pairs),
        medianOf(cell.pairs.map(({ value }) => value.wallSeconds)).toFixed(2),
        medianOf(cell.pairs.map(({ baseline }) => baseline.wallSeconds)).toFixed(2),
      ];
    }),
  };
}
