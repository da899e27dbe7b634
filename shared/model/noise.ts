// How far ratios of one lab scattered from block to block in past campaigns: what the width of new intervals follows from.
import { z } from "zod";
import { environmentNameSchema } from "./configuration.ts";
import { failureSchema } from "./error.ts";
import { idSchema, timeSchema } from "./text.ts";
import { workloadNameSchema } from "./workload.ts";

export const noiseSchema = z.strictObject({
  workload: workloadNameSchema,
  conditionId: idSchema,
  /** Primary metric. */
  metric: z.string(),
  /** What was compared with native; `control`: native itself (A/A), the machine's own noise. */
  compared: environmentNameSchema.or(z.literal("control")),
  /** Standard deviation of the log ratio within the block, pooled over configurations and campaigns. */
  deviation: z.number().nonnegative(),
  /** Degrees of freedom that it has: pairs of runs less one for each configuration and campaign. */
  degrees: z.number().int().positive(),
  campaigns: z.number().int().positive(),
  /** Pairs of runs in all. */
  pairs: z.number().int().positive(),
});
export type Noise = z.infer<typeof noiseSchema>;

export const labNoiseSchema = z.strictObject({
  noise: z.array(noiseSchema),
  /** Complete campaigns of the lab that were read: the newest ones. */
  campaigns: z.number().int(),
  /** Creation of the newest of them; null without any. */
  newest: timeSchema.nullable(),
  /** Whether the lab is the built-in one, whose noise says nothing of hardware. */
  demo: z.boolean(),
  /** Campaigns that could not be read. */
  errors: z.array(failureSchema),
});
export type LabNoise = z.infer<typeof labNoiseSchema>;
