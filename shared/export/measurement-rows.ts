// Every measured value as a line: one for each run and metric, of failed runs one that says so.
import type { Campaign } from "../model/campaign.ts";
import type { DataPoint, DataSlot, Dataset, Sample, Terms } from "../model/dataset.ts";
import { evidenceVerdict } from "../model/evidence.ts";
import type { Condition } from "../model/workload.ts";
import { planSessions } from "../plan/plan-sessions.ts";
import type { CampaignState, RunState } from "../state/campaign-state.ts";
import { field, type Column } from "./column.ts";

export interface MeasurementRow {
  readonly campaign: string;
  readonly run: string | null;
  readonly block: number;
  readonly order: number | null;
  readonly slot: string;
  readonly configuration: string;
  readonly environment: string | null;
  readonly workload: string;
  readonly condition: string;
  readonly condition_label: string;
  readonly parameters: string | null;
  readonly terms: string | null;
  readonly status: string;
  readonly metric: string | null;
  readonly metric_title: string | null;
  readonly unit: string | null;
  readonly better: string | null;
  readonly value: number | null;
  readonly outlier: boolean | null;
  readonly emulated: boolean;
  readonly evidence: string | null;
  readonly attempt: number | null;
  readonly started: string | null;
  readonly seconds: number | null;
  readonly failure: string | null;
  readonly source: string | null;
}

const nullable = { nullable: true };

export const measurementColumns: readonly Column<MeasurementRow>[] = [
  field("campaign", "text", "Id of the campaign."),
  field(
    "run",
    "text",
    "Id of the run; null for a start of an environment and for the paper's repeats.",
    nullable,
  ),
  field("block", "count", "Block of the design, from 1; of the paper the number of the repeat."),
  field("order", "count", "Place of the run among all that were started, from 1.", nullable),
  field("slot", "text", "Place in the block: the configuration's id, with `.control` the A/A control."),
  field("configuration", "text", "Label of the configuration."),
  field("environment", "text", "`native`, `docker` or `kvm`.", nullable),
  field("workload", "text", "Name of the workload; `startup` for the start of an environment."),
  field("condition", "text", "Id of the condition; of the paper its terms in words."),
  field("condition_label", "text", "The condition in words."),
  field("parameters", "json", "All parameters of the condition; null where there are none.", nullable),
  field(
    "terms",
    "json",
    "The condition in the words of the reference data, to be put beside the paper's.",
    nullable,
  ),
  field(
    "status",
    "text",
    "`ok`, `failed`, `cancelled` or `running`: of other runs than `ok` there is no value.",
  ),
  field("metric", "text", "In the words of the reference data where these have one.", nullable),
  field("metric_title", "text", "The metric in words.", nullable),
  field("unit", "text", "Unit of `value`.", nullable),
  field("better", "text", "`higher` or `lower`; null where neither is.", nullable),
  field("value", "number", "What was measured, unrounded, in `unit`.", nullable),
  field("outlier", "flag", "Beyond Tukey's fences among the values of its cell. Never left out.", nullable),
  field("emulated", "flag", "The guest ran without hardware virtualization: no result."),
  field("evidence", "text", "`held`, `not-held` or `unknown`; null where none was collected.", nullable),
  field("attempt", "count", "Which attempt of the run this is, from 1.", nullable),
  field("started", "time", "When the run was started.", nullable),
  field("seconds", "number", "How long the run took, Tare's own work included.", { ...nullable, unit: "s" }),
  field("failure", "text", "Why the run failed.", nullable),
  field("source", "text", "Of the paper: name of the series in the reference data.", nullable),
];

/** A measured campaign's design and state; null of the paper. */
export interface Measured {
  readonly campaign: Campaign;
  readonly state: CampaignState;
}

/** Values in the order of the dataset's points, then the runs that have none. Points without repeats are in the summary alone. */
export function measurementRows(dataset: Dataset, measured: Measured | null): MeasurementRow[] {
  const slots = new Map(dataset.slots.map((slot) => [slot.slot, slot]));
  const conditions = new Map(measured?.campaign.conditions.map((each) => [each.id, each]));
  const runs = measured?.state.runs ?? new Map<string, RunState>();
  const order = orderOf(runs);
  const values = dataset.points.flatMap((point) =>
    (point.samples ?? []).map((sample): MeasurementRow => {
      const run = sample.runId === null ? undefined : runs.get(sample.runId);
      return {
        ...cellFields(dataset, slots.get(point.slot), point),
        ...runFields(run, order),
        ...valueFields(point, sample),
        emulated: run?.emulated ?? point.emulated,
        parameters: parametersOf(conditions.get(point.conditionId)),
      };
    }),
  );
  const shown = new Set(values.map(({ run }) => run));
  return [...values, ...(measured === null ? [] : rowsWithout(dataset, measured, { slots, order, shown }))];
}

/** What was started and gave no value. */
function rowsWithout(
  dataset: Dataset,
  { campaign, state }: Measured,
  known: {
    readonly slots: ReadonlyMap<string, DataSlot>;
    readonly order: ReadonlyMap<string, number>;
    readonly shown: ReadonlySet<string | null>;
  },
): MeasurementRow[] {
  return planSessions(campaign)
    .flatMap((session) => session.runs)
    .flatMap(({ runId, block, slot, conditionId }) => {
      const run = state.runs.get(runId);
      const condition = campaign.conditions.find(({ id }) => id === conditionId);
      if (run === undefined || condition === undefined || known.shown.has(runId)) return [];
      const place = {
        slot,
        conditionId,
        conditionLabel: condition.label,
        subject: condition.workload,
        terms: null,
      };
      return [
        {
          ...cellFields(dataset, known.slots.get(slot), place),
          ...runFields(run, known.order),
          ...nothing,
          run: runId,
          block,
          emulated: run.emulated,
          parameters: parametersOf(condition),
        },
      ];
    });
}

interface CellPlace extends Pick<DataPoint, "subject" | "conditionId" | "conditionLabel" | "slot"> {
  readonly terms: Terms | null;
}

export function cellFields(
  { id }: Pick<Dataset, "id">,
  slot: DataSlot | undefined,
  place: CellPlace,
): Pick<
  MeasurementRow,
  | "campaign"
  | "slot"
  | "configuration"
  | "environment"
  | "workload"
  | "condition"
  | "condition_label"
  | "terms"
> {
  return {
    campaign: id,
    slot: place.slot,
    configuration: slot?.label ?? place.slot,
    environment: slot?.environment ?? null,
    workload: place.subject,
    condition: place.conditionId,
    condition_label: place.conditionLabel,
    terms: place.terms === null ? null : JSON.stringify(place.terms),
  };
}

function runFields(run: RunState | undefined, order: ReadonlyMap<string, number>) {
  return {
    order: run === undefined ? null : (order.get(run.runId) ?? null),
    status: run?.status ?? "ok",
    evidence: run === undefined ? null : evidenceVerdict(run.evidence),
    attempt: run?.attempt ?? null,
    started: run?.startedAt ?? null,
    // Zero until it has ended.
    seconds: run?.endedAt == null ? null : run.totalSeconds,
    failure: run?.failure?.message ?? null,
  };
}

function valueFields(point: DataPoint, { runId, block, value, outlier }: Sample) {
  return {
    run: runId,
    block,
    metric: point.quantity,
    metric_title: point.title,
    unit: point.unit,
    better: point.better,
    value,
    outlier,
    source: point.source?.series ?? null,
  };
}

const nothing = {
  metric: null,
  metric_title: null,
  unit: null,
  better: null,
  value: null,
  outlier: null,
  source: null,
};

export function parametersOf(condition: Condition | undefined): string | null {
  return condition === undefined ? null : JSON.stringify(condition.parameters);
}

/** Place of each run among those that were started, from 1, by the start of its latest attempt. */
function orderOf(runs: CampaignState["runs"]): ReadonlyMap<string, number> {
  const started = [...runs.values()].toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
  return new Map(started.map(({ runId }, index) => [runId, index + 1]));
}
