// The time that Tare adds to a run over the programs' own, in every environment, and where it goes.
import { cellId } from "#shared/model/campaign.ts";
import { randomStream, shuffled } from "#shared/plan/random-stream.ts";
import type { BenchLab, Tell } from "./bench-lab.ts";
import { medianAndRange, medianOf } from "./compare.ts";
import { oneOfEach } from "./conditions.ts";
import type { BenchOptions } from "./options.ts";
import type { Section } from "./report.ts";
import { startSession, type TareRun } from "./session.ts";
import { breakdownOf, type Journey } from "./breakdown.ts";

const configurationIds = ["native", "docker-host", "kvm"];

export async function overheadSection(
  bench: BenchLab,
  options: BenchOptions,
  { signal, tell }: { signal: AbortSignal; tell: Tell },
): Promise<Section> {
  const cells = new Map<string, TareRun[]>();
  const starts: { configurationId: string; seconds: number; accelerator: string }[] = [];
  for (const configurationId of shuffled(configurationIds, randomStream(options.seed, 1))) {
    tell(`starting ${configurationId}`);
    await using undo = new AsyncDisposableStack();
    const session = await startSession(bench, configurationId, undo, signal);
    const { seconds, accelerator } = session.environment;
    starts.push({ configurationId, seconds, accelerator });
    for (let round = 0; round < options.pairs; round += 1) {
      for (const condition of shuffled(oneOfEach, randomStream(options.seed, 2, round))) {
        tell(`${condition.id} in ${configurationId}`);
        const cell = cellId(configurationId, condition.id);
        cells.set(cell, [...(cells.get(cell) ?? []), await session.run(condition)]);
      }
    }
  }
  const lines = configurationIds.flatMap((configurationId) =>
    oneOfEach.map((condition) => {
      const runs = cells.get(cellId(configurationId, condition.id)) ?? [];
      return { configurationId, conditionId: condition.id, runs };
    }),
  );
  const emulated = starts.some(({ accelerator }) => accelerator === "tcg");
  return {
    name: "overhead",
    title: "Time that Tare adds to a run",
    note: `Seconds, median (range) of ${options.pairs} runs of the quick presets in started environments. "total - tool": up to the
      result, over the measured program alone, as the journal has both; it holds the workload's own preparation, server
      and warm-up. "added": the whole run until the next can start, over the time of all its programs that run to their
      end. ${starts.map(({ configurationId, seconds }) => `${configurationId} started in ${seconds.toFixed(1)} s`).join(", ")}.
      ${emulated ? "The guest was emulated (TCG)." : ""} Below: where the time of a run goes; steps of the samplers
      and of both outputs run side by side with others, so that the sum is more than the run.`,
    tables: [
      {
        columns: [
          { title: "environment" },
          { title: "condition" },
          { title: "tool", align: "right" },
          { title: "programs", align: "right" },
          { title: "total - tool", align: "right" },
          { title: "added", align: "right" },
        ],
        rows: lines.map(({ configurationId, conditionId, runs }) => [
          configurationId,
          conditionId,
          medianOf(runs.map((run) => run.toolSeconds)).toFixed(2),
          medianOf(runs.map((run) => run.programSeconds)).toFixed(2),
          medianAndRange(runs.map((run) => run.totalSeconds - run.toolSeconds)),
          medianAndRange(runs.map((run) => run.wallSeconds - run.programSeconds)),
        ]),
      },
      ...["native", "kvm"].map((id) => journeyTable(id, "redis-c50", lines)),
    ],
    data: {
      starts,
      cells: lines.map(({ runs, ...cell }) => ({
        ...cell,
        runs: runs.map(({ calls: _calls, measurements: _measurements, begun: _begun, ...run }) => run),
        journeys: breakdownOf(runs),
      })),
    },
  };
}

function journeyTable(
  configurationId: string,
  conditionId: string,
  lines: readonly { configurationId: string; conditionId: string; runs: readonly TareRun[] }[],
) {
  const line = lines.find(
    (each) => each.configurationId === configurationId && each.conditionId === conditionId,
  );
  const journeys = breakdownOf(line?.runs ?? []);
  return {
    columns: [
      { title: `${conditionId} in ${configurationId}` },
      { title: "machine" },
      { title: "begins at ms", align: "right" as const },
      { title: "takes ms", align: "right" as const },
    ],
    rows: journeys.map(({ step, machine, beginsMs, takesMs }: Journey) => [
      step,
      machine,
      beginsMs.toFixed(0),
      takesMs.toFixed(0),
    ]),
  };
}
