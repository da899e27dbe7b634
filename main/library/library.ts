// Finds a campaign's folder by its id, from the folders' names alone.
import { join } from "node:path";
import { TareError } from "#shared/model/error.ts";
import { readPlaces } from "./campaign-places.ts";

/** Path of the folder of a campaign. Throws TareError NOT_FOUND. */
export async function findCampaign(campaignsFolder: string, campaignId: string): Promise<string> {
  const places = await readPlaces(campaignsFolder);
  const place = places.find(({ id, kind }) => kind === "campaign" && id === campaignId);
  if (place !== undefined) return join(campaignsFolder, place.folder);
  throw new TareError("NOT_FOUND", `There is no campaign ${campaignId} in ${campaignsFolder}.`);
}
