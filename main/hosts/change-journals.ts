// The journals on this computer in which changes are undone by hand: each campaign's own, and that of changes without one.
import type { ChangeRecord } from "#shared/model/change.ts";
import { type Failure, toFailure } from "#shared/model/error.ts";
import type { ChangeOwner } from "#shared/model/host-change.ts";
import { openCampaignFolder } from "../library/campaign-folder.ts";
import type { ByHandStore } from "../library/by-hand-store.ts";
import { findCampaign } from "../library/library.ts";
import { lockCampaign } from "../library/run-lock.ts";

export interface ChangeJournals {
  append(record: ChangeRecord, failure?: Failure): Promise<void>;
  /** Why changes of this campaign cannot be undone now: a process of this computer runs it, or its journal cannot be written; null where they can. */
  refusal(campaignId: string): Failure | null;
  close(): Promise<void>;
}

/**
 * Takes hold of the folders of those campaigns that are in this library, so that none of them is taken up meanwhile: what is
 * undone stands in a campaign's own journal, and its resume finds it there.
 */
export async function openChangeJournals(
  owners: readonly ChangeOwner[],
  to: { readonly labId: string; readonly campaigns: string; readonly byHand: ByHandStore },
): Promise<ChangeJournals> {
  const refused = new Map<string, Failure>();
  const folders = new Map<string, Awaited<ReturnType<typeof openCampaignFolder>>>();
  const closing: (() => Promise<void>)[] = [];
  for (const { campaignId, kind } of owners) {
    if (kind !== "campaign" || folders.has(campaignId) || refused.has(campaignId)) continue;
    try {
      const path = await findCampaign(to.campaigns, campaignId);
      closing.push(await lockCampaign(path));
      const folder = await openCampaignFolder(path);
      closing.push(() => folder.close());
      folders.set(campaignId, folder);
    } catch (error) {
      refused.set(campaignId, toFailure(error));
    }
  }
  return {
    async append(record, failure) {
      const rest = failure === undefined ? {} : { failure };
      const folder = folders.get(record.campaignId);
      if (folder === undefined) await to.byHand.append(to.labId, record, failure);
      else await folder.append({ type: "change", record, ...rest });
    },
    refusal: (campaignId) => refused.get(campaignId) ?? null,
    async close() {
      for (const close of closing.toReversed()) await close();
    },
  };
}
