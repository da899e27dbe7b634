// The noise of a lab as its past campaigns show it.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import { type Failure, TareError, toFailure } from "#shared/model/error.ts";
import type { LabNoise, Noise } from "#shared/model/noise.ts";
import { reduceAll } from "#shared/state/campaign-state.ts";
import { campaignNoise, pooledNoise } from "#shared/stats/noise.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { readCampaignFolder, readDesign } from "./campaign-folder.ts";
import { findCampaign } from "./library.ts";

/** So many of a lab's complete campaigns are read, the newest first: what a machine was long ago says little. */
const newestCount = 20;

/** By folder, good for as long as the journal is the same. */
const known = new Map<string, { readonly stamp: string; readonly noise: readonly Noise[] }>();

/**
 * From complete campaigns that were measured here alone, of `candidates`: the library's campaigns of the lab, newest first. A campaign that cannot be read is named in `errors` and hides none of the others.
 * Throws TareError CANCELLED when `signal` is raised.
 */
export async function labNoise(
  campaignsFolder: string,
  labId: string,
  candidates: readonly CampaignEntry[],
  signal: AbortSignal,
): Promise<LabNoise> {
  // An imported campaign's lab may have this one's id, and is somebody else's machines.
  const own = candidates.filter(({ origin, importedAt }) => origin === "measured" && importedAt === null);
  const errors: Failure[] = own.flatMap(({ damage }) => damage ?? []);
  const found: { readonly createdAt: string; readonly demo: boolean; readonly noise: readonly Noise[] }[] =
    [];
  for (const { id, status, createdAt, demo, damage } of own) {
    if (signal.aborted) throw new TareError("CANCELLED", "Looking at past campaigns was cancelled.");
    if (found.length >= newestCount) break;
    if (status !== "complete" || damage !== null) continue;
    try {
      const path = await findCampaign(campaignsFolder, id);
      if ((await readDesign(path)).lab.id !== labId) continue;
      found.push({ createdAt, demo, noise: await noiseIn(path) });
    } catch (error) {
      // A campaign that was removed meanwhile is no loss.
      const failure = toFailure(error);
      if (failure.code !== "NOT_FOUND") errors.push(failure);
    }
  }
  return {
    noise: [...pooledNoise(found.map(({ noise }) => noise))],
    campaigns: found.length,
    newest: found[0]?.createdAt ?? null,
    demo: found.some(({ demo }) => demo),
    errors,
  };
}

async function noiseIn(path: string): Promise<readonly Noise[]> {
  const { mtimeMs, size } = await stat(join(path, "events.jsonl"));
  const stamp = `${mtimeMs} ${size}`;
  const before = known.get(path);
  if (before?.stamp === stamp) return before.noise;
  const { campaign, events } = await readCampaignFolder(path);
  const noise = campaignNoise(campaign, reduceAll(events), workloads);
  known.set(path, { stamp, noise });
  return noise;
}
