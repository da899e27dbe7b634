// The design of a campaign: all that is decided before anything is touched. It is stored as campaign.json.
import { z } from "zod";
import { configurationSchema } from "./configuration.ts";
import { labSchema } from "./lab.ts";
import { idSchema, lineSchema, timeSchema } from "./text.ts";
import { conditionSchema, workloadNameSchema } from "./workload.ts";

/** Ids of configurations of the campaign in the order of the walk. */
export const ladderSchema = z.strictObject({
  id: idSchema,
  title: lineSchema,
  steps: z.array(idSchema).min(2),
});
export type Ladder = z.infer<typeof ladderSchema>;

/** What a person chooses; `createCampaign` makes a campaign of it. */
export const campaignDraftSchema = z.strictObject({
  name: lineSchema,
  labId: idSchema,
  /** The first one of environment `native` is what all ratios are taken to. */
  configurations: z.array(configurationSchema).min(1),
  conditions: z.array(conditionSchema).min(1),
  /** Workloads that a configuration is measured with, by its id; absent: all. The paper paired them, too. */
  scope: z.record(idSchema, z.array(workloadNameSchema).min(1)).optional(),
  /** Walks from one configuration to another, one change at a time: each step is compared with the one before. */
  ladders: z.array(ladderSchema).optional(),
  blocks: z.number().int().min(1).max(1000),
  /** Run the native configuration twice in each block, to learn the machine's own noise. */
  control: z.boolean(),
  /** Changes of the hosts for the whole campaign. */
  host: z.strictObject({
    /** Governor to set on both hosts; absent: leave it. */
    governor: lineSchema.optional(),
    /** Drop the SUT's page cache before each configuration. */
    dropCaches: z.boolean(),
    /** sysctls to set on the SUT. */
    sysctls: z.record(
      z.string().regex(/^[a-z0-9_]+(\.[a-zA-Z0-9_-]+)+$/, "must be a sysctl name"),
      lineSchema,
    ),
  }),
  /** Seed of the order; absent: drawn when the campaign is created. */
  seed: z.number().int().min(0).max(0xffffffff).optional(),
});
export type CampaignDraft = z.infer<typeof campaignDraftSchema>;

export const campaignSchema = campaignDraftSchema.omit({ labId: true }).extend({
  schema: z.literal("tare-campaign/1"),
  id: idSchema,
  createdAt: timeSchema,
  /** The lab as it was, so that the folder stands alone. Holds no secrets. */
  lab: labSchema,
  seed: z.number().int().min(0).max(0xffffffff),
  versions: z.strictObject({ tare: z.string(), node: z.string(), platform: z.string() }),
});
export type Campaign = z.infer<typeof campaignSchema>;

/** One planned execution of one cell. `slot` is the configuration's place in the block: its id, or `<id>.control`. */
export interface PlannedRun {
  /** `b03-native.control-redis-c50`: unique in the campaign, safe in paths, the same on every resume. */
  readonly runId: string;
  /** Counts from 1. */
  readonly block: number;
  readonly slot: string;
  readonly configurationId: string;
  readonly conditionId: string;
}

/** All runs of one configuration in one block; the environment is started once for them. */
export interface PlannedSession {
  readonly block: number;
  readonly slot: string;
  readonly configurationId: string;
  readonly runs: readonly PlannedRun[];
}

/** What tells two runs of the same kind apart from others: a cell is a slot and a condition. */
export function cellId(slot: string, conditionId: string): string {
  return `${slot}/${conditionId}`;
}
