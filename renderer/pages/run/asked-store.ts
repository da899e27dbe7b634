// What a person asked of a campaign and its journal does not show yet; kept while pages change.
import { create } from "zustand";
import type { CampaignStatus } from "#shared/model/campaign-status.ts";
import type { Asked, ControlName } from "./control-rules.ts";

interface AskedEntry {
  readonly what: ControlName;
  readonly status: CampaignStatus;
}

interface AskedState {
  readonly byCampaign: ReadonlyMap<string, AskedEntry>;
}

const useStore = create<AskedState>()(() => ({ byCampaign: new Map() }));

/** What is still open: an answer shows as another status. */
export function useAsked(campaignId: string, status: CampaignStatus): Asked {
  const entry = useStore((state) => state.byCampaign.get(campaignId));
  return entry?.status === status ? entry.what : null;
}

export function setAsked(campaignId: string, entry: AskedEntry | null): void {
  useStore.setState(({ byCampaign }) => {
    const next = new Map(byCampaign);
    if (entry === null) next.delete(campaignId);
    else next.set(campaignId, entry);
    return { byCampaign: next };
  });
}
