// A sentence of the paper as a relation that a program evaluates on any campaign (assets/reference/felter2014-claims.json).
import type { Subject, Terms } from "./dataset.ts";

export const claimVerdicts = ["holds", "does-not-hold", "cannot-tell"] as const;
export type ClaimVerdict = (typeof claimVerdicts)[number];

/** Whose word counts for the environment of a series: what the data show, or the paper's own label. */
export const labellings = ["measured", "paper"] as const;
export type Labelling = (typeof labellings)[number];

/** Summary of the values that a relation yields; `values` where they are no numbers. */
export interface ClaimValues {
  readonly n: number;
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

/** One number that the verdict rests on, with what it is made of. */
export interface ClaimPart {
  /** What it belongs to: `{ op: "SET", clients: 50 }`. */
  readonly terms: Terms;
  readonly value: number;
  /** 95 % interval; null where it cannot be told. */
  readonly interval: readonly [number, number] | null;
  /** The point or points compared, by id. */
  readonly points: readonly string[];
}

export interface ClaimJudgement {
  readonly id: string;
  readonly section: string;
  readonly figure: number | null;
  readonly sentence: string;
  readonly subject: Subject | "setup";
  /** `paper`: bounds from numbers in its text; `judgement`: a reading of its words; `data`: added with the reference data. */
  readonly boundOrigin: "paper" | "judgement" | "data";
  /** The relation in words, with its bounds and units: `latency of KVM minus native, every protocol, is 25 to 35 µs`. */
  readonly relation: string;
  readonly unit: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: ClaimVerdict;
  readonly values: ClaimValues | { readonly values: readonly (string | number | boolean | null)[] } | null;
  readonly parts: readonly ClaimPart[];
  /** What is missing where it cannot be told, or why it fails: whole sentences. */
  readonly reasons: readonly string[];
  /** Note and assessment that stand beside the claim. */
  readonly notes: readonly string[];
  /** What the paper's text says as a number, where it does. */
  readonly paperText: string | null;
  /** The verdict and values on the paper's own raw data, as recorded, under the same labelling. */
  readonly reference: { readonly verdict: ClaimVerdict; readonly values: ClaimJudgement["values"] };
}
