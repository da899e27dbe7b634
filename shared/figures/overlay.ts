// Figures over any number of campaigns, the paper's included: one definition a figure, pure functions of datasets.
import type { Labelling } from "../model/claim.ts";
import type { DataDistribution, Dataset, Subject } from "../model/dataset.ts";
import type { Figure } from "./figure.ts";
import type { FigureTheme } from "./palette.ts";

/** `absolute`: values with their unit. `relative`: each to its own campaign's native at the same condition. */
export type Scale = "absolute" | "relative";

export interface OverlayInputs {
  /** In the order in which they are drawn; the first one is what the eye begins with. */
  readonly datasets: readonly Dataset[];
  /** By campaign id; absent where they were not asked for. */
  readonly distributions: ReadonlyMap<string, readonly DataDistribution[]>;
  readonly scale: Scale;
  readonly labelling: Labelling;
  readonly theme: FigureTheme;
  /** One of the figure's `variants`; absent: the first. */
  readonly variant?: string;
}

/** One of several figures that a definition can draw: a ladder at a condition, the distributions of a job. */
export interface FigureVariant {
  readonly id: string;
  readonly title: string;
}

export interface FigureDefinition {
  /** Safe in paths and element ids: `figure-13`, `overhead`. */
  readonly id: string;
  /** The paper's number; null for figures beyond it. */
  readonly number: number | null;
  readonly title: string;
  /** What it shows and how to read it, in one or two sentences. */
  readonly summary: string;
  /** What it reads, so that no more is fetched; null: every subject. */
  readonly subjects: readonly Subject[] | null;
  /** Needs distributions, which are read from raw output. */
  readonly distributions: boolean;
  /** Whether values relative to native make sense. */
  readonly relative: boolean;
  /** What there is to choose from in these datasets; absent where there is but one figure. */
  variants?(inputs: OverlayInputs): readonly FigureVariant[];
  /** Null where none of the campaigns has the data. */
  draw(inputs: OverlayInputs): Figure | null;
}

/** What a point's click opens (`customdata`): `<campaign id> <point id>`. */
export function pointKey(campaignId: string, pointId: string): string {
  return `${campaignId} ${pointId}`;
}

export function pointOfKey(key: string): { campaignId: string; pointId: string } | null {
  const at = key.indexOf(" ");
  return at < 1 ? null : { campaignId: key.slice(0, at), pointId: key.slice(at + 1) };
}
