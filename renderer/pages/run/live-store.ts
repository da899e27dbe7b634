// What a campaign's core tells live and keeps nowhere: output of the job that runs, samples of the hosts, progress.
import { useEffect, useState } from "react";
import type { Live } from "#shared/contract/campaigns.ts";
import { api } from "#renderer/api/client.ts";
import { startFollowing } from "#renderer/api/follow.ts";
import { emptyLive, withLive, type LiveView } from "./live-view.ts";

/** Follows while `running`; what came before stays in view. */
export function useLive(campaignId: string, running: boolean): LiveView {
  const [view, setView] = useState<LiveView>(emptyLive);
  useEffect(() => {
    if (!running) return;
    let waiting: { readonly live: Live; readonly at: number }[] = [];
    let frame = 0;
    // A chatty tool sends many pieces a second; they are taken in once a frame.
    const flush = (): void => {
      frame = 0;
      const batch = waiting;
      waiting = [];
      setView((before) => batch.reduce((current, { live, at }) => withLive(current, live, at), before));
    };
    const stop = startFollowing<Live>({
      open: (signal) => api.campaigns.live({ campaignId }, { signal }),
      onItem: (live) => {
        waiting.push({ live, at: Date.now() });
        if (frame === 0) frame = requestAnimationFrame(flush);
      },
      // The journal tells what failed; without the live stream the page only shows less.
      onFailure: () => setView(emptyLive),
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [campaignId, running]);
  return view;
}
