// For how long a campaign has been worked on, pauses and interruptions left out.
import type { CampaignEvent } from "#shared/model/event.ts";

/** Seconds; `now` (milliseconds since 1970) counts where a process works on the campaign, null where none does. */
export function elapsedSeconds(events: readonly CampaignEvent[], now: number | null): number {
  let total = 0;
  let from: number | null = null;
  let last: number | null = null;
  for (const { type, at } of events) {
    const time = Date.parse(at);
    if (type === "session-started") {
      // The process before this one may have been killed: its work ended with its last word.
      if (from !== null && last !== null) total += last - from;
      from = time;
    }
    if ((type === "paused" || type === "campaign-ended") && from !== null) {
      total += time - from;
      from = null;
    }
    last = time;
  }
  if (from !== null) total += Math.max(0, (now ?? last ?? from) - from);
  return total / 1000;
}
