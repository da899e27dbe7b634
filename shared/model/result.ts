// What statistics say of a campaign: a row for each slot, condition and metric. Made by shared/stats, shown by table, figure and report.
import type { Metric } from "./measurement.ts";
import type { Verdict } from "./evidence.ts";
import type { WorkloadName } from "./workload.ts";

/** An estimate with its 95 % interval; the interval is null where there are fewer than two blocks. */
export interface Estimate {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
}

export interface ResultRow {
  readonly workload: WorkloadName;
  readonly conditionId: string;
  readonly conditionLabel: string;
  readonly metric: Metric;
  readonly slot: string;
  readonly configurationId: string;
  readonly label: string;
  /** Values of the runs that succeeded, by block. */
  readonly values: readonly {
    readonly block: number;
    readonly runId: string;
    readonly value: number;
    readonly outlier: boolean;
  }[];
  readonly failed: number;
  readonly planned: number;
  readonly mean: number | null;
  /** Sample standard deviation (n - 1); null below two values. */
  readonly deviation: number | null;
  /** Ratio to native within the block: geometric mean. Null for native itself, and where no block has both. */
  readonly ratio: Estimate | null;
  /** Blocks that the ratio is of, where they are fewer than the values: native lacks the others. */
  readonly ratioBlocks?: number;
  /** Label of the native configuration that the ratio is taken to, where that is not the campaign's first. */
  readonly comparedWith?: string;
  /** What the evidence of the runs says that the ratio is taken to, where it is not held. */
  readonly nativeEvidence?: Exclude<Verdict, "held">;
  /** Whether the ratio can be told from the machine's own noise; null where nothing can be said. */
  readonly distinguishable: boolean | null;
  /**
   * What the evidence of the runs says: the worst verdict of a required item in any of them. A run without evidence is
   * unknown where other runs of the campaign have some. Null where none has, and where no run succeeded.
   */
  readonly evidence: Verdict | null;
  /** True where a run was emulated: never to be compared as a result. */
  readonly emulated: boolean;
}

/** Tells the rows of a campaign's results apart. */
export function rowKey({
  slot,
  conditionId,
  metric,
}: Pick<ResultRow, "slot" | "conditionId" | "metric">): string {
  return `${slot}/${conditionId}/${metric.name}`;
}

/** The machine's own noise for one condition and metric, from the A/A control: ratio of control to native. */
export interface NoiseFloor {
  readonly conditionId: string;
  readonly metric: string;
  readonly ratio: Estimate;
}

/** One step of a ladder for one condition and metric: the ratio to the step before, and its share of the whole. */
export interface LadderStep {
  readonly configurationId: string;
  readonly label: string;
  readonly mean: number | null;
  /** Within the block, to the step before; null for the first step, and where no block has both. */
  readonly ratio: Estimate | null;
  /**
   * Part of the whole way's logarithm, from the blocks in which every step has a value, so that the shares add up to 1;
   * negative where the step leads back. Null where it cannot be said, or the whole is not distinguishable from nothing.
   */
  readonly share: number | null;
  readonly distinguishable: boolean | null;
  /** Of the runs of this step and of the one before, as in `ResultRow`. */
  readonly evidence: Verdict | null;
  readonly emulated: boolean;
}

export interface LadderRow {
  readonly ladderId: string;
  readonly title: string;
  readonly workload: WorkloadName;
  readonly conditionId: string;
  readonly conditionLabel: string;
  readonly metric: Metric;
  readonly steps: readonly LadderStep[];
  /** Last step to first. */
  readonly total: Estimate | null;
  readonly distinguishable: boolean | null;
}

/** Start-up of a slot's environment, from the command to the first answer on a port, s. One value a block; the ratio is to its native. */
export interface StartUpRow {
  readonly slot: string;
  readonly configurationId: string;
  readonly label: string;
  readonly values: readonly { readonly block: number; readonly seconds: number }[];
  readonly mean: number | null;
  readonly deviation: number | null;
  readonly ratio: Estimate | null;
  /** As in `ResultRow`. */
  readonly ratioBlocks?: number;
  /** As in `ResultRow`. */
  readonly comparedWith?: string;
  readonly distinguishable: boolean | null;
  readonly emulated: boolean;
}

/** A cell that was not measured, and why the lab does not offer it. */
export interface RefusedCell {
  readonly slot: string;
  readonly conditionId: string;
  readonly reason: string;
}

export interface Results {
  readonly rows: readonly ResultRow[];
  readonly floors: readonly NoiseFloor[];
  readonly ladders: readonly LadderRow[];
  readonly startUp: readonly StartUpRow[];
  readonly refused: readonly RefusedCell[];
}
