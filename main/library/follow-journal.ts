// A campaign's events from any point on, first those on disk, then those to come; the file is the only source.
import { open } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type CampaignEvent, eventSchema } from "#shared/model/event.ts";

/** How often the file is looked at when nobody wakes the follower: another process may be writing it. */
const pollMs = 1000;

/** Yields every event with `seq > afterSeq`, for ever; ends when the signal is aborted. `wake` tells of new events at once. */
export async function* followJournal(
  campaignPath: string,
  afterSeq: number,
  wake: (listener: () => void) => () => void,
  signal: AbortSignal,
): AsyncGenerator<CampaignEvent> {
  const file = await open(join(campaignPath, "events.jsonl"), "r");
  let woken: () => void = () => undefined;
  const unsubscribe = wake(() => woken());
  let offset = 0;
  let rest = Buffer.alloc(0);
  try {
    while (!signal.aborted) {
      const changed = new Promise<void>((resolve) => {
        woken = resolve;
      });
      const { size } = await file.stat();
      if (size > offset) {
        const chunk = Buffer.alloc(size - offset);
        const { bytesRead } = await file.read(chunk, 0, chunk.length, offset);
        offset += bytesRead;
        rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
        for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
          const event = eventSchema.parse(JSON.parse(rest.toString("utf8", 0, end)));
          rest = rest.subarray(end + 1);
          if (event.seq > afterSeq) yield event;
        }
        continue;
      }
      const idle = new AbortController();
      const timer = delay(pollMs, undefined, { signal: AbortSignal.any([signal, idle.signal]) }).catch(
        () => undefined,
      );
      await Promise.race([changed, timer]);
      idle.abort();
    }
  } finally {
    unsubscribe();
    await file.close();
  }
}
