// The test of reachability before a campaign: what is asked, and its steps.
import { z } from "zod";
import { failureSchema } from "../model/error.ts";
import { networkChoiceSchema } from "../model/network-choice.ts";
import { idSchema, portSchema } from "../model/text.ts";

export const reachRequestSchema = z.strictObject({
  labId: idSchema,
  choice: networkChoiceSchema,
  /** Ports of the campaign's workloads. */
  ports: z.array(z.strictObject({ port: portSchema, protocol: z.enum(["tcp", "udp"]) })).max(100),
});
export type ReachRequest = z.infer<typeof reachRequestSchema>;

/** A step, sent when it begins and again when it ends. */
export const reachStepSchema = z.strictObject({
  step: z.string(),
  /** `warning`: not as it should be, but a campaign can go on. `untested`: this could not be tried, and why. */
  status: z.enum(["running", "ok", "warning", "failed", "untested"]),
  text: z.string(),
  failure: failureSchema.optional(),
});
export type ReachStep = z.infer<typeof reachStepSchema>;
