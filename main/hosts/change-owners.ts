// Whose a change is: this library's campaign, a person's by hand, or somebody's who is not known here.
import { isByHand } from "#shared/changes/by-hand.ts";
import type { ChangeOwner } from "#shared/model/host-change.ts";
import { listCampaigns } from "../library/library.ts";

/** Reads the library once; the function then answers for each id. */
export async function changeOwners(campaignsFolder: string): Promise<(campaignId: string) => ChangeOwner> {
  const { campaigns } = await listCampaigns(campaignsFolder);
  const known = new Map(campaigns.map((entry) => [entry.id, entry]));
  return (campaignId) => {
    if (isByHand(campaignId)) return { campaignId, kind: "by-hand", name: null, status: null };
    const entry = known.get(campaignId);
    if (entry === undefined) return { campaignId, kind: "unknown", name: null, status: null };
    return { campaignId, kind: "campaign", name: entry.name, status: entry.status };
  };
}
