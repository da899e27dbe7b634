// What a campaign found, in one form for measured campaigns and for the paper's: figures, claims, comparisons and
// exports read nothing else. Quantities and terms are those of the reference data (assets/reference/felter2014.json).
import type { CampaignStatus } from "../model/campaign-status.ts";
import type { EnvironmentName } from "./configuration.ts";
import type { Verdict } from "./evidence.ts";
import type { Direction } from "./measurement.ts";
import type { Estimate, LadderRow } from "./result.ts";
import type { WorkloadName } from "./workload.ts";

/** What was run; starting an environment counts as one, as the paper gives its time. */
export type Subject = WorkloadName | "startup";

/** A condition in the words of the reference data: `{ op: "SET", clients: 50 }`, `{ kernel: "Copy", sockets: 2 }`. */
export type Terms = Readonly<Record<string, string | number | boolean | null>>;

/** Id of the paper as a campaign. */
export const paperId = "felter-2014";

export interface Sample {
  /** Counts from 1; of the paper the repeat's number, which tells nothing of what ran at the same time. */
  readonly block: number;
  /** Null where there is no run to open. */
  readonly runId: string | null;
  readonly value: number;
  readonly outlier: boolean;
  /** When the run began; null where that was not kept. */
  readonly startedAt: string | null;
}

/** Where a number of the paper comes from. */
export interface PaperSource {
  readonly series: string;
  /** Figure that shows it, null for data that no figure shows. */
  readonly figure: number | null;
  readonly files: readonly string[];
  readonly derivation: string;
  readonly note: string | null;
  /** `raw-log`, `authors-spreadsheet` (no tool output kept), `derived`. */
  readonly origin: string;
  /** Plotted in the report; null where that is unclear. */
  readonly inPaper: boolean | null;
  /** The series that stands for its figure, or another metric of the same runs; false: pilots, re-runs, other commands. */
  readonly primary: boolean;
}

/** One quantity of one cell. */
export interface DataPoint {
  /** Unique in the dataset; of a measured campaign `rowKey`. */
  readonly id: string;
  readonly subject: Subject;
  /** In the words of the reference data where it has one (`bandwidth`, `latency_mean`); else the workload's metric. */
  readonly quantity: string;
  readonly title: string;
  readonly unit: string;
  readonly better: Direction | null;
  readonly conditionId: string;
  readonly conditionLabel: string;
  readonly terms: Terms;
  /** One of the dataset's `slots`. */
  readonly slot: string;
  /** The environment in the words of the claims (`docker-nat-aufs`); null where they have none for it. */
  readonly environment: string | null;
  /** The same under the paper's own label, where that differs from what its data show. */
  readonly paperEnvironment: string | null;
  /** Stands for its workload in overviews; secondary quantities, pilots and re-runs do not. */
  readonly primary: boolean;
  /** Repeats behind the mean; null where the authors did not say. */
  readonly n: number | null;
  readonly mean: number;
  /** Sample standard deviation (n - 1); null below two samples. */
  readonly deviation: number | null;
  /** What else the deviation is than that between repeats, where it is; null elsewhere. */
  readonly deviationNote: string | null;
  /** 95 % interval of the mean (Student's t); null where it cannot be told. */
  readonly interval: readonly [number, number] | null;
  /** Every repeat; null where only the summary exists. */
  readonly samples: readonly Sample[] | null;
  /** To the dataset's own native, as `ResultRow.ratio`; of the paper from means, without pairing. */
  readonly ratio: Estimate | null;
  /** Degrees of freedom of the ratio's interval, where they are not n - 1. */
  readonly ratioDegrees?: number;
  readonly distinguishable: boolean | null;
  readonly evidence: Verdict | null;
  readonly emulated: boolean;
  readonly failed: number;
  readonly source: PaperSource | null;
}

export interface DataSlot {
  readonly slot: string;
  readonly configurationId: string;
  readonly label: string;
  readonly environment: EnvironmentName;
  /** The second native of a block: the A/A control. */
  readonly control: boolean;
  /** The choices on every axis in words. */
  readonly description: string;
}

/** A parameter of the measurement that claims ask for (`{ subject: "redis", environment: null, key: "pipeline", value: 10 }`). */
export interface DataSetting {
  readonly subject: Subject;
  /** In the words of the claims; null where it holds for all. */
  readonly environment: string | null;
  readonly key: string;
  readonly value: string | number | boolean | null;
  readonly source: string;
}

/** One statement on which the paper and its own data disagree. */
export interface Contradiction {
  readonly id: string;
  readonly subject: Subject | "setup";
  readonly title: string;
  readonly paper: string;
  readonly data: string;
  readonly reason: string;
}

export interface Dataset {
  readonly id: string;
  readonly name: string;
  readonly origin: "measured" | "paper";
  /** When the campaign was made; of the paper the day of its last data. */
  readonly createdAt: string;
  readonly status: CampaignStatus;
  /** Which machines, for a subtitle: `lab "Two hosts" (198.18.1.2)`. */
  readonly place: string;
  /** Both hosts are parts of one machine: nothing here is a result. */
  readonly demo: boolean;
  /** What traffic crosses, where that is to be known of every network figure; null where it is ordinary. */
  readonly network: string | null;
  /** Blocks of the design; null of the paper, whose repeats are not in blocks. */
  readonly blocks: number | null;
  readonly slots: readonly DataSlot[];
  readonly points: readonly DataPoint[];
  readonly settings: readonly DataSetting[];
  readonly contradictions: readonly Contradiction[];
  /** Walks from one configuration to another, step by step; their `metric` is the workload's own. */
  readonly ladders: readonly LadderRow[];
}

/** A distribution as bins: value and share of the observations at or below it, ascending, 0 to 1. */
export interface DataDistribution {
  readonly subject: Subject;
  readonly quantity: string;
  readonly title: string;
  readonly unit: string;
  readonly conditionId: string;
  readonly conditionLabel: string;
  readonly terms: Terms;
  readonly slot: string;
  readonly environment: string | null;
  readonly paperEnvironment: string | null;
  readonly values: readonly number[];
  readonly shares: readonly number[];
  /** Number of observations; null where only percentiles were kept. */
  readonly observations: number | null;
  /** The same of each block, for bands; null where there is but one, or only percentiles. */
  readonly blocks:
    | readonly {
        readonly block: number;
        readonly runId: string;
        readonly values: readonly number[];
        readonly shares: readonly number[];
      }[]
    | null;
  readonly emulated: boolean;
  readonly source: PaperSource | null;
}

/** Distributions of one campaign, which are read from raw output and so asked for on their own. */
export interface Distributions {
  readonly campaignId: string;
  readonly distributions: readonly DataDistribution[];
  /** Runs whose raw output could not be read, and why. */
  readonly unreadable: readonly { readonly runId: string; readonly reason: string }[];
}
