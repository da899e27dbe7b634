// What differs between campaigns: first what they were measured on, then what they found.
import type { Campaign } from "./campaign.ts";
import type { Dataset, Subject } from "./dataset.ts";
import type { Facts } from "./facts.ts";
import type { Direction } from "./measurement.ts";
import type { Estimate } from "./result.ts";

/** What a campaign was measured on and with. */
export interface CampaignDescription {
  readonly id: string;
  readonly name: string;
  readonly origin: Dataset["origin"];
  readonly createdAt: string;
  /** Null of the paper, which has no file of its design. */
  readonly design: Campaign | null;
  readonly facts: { readonly sut: Facts | null; readonly loadgen: Facts | null };
  /** Version lines of programs inside the environments, by name. */
  readonly tools: Readonly<Record<string, string>>;
}

export const differenceAreas = ["sut", "loadgen", "versions", "configurations", "design"] as const;
export type DifferenceArea = (typeof differenceAreas)[number];

/** One thing that is not the same in all campaigns. */
export interface Difference {
  readonly area: DifferenceArea;
  /** `cpu.model`, `docker-nat: network`, `blocks`. */
  readonly path: string;
  /** One text a campaign, in their order; null where the campaign says nothing of it. */
  readonly values: readonly (string | null)[];
}

/** Whether two numbers differ: the ratio of the second to the first. */
export interface EffectTest {
  readonly ratio: Estimate;
  /** Of Welch's t on logarithms; null where it cannot be computed. */
  readonly p: number | null;
  /** After the correction for all comparisons of its kind. */
  readonly adjusted: number | null;
  /** Adjusted p below 0.05, and farther from 1 than both campaigns' noise floors reach; null where nothing can be said. */
  readonly real: boolean | null;
}

/** One quantity of one cell that two campaigns have. */
export interface Effect {
  readonly key: string;
  /** The campaign that is compared with the first one. */
  readonly campaignId: string;
  readonly subject: Subject;
  readonly title: string;
  readonly unit: string;
  readonly better: Direction | null;
  readonly conditionLabel: string;
  readonly label: string;
  readonly primary: boolean;
  /** Ids of the points in the first campaign and in this one. */
  readonly points: readonly [string, string];
  readonly means: readonly [number, number];
  /** Value to value. */
  readonly value: EffectTest | null;
  /** Overhead to overhead: ratio to native here, to the ratio to native there; null where either has none. */
  readonly overhead: EffectTest | null;
  /** Why no test is made, where none is. */
  readonly reason: string | null;
  /** Conditions that are not the same although the cell is: `pipeline 1 → 10`. */
  readonly cautions: readonly string[];
}

/** How p values are corrected: `holm` bounds the chance of any false one, `benjamini-hochberg` their share. */
export type Correction = "holm" | "benjamini-hochberg";

export interface Comparison {
  readonly campaigns: readonly { readonly id: string; readonly name: string }[];
  readonly differences: readonly Difference[];
  /** Areas of which some campaign has nothing to compare. */
  readonly unknown: readonly { readonly area: DifferenceArea; readonly names: readonly string[] }[];
  /** Real ones first, the largest before; then the others in the same order. */
  readonly effects: readonly Effect[];
  /** Cells that only one of them has, by campaign. */
  readonly unmatched: readonly { readonly campaignId: string; readonly count: number }[];
}
