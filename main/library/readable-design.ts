// As much of a campaign's design as can be read: all of a whole one, something of one that is damaged or newer.
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { type Campaign, campaignSchema } from "#shared/model/campaign.ts";
import type { Failure } from "#shared/model/error.ts";
import { timeSchema } from "#shared/model/text.ts";

const text = z.string().nullable().catch(null);
const host = z.object({ address: text }).catch({ address: null });
const lab = z
  .object({ id: text, name: text, demo: z.boolean().catch(false), sut: host, loadgen: host })
  .catch({ id: null, name: null, demo: false, sut: { address: null }, loadgen: { address: null } });
/** Members that can be read; the others are left out. */
const readable = <T>(schema: z.ZodType<T>) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((items) => items.flatMap((item) => schema.safeParse(item).data ?? []));

const partSchema = z
  .object({
    schema: text,
    id: text,
    name: text,
    createdAt: timeSchema.nullable().catch(null),
    blocks: z.number().int().nullable().catch(null),
    lab,
    configurations: readable(z.object({ id: text, label: z.string(), environment: z.string() })),
    conditions: readable(z.object({ id: text, label: z.string(), workload: z.string() })),
  })
  .catch({
    schema: null,
    id: null,
    name: null,
    createdAt: null,
    blocks: null,
    lab: { id: null, name: null, demo: false, sut: { address: null }, loadgen: { address: null } },
    configurations: [],
    conditions: [],
  });

export interface ReadableDesign {
  /** Null where it is damaged, missing or of another version. */
  readonly campaign: Campaign | null;
  readonly part: z.infer<typeof partSchema>;
  readonly damage: Failure | null;
}

const ownSchema = campaignSchema.shape.schema.value;

export async function readableDesign(path: string): Promise<ReadableDesign> {
  const folder = basename(path);
  const damaged = (message: string, detail?: string): Failure => ({
    code: "CAMPAIGN_DAMAGED",
    message,
    ...(detail === undefined ? {} : { detail }),
  });
  let value: unknown;
  try {
    value = JSON.parse(await readFile(join(path, "campaign.json"), "utf8"));
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const message = missing
      ? `The folder ${folder} has no campaign.json: its design is missing. Restore the file from a backup.`
      : `The design of the campaign, campaign.json in ${folder}, cannot be read. Restore the file from a backup.`;
    const detail = error instanceof Error ? error.message : String(error);
    return {
      campaign: null,
      part: partSchema.parse(null),
      damage: damaged(message, missing ? undefined : detail),
    };
  }
  const part = partSchema.parse(value);
  const whole = campaignSchema.safeParse(value);
  if (whole.success) return { campaign: whole.data, part, damage: null };
  const newer = part.schema !== null && part.schema !== ownSchema;
  const message = newer
    ? `The campaign in ${folder} is of another version (${part.schema}; this Tare reads ${ownSchema}). Open it with that version.`
    : `The design of the campaign, campaign.json in ${folder}, is damaged. Restore the file from a backup.`;
  return {
    campaign: null,
    part,
    damage: damaged(message, z.prettifyError(whole.error).split("\n").slice(0, 6).join("\n")),
  };
}
