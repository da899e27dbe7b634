// Campaigns: plan, start, steer, follow, list.
import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { campaignStatusSchema } from "../model/campaign-status.ts";
import { campaignDraftSchema, campaignSchema } from "../model/campaign.ts";
import { failureSchema } from "../model/error.ts";
import { eventSchema } from "../model/event.ts";
import { machineSchema } from "../model/lab.ts";
import { labNoiseSchema } from "../model/noise.ts";
import { idSchema, timeSchema } from "../model/text.ts";
import { base } from "./app.ts";

/** One line of a dry run: what will be done, where, with the exact commands, and how long it should take. */
export const dryStepSchema = z.strictObject({
  block: z.number().int().nullable(),
  slot: z.string().nullable(),
  runId: z.string().nullable(),
  machine: machineSchema.or(z.literal("laptop")),
  kind: z.enum([
    "probe",
    "change",
    "environment",
    "prepare",
    "server",
    "warm-up",
    "measure",
    "finish",
    "undo",
  ]),
  title: z.string(),
  /** Commands as text that a POSIX shell would accept; root commands start with "# as root". */
  commands: z.array(z.string()),
  seconds: z.number().nonnegative(),
});
export type DryStep = z.infer<typeof dryStepSchema>;

export const dryRunSchema = z.strictObject({
  seed: z.number().int(),
  /** Runs that will take place: without those of refused cells. */
  runs: z.number().int(),
  totalSeconds: z.number(),
  steps: z.array(dryStepSchema),
  /** Cells that are left out because the lab does not offer what they need. */
  refused: z.array(z.strictObject({ slot: z.string(), conditionId: idSchema, reason: z.string() })),
  /**
   * What keeps the campaign from starting (`error`), what leaves cells out (`refused`), what should be known (`warning`),
   * with the field of the draft that it belongs to.
   */
  findings: z.array(
    z.strictObject({
      severity: z.enum(["error", "refused", "warning"]),
      field: z.string().nullable(),
      text: z.string(),
    }),
  ),
  /** Age of the facts that the plan was checked against, or null where the lab was never probed. */
  factsTakenAt: timeSchema.nullable(),
});
export type DryRun = z.infer<typeof dryRunSchema>;

/** One entry of the library. */
export const campaignEntrySchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  createdAt: timeSchema,
  status: campaignStatusSchema,
  lab: z.string(),
  demo: z.boolean(),
  environments: z.array(z.string()),
  workloads: z.array(z.string()),
  runsDone: z.number().int(),
  runsFailed: z.number().int(),
  runsPlanned: z.number().int(),
  sizeBytes: z.number(),
  /** `paper`: the reference data, which cannot be changed or removed. */
  origin: z.enum(["measured", "paper"]),
  blocks: z.number().int().nullable(),
  configurations: z.array(z.string()),
  /** Host names and addresses of both machines, as far as they are known. */
  machines: z.array(z.string()),
  tags: z.array(z.string()),
  note: z.string(),
  archived: z.boolean(),
  /** When it came from a file; null for what was measured here. */
  importedAt: timeSchema.nullable(),
  /** What cannot be read of it, where something cannot; the rest of the entry says what can. */
  damage: failureSchema.nullable(),
});
export type CampaignEntry = z.infer<typeof campaignEntrySchema>;

/** What is shown live and kept nowhere else: the tail of a job's output and the samples of the last second. */
export const liveSchema = z.discriminatedUnion("kind", [
  /** Progress of a long step outside of runs; `share` is null where it is not known. */
  z.strictObject({
    kind: z.literal("progress"),
    name: z.string(),
    text: z.string(),
    share: z.number().nullable(),
  }),
  z.strictObject({
    kind: z.literal("output"),
    runId: z.string(),
    stream: z.enum(["stdout", "stderr"]),
    text: z.string(),
  }),
  z.strictObject({
    kind: z.literal("sample"),
    machine: machineSchema,
    at: timeSchema,
    /** Shares of all CPU time in the last second, 0 to 1. */
    cpu: z.strictObject({
      user: z.number(),
      system: z.number(),
      iowait: z.number(),
      steal: z.number(),
      idle: z.number(),
    }),
    /** Bytes a second over all interfaces but lo. */
    network: z.strictObject({ receive: z.number(), transmit: z.number() }),
    frequencyKhz: z.number().nullable(),
  }),
]);
export type Live = z.infer<typeof liveSchema>;

/** A file of a campaign's folder, to be fetched as `raw/<campaignId>/<path>`. */
const rawFileSchema = z.strictObject({ path: z.string(), sizeBytes: z.number() });

const campaignId = z.strictObject({ campaignId: idSchema });
const done = z.strictObject({});

export const campaignsContract = {
  get: base.input(campaignId).output(campaignSchema),
  /** Everything that would be done, without touching a host. */
  dryRun: base.input(campaignDraftSchema).output(dryRunSchema),
  create: base.input(campaignDraftSchema).output(campaignSchema),
  /** Starts or takes up again; returns when it is under way. */
  start: base.input(campaignId).output(done),
  /** Stops after the run that is under way; `resume` goes on. */
  pause: base.input(campaignId).output(done),
  resume: base.input(campaignId).output(done),
  /** Ends the run that is under way, undoes every change, keeps what was measured. */
  cancel: base.input(campaignId).output(done),
  /** How far ratios scattered in the lab's past campaigns; what could not be read is named beside it. */
  noise: base.input(z.strictObject({ labId: idSchema })).output(labNoiseSchema),
  /** Journal from `afterSeq` on, then live; ends never while the window looks. */
  events: base
    .input(campaignId.extend({ afterSeq: z.number().int().min(0) }))
    .output(eventIterator(eventSchema)),
  live: base.input(campaignId).output(eventIterator(liveSchema)),
  files: base.input(campaignId.extend({ runId: z.string() })).output(z.array(rawFileSchema)),
};
