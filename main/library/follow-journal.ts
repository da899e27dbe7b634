// A campaign's events from any point on, first those on disk, then those to come; the file is the only source.
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { TareError } from "#shared/model/error.ts";
import { type CampaignEvent, eventSchema } from "#shared/model/event.ts";

/** How often the file is looked at when nobody wakes the follower: another process may be writing it. */
const pollMs = 1000;

/**
 * Yields every event with `seq > afterSeq`, for ever; ends when the signal is aborted. `wake` tells of new events at
 * once. Throws TareError CAMPAIGN_DAMAGED.
 */
export async function* followJournal(
  campaignPath: string,
  afterSeq: number,
  wake: (listener: () => void) => () => void,
  signal: AbortSignal,
): AsyncGenerator<CampaignEvent> {
  const path = join(campaignPath, "events.jsonl");
  const file = await open(path, "r");
  let woken: () => void = () => undefined;
  const unsubscribe = wake(() => woken());
  let last = afterSeq;
  // Start of the first line that is not whole yet: a torn one is cut off when a writer takes the campaign up.
  let offset = 0;
  try {
    while (!signal.aborted) {
      const changed = new Promise<void>((resolve) => {
        woken = resolve;
      });
      const { size } = await file.stat();
      if (size < offset) offset = 0;
      const { lines, bytes } = await wholeLines(file, offset, size);
      offset += bytes;
      for (const line of lines) {
        const event = parseLine(line, path);
        if (event.seq <= last) continue;
        last = event.seq;
        yield event;
      }
      if (bytes > 0) continue;
      await idle(changed, signal);
    }
  } finally {
    unsubscribe();
    await file.close();
  }
}

async function wholeLines(
  file: FileHandle,
  offset: number,
  size: number,
): Promise<{ lines: string[]; bytes: number }> {
  const chunk = Buffer.alloc(Math.max(0, size - offset));
  const { bytesRead } = await file.read(chunk, 0, chunk.length, offset);
  const bytes = chunk.subarray(0, bytesRead).lastIndexOf(10) + 1;
  return { lines: bytes === 0 ? [] : chunk.toString("utf8", 0, bytes - 1).split("\n"), bytes };
}

function parseLine(line: string, path: string): CampaignEvent {
  try {
    return eventSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new TareError(
      "CAMPAIGN_DAMAGED",
      `A line of ${path} cannot be read. Restore the file from a backup.`,
      {
        detail: line.slice(0, 500),
        cause,
      },
    );
  }
}

/** Waits for a change, the next look or the end. */
async function idle(changed: Promise<void>, signal: AbortSignal): Promise<void> {
  const settled = new AbortController();
  const timer = delay(pollMs, undefined, { signal: AbortSignal.any([signal, settled.signal]) }).catch(
    () => undefined,
  );
  await Promise.race([changed, timer]);
  settled.abort();
}
