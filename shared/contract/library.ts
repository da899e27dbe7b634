// The library: find, annotate, put aside, remove and bring back, and the data of campaigns for figures and claims.
import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import type { ClaimJudgement } from "../model/claim.ts";
import type { Comparison } from "../model/comparison.ts";
import type { Dataset, Distributions } from "../model/dataset.ts";
import type { PaperFacts } from "../model/paper.ts";
import { idSchema, lineSchema, timeSchema } from "../model/text.ts";
import { workloadNames } from "../model/workload.ts";
import { base } from "./app.ts";
import { campaignEntrySchema } from "./campaigns.ts";

const campaignId = z.strictObject({ campaignId: idSchema });
const done = z.strictObject({});

/** What a person writes about a campaign; kept in its folder as `library.json`, the paper's beside the library. */
export const annotationSchema = z.strictObject({
  tags: z.array(lineSchema.max(40)).max(32),
  note: z.string().max(20_000),
  archived: z.boolean(),
});
export type Annotation = z.infer<typeof annotationSchema>;

/** How far the index is: it is rebuilt in the background, and the list grows meanwhile. */
export const indexStateSchema = z.strictObject({
  /** Counts up with every change of the list. */
  generation: z.number().int(),
  building: z.boolean(),
  done: z.number().int(),
  total: z.number().int(),
});
export type IndexState = z.infer<typeof indexStateSchema>;

/** A removed campaign that can still be brought back. */
export const removedSchema = z.strictObject({
  campaignId: idSchema,
  name: z.string(),
  removedAt: timeSchema,
  sizeBytes: z.number(),
});
export type Removed = z.infer<typeof removedSchema>;

const subjectSchema = z.enum([...workloadNames, "startup"]);
/** Sent by the core, which made it: its type is enough. */
const trusted = <T>() => z.custom<T>((value) => typeof value === "object" && value !== null);

export const libraryContract = {
  list: base.output(
    z.strictObject({
      campaigns: z.array(campaignEntrySchema),
      removed: z.array(removedSchema),
      /** Bytes of all campaigns, of removed ones, and free on the file system that holds them. */
      disk: z.strictObject({ campaigns: z.number(), removed: z.number(), free: z.number() }),
      index: indexStateSchema,
    }),
  ),
  /** The state of the index now and after every change. */
  watch: base.output(eventIterator(indexStateSchema)),
  /**
   * Full text over names, notes, tags, machines, workloads, configurations and conditions: every word must be found,
   * the last one as a beginning too. Best match first. Any text is a query; none finds nothing.
   */
  find: base
    .input(z.strictObject({ text: z.string().max(500) }))
    .output(z.strictObject({ campaignIds: z.array(z.string()) })),
  annotate: base.input(campaignId.extend({ annotation: annotationSchema })).output(done),
  rename: base.input(campaignId.extend({ name: lineSchema })).output(done),
  /** Out of the library, into its bin. Throws BUSY while it runs. */
  remove: base.input(campaignId).output(done),
  restore: base.input(campaignId).output(done),
  /** Deletes removed campaigns for good: one, or all. */
  purge: base.input(z.strictObject({ campaignId: idSchema.nullable() })).output(done),
  /** Derives the whole index anew, in the background. */
  rebuild: base.output(done),
  /** In the order asked for. Points of the subjects alone where some are named. Throws NOT_FOUND, CAMPAIGN_DAMAGED. */
  datasets: base
    .input(
      z.strictObject({
        campaignIds: z.array(idSchema).min(1).max(200),
        subjects: z.array(subjectSchema).optional(),
      }),
    )
    .output(trusted<Dataset[]>()),
  distributions: base
    .input(z.strictObject({ campaignIds: z.array(idSchema).min(1).max(200), subject: subjectSchema }))
    .output(trusted<Distributions[]>()),
  /** Each of the campaigns against the first one: what they ran on, then what they found. Throws as `datasets`. */
  compare: base
    .input(
      z.strictObject({
        campaignIds: z.array(idSchema).min(2).max(20),
        correction: z.enum(["holm", "benjamini-hochberg"]),
      }),
    )
    .output(trusted<Comparison>()),
  /** What the paper is and what its repository has of each figure. */
  paper: base.output(trusted<PaperFacts>()),
  /** Every claim of the paper, judged on the campaign, in the paper's order. */
  claims: base
    .input(campaignId.extend({ labelling: z.enum(["measured", "paper"]) }))
    .output(trusted<ClaimJudgement[]>()),
};
