// A draft becomes a campaign: checked, numbered, with its seed drawn, in a folder of its own.
import { randomBytes, randomInt } from "node:crypto";
import { createCampaignFolder, openCampaignFolder } from "#main/library/campaign-folder.ts";
import { type Campaign, type CampaignDraft, campaignSchema } from "#shared/model/campaign.ts";
import { TareError } from "#shared/model/error.ts";
import type { Lab } from "#shared/model/lab.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { bindCondition } from "#shared/workloads/registry.ts";

/** The campaign that a draft stands for, without touching the disk. Throws TareError INPUT_INVALID. */
export function campaignOf(
  draft: CampaignDraft,
  lab: Lab,
  versions: Campaign["versions"],
  now: Date,
): Campaign {
  requireDistinct(
    "configuration",
    draft.configurations.map(({ id }) => id),
  );
  requireDistinct(
    "condition",
    draft.conditions.map(({ id }) => id),
  );
  if (!draft.configurations.some(({ environment }) => environment === "native")) {
    throw new TareError(
      "INPUT_INVALID",
      "A campaign needs a native configuration: every ratio is taken to it.",
    );
  }
  for (const condition of draft.conditions) bindCondition(condition);
  const { labId: _labId, ...design } = draft;
  return campaignSchema.parse({
    ...design,
    schema: "tare-campaign/1",
    id: `${slug(draft.name)}-${randomBytes(3).toString("hex")}`,
    createdAt: now.toISOString(),
    lab,
    seed: draft.seed ?? randomInt(0, 0xffffffff),
    versions,
  });
}

/** Creates the campaign's folder and its first event. Throws TareError DISK_FULL. */
export async function storeCampaign(campaignsFolder: string, campaign: Campaign): Promise<string> {
  const path = await createCampaignFolder(campaignsFolder, campaign);
  const folder = await openCampaignFolder(path);
  const plannedRuns = planSessions(campaign).reduce((sum, session) => sum + session.runs.length, 0);
  await folder.append({ type: "campaign-created", name: campaign.name, plannedRuns });
  await folder.close();
  return path;
}

function slug(name: string): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return words.slice(0, 40).replace(/-+$/, "") || "campaign";
}

function requireDistinct(what: string, ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    throw new TareError("INPUT_INVALID", `Two entries have the ${what} id ${twice}; each needs its own.`);
}
