// What a run yields: single values and whole distributions, always with a unit.
import { z } from "zod";

export const directionSchema = z.enum(["higher", "lower"]);
/** Which way is better. */
export type Direction = z.infer<typeof directionSchema>;

/** A quantity that a workload reports. `unit` is printed as it stands: `GB/s`, `µs`, `1/s`. */
export interface Metric {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly better: Direction;
  /** The metric that stands for the workload in tables and figures comes first in its list; others are secondary. */
  readonly primary: boolean;
}

export const measurementSchema = z.strictObject({ metric: z.string(), value: z.number(), unit: z.string() });
export type Measurement = z.infer<typeof measurementSchema>;

/** A whole distribution as the tool counted it: ascending bucket values and how many observations each holds. */
export const distributionSchema = z.strictObject({
  metric: z.string(),
  unit: z.string(),
  values: z.array(z.number()),
  counts: z.array(z.number()),
});
export type Distribution = z.infer<typeof distributionSchema>;

/** What a parser found in a run's raw output. */
export const readingSchema = z.strictObject({
  measurements: z.array(measurementSchema),
  distributions: z.array(distributionSchema),
  /** Things an engineer should know of this run: errors counted by the tool, verification, retransmits. */
  remarks: z.array(z.string()),
});
export type Reading = z.infer<typeof readingSchema>;
