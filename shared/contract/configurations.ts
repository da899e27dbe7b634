// A person's own presets: configurations that are kept beside the labs, for every campaign.
import { z } from "zod";
import { configurationSchema } from "../model/configuration.ts";
import { failureSchema } from "../model/error.ts";
import { idSchema, lineSchema } from "../model/text.ts";
import { base } from "./app.ts";

export const ownPresetSchema = z.strictObject({
  id: idSchema,
  title: lineSchema,
  /** What it is for; may be empty. */
  summary: z.string().max(500, "must be at most 500 characters"),
  /** Without the serial number of a device: that is typed anew for each campaign. */
  configuration: configurationSchema,
});
export type OwnPreset = z.infer<typeof ownPresetSchema>;

export const configurationsContract = {
  /** All presets by title, and a failure for each file that cannot be read. */
  list: base.output(z.strictObject({ presets: z.array(ownPresetSchema), errors: z.array(failureSchema) })),
  /** Adds a preset, or replaces the one with the same id; a file that cannot be read is never replaced. */
  save: base.input(ownPresetSchema).output(ownPresetSchema),
  remove: base.input(z.strictObject({ presetId: idSchema })).output(z.strictObject({})),
};
