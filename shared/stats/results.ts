// What a campaign says so far: a row for each slot, condition and metric, and the noise floor of each condition.
import type { Campaign } from "../model/campaign.ts";
import { evidenceVerdict, worstVerdict, type Verdict } from "../model/evidence.ts";
import type { Metric } from "../model/measurement.ts";
import type { NoiseFloor, ResultRow, Results } from "../model/result.ts";
import type { Condition, Workload, WorkloadName } from "../model/workload.ts";
import { conditionsIn, runIdOf } from "../plan/plan-sessions.ts";
import { baselineFor, baselineOf, slotsOf } from "../plan/slots.ts";
import type { Slot } from "../plan/slots.ts";
import type { CampaignState, RunState } from "../state/campaign-state.ts";
import { ladderRows, type FloorOf } from "./ladders.ts";
import { blockRatio, distinguishable, fewerBlocks } from "./ratio.ts";
import { startUpRows } from "./start-up.ts";
import { deviationOf, meanOf, outliers } from "./summary.ts";

type Design = Pick<Campaign, "configurations" | "conditions" | "scope" | "ladders" | "blocks" | "control">;
type Progress = Pick<CampaignState, "runs" | "startUps" | "refusedCells">;
type Metrics = Readonly<Record<WorkloadName, Pick<Workload, "metrics">>>;

/** The run of one cell in one block, where it was ever started. */
interface BlockRun {
  readonly block: number;
  readonly runId: string;
  readonly run: RunState;
}

/**
 * Results of all runs that have ended, in the order of conditions, metrics and configurations. Failed runs count as
 * failed and carry no value; outliers are marked and kept. Ratios use the blocks in which both runs succeeded.
 */
export function results(campaign: Design, state: Progress, workloads: Metrics): Results {
  const slots = slotsOf(campaign);
  const baseline = baselineOf(campaign)?.id;
  const baselines = new Map(
    campaign.configurations.map((each) => [each.id, baselineFor(campaign, each)?.id] as const),
  );
  const rows: ResultRow[] = [];
  const floors: NoiseFloor[] = [];
  const floorsByKey = new Map<string, ReturnType<FloorOf>>();
  // A run without evidence proves nothing where others have some; a campaign of a version that collected none is left alone.
  const withoutEvidence = [...state.runs.values()].some(({ evidence }) => evidence.length > 0)
    ? "unknown"
    : null;
  for (const condition of campaign.conditions) {
    const cells = slots
      .filter(({ configuration }) => conditionsIn(campaign, configuration.id).includes(condition))
      .map((slot) => ({ slot, runs: runsOf(campaign.blocks, slot.slot, condition.id, state) }));
    const seen = new Set(
      cells.flatMap(({ runs }) => runs).flatMap(({ run }) => run.measurements.map(({ metric }) => metric)),
    );
    for (const metric of shownMetrics(workloads[condition.workload].metrics, seen)) {
      const partial = cells.map(({ slot, runs }) =>
        rowOf({ condition, metric, slot, runs, planned: campaign.blocks, withoutEvidence }),
      );
      const rowAt = (id: string | undefined) => partial.find(({ slot }) => slot === id);
      const native = rowAt(baseline);
      const control = partial.find(({ slot }) => slots.some((each) => each.control && each.slot === slot));
      const floor = control === undefined ? "none" : blockRatio(control.values, native?.values ?? []);
      floorsByKey.set(`${condition.id}/${metric.name}`, floor);
      if (floor !== "none" && floor !== null)
        floors.push({ conditionId: condition.id, metric: metric.name, ratio: floor });
      const comparison = ({ configurationId }: ResultRow) => ({
        native: rowAt(baselines.get(configurationId)) ?? native,
        first: native,
      });
      rows.push(...partial.map((row) => (row === native ? row : withRatio(row, comparison(row), floor))));
    }
  }
  return {
    rows,
    floors,
    ladders: ladderRows(campaign, rows, (id, metric) => floorsByKey.get(`${id}/${metric}`) ?? null),
    startUp: startUpRows(campaign, state.startUps),
    refused: [...state.refusedCells.values()],
  };
}

/** The metrics that any run reported; where none did, the first, so that failures have a row to show in. */
function shownMetrics(metrics: readonly Metric[], seen: ReadonlySet<string>): readonly Metric[] {
  const shown = metrics.filter(({ name }) => seen.has(name));
  return shown.length > 0 ? shown : metrics.slice(0, 1);
}

function runsOf(blocks: number, slot: string, conditionId: string, state: Progress): BlockRun[] {
  return Array.from({ length: blocks }, (_, index) => index + 1).flatMap((block) => {
    const runId = runIdOf(block, slot, conditionId);
    const run = state.runs.get(runId);
    return run === undefined ? [] : [{ block, runId, run }];
  });
}

interface RowInputs {
  readonly condition: Condition;
  readonly metric: Metric;
  readonly slot: Slot;
  readonly runs: readonly BlockRun[];
  readonly planned: number;
  readonly withoutEvidence: Verdict | null;
}

function rowOf({ condition, metric, slot, runs, planned, withoutEvidence }: RowInputs): ResultRow {
  const measured = runs
    .filter(({ run }) => run.status === "ok")
    .flatMap(({ block, runId, run }) => {
      const found = run.measurements.find(({ metric: name }) => name === metric.name);
      return found === undefined ? [] : [{ block, runId, value: found.value }];
    });
  const values = measured.map(({ value }) => value);
  const marks = outliers(values);
  return {
    workload: condition.workload,
    conditionId: condition.id,
    conditionLabel: condition.label,
    metric,
    slot: slot.slot,
    configurationId: slot.configuration.id,
    label: slot.label,
    values: measured.map(({ block, runId, value }, index) => ({
      block,
      runId,
      value,
      outlier: marks[index] ?? false,
    })),
    failed: runs.filter(({ run }) => run.status === "failed").length,
    planned,
    mean: meanOf(values),
    deviation: deviationOf(values),
    ratio: null,
    distinguishable: null,
    evidence: worstEvidence(runs, withoutEvidence),
    emulated: runs.some(({ run }) => run.emulated),
  };
}

function worstEvidence(runs: readonly BlockRun[], without: Verdict | null): Verdict | null {
  const succeeded = runs.filter(({ run }) => run.status === "ok");
  return worstVerdict(succeeded.map(({ run }) => evidenceVerdict(run.evidence) ?? without));
}

/** `native`: what the row is compared with; `first`: the campaign's first native configuration. */
function withRatio(
  row: ResultRow,
  { native, first }: { native: ResultRow | undefined; first: ResultRow | undefined },
  floor: ReturnType<FloorOf>,
): ResultRow {
  const ratio = blockRatio(row.values, native?.values ?? []);
  // An emulated run is no result, whatever its number: nothing is said of it.
  const verdict = ratio === null || row.emulated ? null : distinguishable(ratio, floor);
  if (ratio === null || native === undefined) return { ...row, ratio, distinguishable: verdict };
  const { label, evidence } = native;
  return {
    ...row,
    ratio,
    ...fewerBlocks(row.values, native.values),
    ...(native === first ? {} : { comparedWith: label }),
    ...(evidence === null || evidence === "held" ? {} : { nativeEvidence: evidence }),
    distinguishable: verdict,
  };
}
