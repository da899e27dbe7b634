// The status of a campaign as a person should see it.
import { useEffect, useRef } from "react";
import type { CampaignStatus } from "#shared/model/campaign-status.ts";
import { useCampaign } from "./campaign-store.ts";
import { useLibrary } from "./core-stores.ts";

const silenceMs = 20_000;

/**
 * The journal cannot tell a campaign that runs from one whose core was killed; the library can. It is asked when the
 * status changes, and again while a campaign that should run says nothing.
 */
export function useCampaignStatus(campaignId: string): CampaignStatus {
  const byJournal = useCampaign(campaignId, (view) => view.state.status);
  const lastSeq = useCampaign(campaignId, (view) => view.state.lastSeq);
  const { value, reload } = useLibrary();
  const seq = useRef(lastSeq);
  const asked = useRef<string | null>(null);
  useEffect(() => {
    seq.current = lastSeq;
  }, [lastSeq]);
  useEffect(() => {
    const before = asked.current;
    asked.current = byJournal;
    if (byJournal !== "running") return;
    if (before !== null && before !== "running") void reload();
    let heard = seq.current;
    const timer = setInterval(() => {
      if (seq.current === heard) void reload();
      heard = seq.current;
    }, silenceMs);
    return () => clearInterval(timer);
  }, [byJournal, reload]);
  const entry = value?.campaigns.find(({ id }) => id === campaignId);
  return byJournal === "running" && entry?.status === "interrupted" ? "interrupted" : byJournal;
}
