// Whose a change is: this library's campaign, a person's by hand, or somebody's who is not known here.
import { join } from "node:path";
import { isByHand } from "#shared/changes/by-hand.ts";
import type { ChangeOwner } from "#shared/model/host-change.ts";
import { type CampaignPlace, readPlaces } from "../library/campaign-places.ts";
import { readEntry } from "../library/read-entry.ts";
import { campaignHolder } from "../library/run-lock.ts";

/** Reads the campaigns of these ids once; the function then answers for each of them. */
export async function changeOwners(
  campaignsFolder: string,
  campaignIds: readonly string[],
): Promise<(campaignId: string) => ChangeOwner> {
  const places = new Map((await readPlaces(campaignsFolder)).map((place) => [place.id, place]));
  const owners = new Map<string, ChangeOwner>();
  for (const campaignId of new Set(campaignIds)) {
    const place = places.get(campaignId);
    if (place?.kind !== "campaign" || isByHand(campaignId)) continue;
    const owner = await ownerIn(join(campaignsFolder, place.folder), place);
    if (owner !== null) owners.set(campaignId, owner);
  }
  return (campaignId) => {
    if (isByHand(campaignId)) return { campaignId, kind: "by-hand", name: null, status: null };
    return owners.get(campaignId) ?? { campaignId, kind: "unknown", name: null, status: null };
  };
}

/** Null where the campaign cannot be read: nothing can be written into its journal. */
async function ownerIn(path: string, place: CampaignPlace): Promise<ChangeOwner | null> {
  const { entry, dataDamage } = await readEntry(path, place);
  if (dataDamage !== null) return null;
  const dead = entry.status === "running" && (await campaignHolder(path)) === null;
  const status = dead ? "interrupted" : entry.status;
  return { campaignId: entry.id, kind: "campaign", name: entry.name, status };
}
