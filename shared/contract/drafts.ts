// Drafts of wizards that a person saved: forms as they were typed, finished or not.
import { z } from "zod";
import { failureSchema } from "../model/error.ts";
import { idSchema, lineSchema, timeSchema } from "../model/text.ts";
import { base } from "./app.ts";

/** Characters of JSON; the paper's whole matrix takes some 60 000. */
const formLimit = 2 ** 20;

export const savedDraftSchema = z.strictObject({
  id: idSchema,
  kind: z.literal("campaign"),
  name: lineSchema,
  savedAt: timeSchema,
  /** The form's fields, of which its wizard knows the meaning. */
  form: z
    .record(z.string(), z.json())
    .refine((form) => JSON.stringify(form).length <= formLimit, "must be at most 1 MiB of JSON"),
});
export type SavedDraft = z.infer<typeof savedDraftSchema>;

export const draftsContract = {
  /** All drafts, the newest first, and a failure for each file that cannot be read. */
  list: base.output(z.strictObject({ drafts: z.array(savedDraftSchema), errors: z.array(failureSchema) })),
  /** Adds a draft, or replaces the one with the same id; answers with the time of it. */
  save: base.input(savedDraftSchema.omit({ savedAt: true })).output(savedDraftSchema),
  remove: base.input(z.strictObject({ draftId: idSchema })).output(z.strictObject({})),
};
