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
  // End of the last whole line; what comes after it may be cut off again, where its writer was killed.
  let offset = 0;
  let seen = 0;
  try {
    while (!signal.aborted) {
      const changed = new Promise<void>((resolve) => {
        woken = resolve;
      });
      const { size } = await file.stat();
      if (size < seen) seen = offset;
      if (size > Math.max(seen, offset)) {
        seen = size;
        const chunk = Buffer.alloc(size - offset);
        const { bytesRead } = await file.read(chunk, 0, chunk.length, offset);
        let start = 0;
        for (let end = chunk.indexOf(10); end !== -1 && end < bytesRead; end = chunk.indexOf(10, start)) {
          const event = eventSchema.parse(JSON.parse(chunk.toString("utf8", start, end)));
          start = end + 1;
          if (event.seq > afterSeq) yield event;
        }
        offset += start;
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
