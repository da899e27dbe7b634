// Drafts of campaigns for the command line: from a JSON file, or from a lab and a preset.
import { readFile } from "node:fs/promises";
import type { LabStore } from "../library/lab-store.ts";
import { type CampaignDraft, campaignDraftSchema } from "#shared/model/campaign.ts";
import { TareError } from "#shared/model/error.ts";
import { presetNameSchema, presetNames } from "#shared/model/workload.ts";
import { campaignPreset, presetDraft, stepsLeftOut } from "#shared/plan/campaign-presets.ts";

export interface DraftOptions {
  readonly lab?: string;
  /** Id of a preset of campaigns: what is compared. */
  readonly campaign?: string;
  /** How large the workloads are. */
  readonly preset?: string;
  readonly blocks?: string;
  readonly seed?: string;
  readonly name?: string;
}

/** Throws TareError INPUT_INVALID naming the field, NOT_FOUND. */
export async function draftFrom(
  file: string | undefined,
  options: DraftOptions,
  labs: LabStore,
): Promise<CampaignDraft> {
  const chosen = (["lab", "campaign", "preset"] as const).filter((name) => options[name] !== undefined);
  if (file !== undefined && chosen.length > 0)
    throw new TareError(
      "INPUT_INVALID",
      `The draft ${file} says by itself what --${chosen.join(" and --")} would choose. Leave one of them out.`,
    );
  const draft = file === undefined ? await fromPreset(options, labs) : await fromFile(file);
  return parsed({
    ...draft,
    ...(options.blocks === undefined ? {} : { blocks: Number(options.blocks) }),
    ...(options.seed === undefined ? {} : { seed: Number(options.seed) }),
    ...(options.name === undefined ? {} : { name: options.name }),
  });
}

async function fromFile(file: string): Promise<CampaignDraft> {
  try {
    return parsed(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (error instanceof TareError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new TareError("INPUT_INVALID", `The draft ${file} cannot be read: ${reason}`);
  }
}

async function fromPreset(options: DraftOptions, labs: LabStore): Promise<CampaignDraft> {
  if (options.lab === undefined)
    throw new TareError("INPUT_INVALID", "Name a draft file, or a lab with --lab.");
  const preset = presetNameSchema.safeParse(options.preset ?? "quick");
  if (!preset.success) {
    throw new TareError(
      "INPUT_INVALID",
      `There is no preset ${options.preset}. Known are: ${presetNames.join(", ")}.`,
    );
  }
  const campaign = campaignPreset(options.campaign ?? "basic");
  const { sut } = await labs.facts(options.lab);
  for (const text of stepsLeftOut(campaign, sut)) process.stderr.write(`${text}\n`);
  return presetDraft(await labs.get(options.lab), preset.data, sut, campaign);
}

function parsed(value: unknown): CampaignDraft {
  const result = campaignDraftSchema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => `${issue.path.join(".") || "draft"}: ${issue.message}`);
  throw new TareError("INPUT_INVALID", `The draft cannot be used. ${issues.join("; ")}.`);
}
