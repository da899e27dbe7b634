// The library: all campaign folders below one folder, as a list, with those that cannot be read named.
import { readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import { type Failure, TareError, toFailure } from "#shared/model/error.ts";
import { runIdOf } from "#shared/plan/plan-sessions.ts";
import { reduceAll } from "#shared/state/campaign-state.ts";
import { type CampaignContent, campaignIdOf, readCampaignFolder } from "./campaign-folder.ts";
import { campaignHolder, lockCampaign } from "./run-lock.ts";

const together = 8;

/** Entries by folder, good for as long as the journal and its holder are the same: a journal only grows. */
const known = new Map<string, { readonly stamp: string; readonly entry: CampaignEntry }>();

/** All campaigns, newest first, and a failure for each folder that cannot be read. */
export async function listCampaigns(
  campaignsFolder: string,
): Promise<{ campaigns: CampaignEntry[]; errors: Failure[] }> {
  const campaigns: CampaignEntry[] = [];
  const errors: Failure[] = [];
  const read = async (path: string) => {
    try {
      campaigns.push(await knownEntry(path));
    } catch (error) {
      errors.push(toFailure(error));
    }
  };
  const folders = await foldersOf(campaignsFolder);
  // Some at once: most of the time goes into waiting for the disk.
  for (let next = 0; next < folders.length; next += together) {
    await Promise.all(folders.slice(next, next + together).map(read));
  }
  campaigns.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return { campaigns, errors };
}

/** Path of the folder of a campaign. Throws TareError NOT_FOUND. */
export async function findCampaign(campaignsFolder: string, campaignId: string): Promise<string> {
  for (const path of await foldersOf(campaignsFolder)) if (campaignIdOf(path) === campaignId) return path;
  throw new TareError("NOT_FOUND", `There is no campaign ${campaignId} in ${campaignsFolder}.`);
}

/** Deletes a campaign's folder for good. Throws TareError BUSY while it runs. */
export async function removeCampaign(campaignsFolder: string, campaignId: string): Promise<void> {
  const path = await findCampaign(campaignsFolder, campaignId);
  if ((await campaignHolder(path)) !== null)
    throw new TareError("BUSY", "The campaign is running. Cancel it before it is removed.");
  await lockCampaign(path);
  // Out of the list at once: a removal that is cut short must not leave a damaged campaign.
  const doomed = join(dirname(path), `.removed-${campaignId}`);
  await rename(path, doomed);
  await rm(doomed, { recursive: true });
}

async function foldersOf(campaignsFolder: string): Promise<string[]> {
  const entries = await readdir(campaignsFolder, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isDirectory() && campaignIdOf(entry.name) !== null)
    .map((entry) => join(campaignsFolder, entry.name));
}

async function knownEntry(path: string): Promise<CampaignEntry> {
  const journal = await stat(join(path, "events.jsonl")).catch(() => null);
  const stamp = `${journal?.mtimeMs} ${journal?.size} ${await campaignHolder(path)}`;
  const before = known.get(path);
  if (before?.stamp === stamp) return before.entry;
  const entry = await entryOf(await readCampaignFolder(path));
  known.set(path, { stamp, entry });
  return entry;
}

async function entryOf({ path, campaign, events }: CampaignContent): Promise<CampaignEntry> {
  const state = reduceAll(events);
  const runs = [...state.runs.values()];
  const isDone = (runId: string) => ["ok", "failed"].includes(state.runs.get(runId)?.status ?? "");
  // A cell that the lab does not offer has no run to wait for; what ran of it before stays.
  const refusedRuns = [...state.refusedCells.values()]
    .flatMap(({ slot, conditionId }) =>
      Array.from({ length: campaign.blocks }, (_, index) => runIdOf(index + 1, slot, conditionId)),
    )
    .filter((runId) => !isDone(runId));
  const live = (await campaignHolder(path)) !== null;
  return {
    id: campaign.id,
    name: campaign.name,
    createdAt: campaign.createdAt,
    status: state.status === "running" && !live ? "interrupted" : state.status,
    lab: campaign.lab.name,
    demo: campaign.lab.demo,
    environments: [...new Set(campaign.configurations.map((configuration) => configuration.environment))],
    workloads: [...new Set(campaign.conditions.map((condition) => condition.workload))],
    runsDone: runs.filter((run) => run.status === "ok").length,
    runsFailed: runs.filter((run) => run.status === "failed").length,
    runsPlanned: state.plannedRuns - refusedRuns.length,
    sizeBytes: await folderSize(path),
    origin: "measured",
    blocks: campaign.blocks,
    configurations: campaign.configurations.map(({ label }) => label),
    machines: [campaign.lab.sut.address, campaign.lab.loadgen.address],
    tags: [],
    note: "",
    archived: false,
    importedAt: null,
    damage: null,
  };
}

async function folderSize(path: string): Promise<number> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          (file) => file.size,
          // A file that a running campaign just renamed counts next time.
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
