// What a campaign found as a line for each quantity of each cell: mean, deviation, intervals, ratio to native.
import type { DataPoint, Dataset } from "../model/dataset.ts";
import { field, type Column } from "./column.ts";
import { cellFields, parametersOf, type Measured, type MeasurementRow } from "./measurement-rows.ts";

export interface SummaryRow extends Pick<
  MeasurementRow,
  | "campaign"
  | "slot"
  | "configuration"
  | "environment"
  | "workload"
  | "condition"
  | "condition_label"
  | "parameters"
  | "terms"
> {
  readonly metric: string;
  readonly metric_title: string;
  readonly primary: boolean;
  readonly unit: string;
  readonly better: string | null;
  readonly n: number | null;
  readonly failed: number;
  readonly mean: number;
  readonly deviation: number | null;
  readonly deviation_note: string | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly ratio: number | null;
  readonly ratio_low: number | null;
  readonly ratio_high: number | null;
  readonly distinguishable: boolean | null;
  readonly evidence: string | null;
  readonly emulated: boolean;
  readonly paper_environment: string | null;
  readonly source: string | null;
  readonly figure: number | null;
}

const nullable = { nullable: true };

export const summaryColumns: readonly Column<SummaryRow>[] = [
  field("campaign", "text", "Id of the campaign."),
  field("slot", "text", "Place in the block: the configuration's id, with `.control` the A/A control."),
  field("configuration", "text", "Label of the configuration."),
  field("environment", "text", "`native`, `docker` or `kvm`.", nullable),
  field("workload", "text", "Name of the workload; `startup` for the start of an environment."),
  field("condition", "text", "Id of the condition; of the paper its terms in words."),
  field("condition_label", "text", "The condition in words."),
  field("parameters", "json", "All parameters of the condition; null where there are none.", nullable),
  field("terms", "json", "The condition in the words of the reference data.", nullable),
  field("metric", "text", "In the words of the reference data where these have one."),
  field("metric_title", "text", "The metric in words."),
  field("primary", "flag", "The metric stands for its workload in tables and figures."),
  field("unit", "text", "Unit of mean, deviation, low and high."),
  field("better", "text", "`higher` or `lower`; null where neither is.", nullable),
  field("n", "count", "Values behind the mean; null where the authors did not say.", nullable),
  field("failed", "count", "Runs of the cell that failed."),
  field("mean", "number", "Arithmetic mean, in `unit`."),
  field("deviation", "number", "Sample standard deviation (n - 1), in `unit`.", nullable),
  field("deviation_note", "text", "What else the deviation is than that between repeats.", nullable),
  field("low", "number", "Lower end of the mean's 95 % interval (Student's t), in `unit`.", nullable),
  field("high", "number", "Upper end, in `unit`.", nullable),
  field(
    "ratio",
    "number",
    "Ratio to native: geometric mean of the ratios within each block; of the paper from the means.",
    nullable,
  ),
  field("ratio_low", "number", "Lower end of its 95 % interval.", nullable),
  field("ratio_high", "number", "Upper end of its 95 % interval.", nullable),
  field(
    "distinguishable",
    "flag",
    "The ratio can be told from 1 and from the machine's own noise; null where nothing can be said.",
    nullable,
  ),
  field(
    "evidence",
    "text",
    "`held`, `not-held` or `unknown`, the worst of its runs; null where none was collected.",
    nullable,
  ),
  field("emulated", "flag", "The guest ran without hardware virtualization: no result."),
  field(
    "paper_environment",
    "text",
    "Of the paper: its own label, where that differs from what its data show.",
    nullable,
  ),
  field("source", "text", "Of the paper: name of the series in the reference data.", nullable),
  field("figure", "count", "Of the paper: number of the figure that shows it.", nullable),
];

export function summaryRows(dataset: Dataset, measured: Measured | null): SummaryRow[] {
  const slots = new Map(dataset.slots.map((slot) => [slot.slot, slot]));
  const conditions = new Map(measured?.campaign.conditions.map((each) => [each.id, each]));
  return dataset.points.map((point) => ({
    ...cellFields(dataset, slots.get(point.slot), point),
    parameters: parametersOf(conditions.get(point.conditionId)),
    ...statistics(point),
  }));
}

function statistics(point: DataPoint): Omit<SummaryRow, keyof ReturnType<typeof cellFields> | "parameters"> {
  const { interval, ratio, source } = point;
  return {
    metric: point.quantity,
    metric_title: point.title,
    primary: point.primary,
    unit: point.unit,
    better: point.better,
    n: point.n,
    failed: point.failed,
    mean: point.mean,
    deviation: point.deviation,
    deviation_note: point.deviationNote,
    low: interval?.[0] ?? null,
    high: interval?.[1] ?? null,
    ratio: ratio?.value ?? null,
    ratio_low: ratio?.interval?.[0] ?? null,
    ratio_high: ratio?.interval?.[1] ?? null,
    distinguishable: point.distinguishable,
    evidence: point.evidence,
    emulated: point.emulated,
    paper_environment: point.paperEnvironment,
    source: source?.series ?? null,
    figure: source?.figure ?? null,
  };
}
