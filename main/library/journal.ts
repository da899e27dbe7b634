// The append-only journal of a campaign: events.jsonl, one event a line, numbered, each durable before it is relied upon.
import { open, readFile } from "node:fs/promises";
import { TareError } from "#shared/model/error.ts";
import { type CampaignEvent, type EventBody, eventSchema } from "#shared/model/event.ts";
import { asDiskError } from "./atomic-file.ts";

export interface Journal {
  /** Appends and fsyncs; returns the event with its number and time. Throws TareError DISK_FULL and leaves the file as it was. */
  append(body: EventBody): Promise<CampaignEvent>;
  close(): Promise<void>;
}

export interface JournalContent {
  readonly events: readonly CampaignEvent[];
  /** Length in bytes of the whole lines; more than that is a torn last line. */
  readonly wholeBytes: number;
}

/**
 * Reads a journal. A torn last line (no line feed, or not JSON) is left out; any other damage is an error,
 * because a hole in the middle would make the state a guess. Throws TareError CAMPAIGN_DAMAGED.
 */
export async function readJournal(path: string): Promise<JournalContent> {
  const { damage, ...content } = readableJournal(await readFile(path), path);
  if (damage !== null) throw damage;
  return content;
}

/** What can be read of a journal's bytes from its start on, and what ends it early, where something does. */
export function readableJournal(
  bytes: Buffer,
  path: string,
): JournalContent & { readonly damage: TareError | null } {
  const events: CampaignEvent[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10, start); end !== -1; end = bytes.indexOf(10, start)) {
    const last = end === bytes.length - 1;
    const event = parseLine(bytes.toString("utf8", start, end));
    if (event === null || event.seq !== events.length + 1) {
      if (last && event === null) break;
      const damage = new TareError(
        "CAMPAIGN_DAMAGED",
        `Line ${events.length + 1} of ${path} cannot be read. Restore the file from a backup.`,
      );
      return { events, wholeBytes: start, damage };
    }
    events.push(event);
    start = end + 1;
  }
  return { events, wholeBytes: start, damage: null };
}

function parseLine(line: string): CampaignEvent | null {
  try {
    return eventSchema.parse(JSON.parse(line));
  } catch {
    // The caller decides whether this is a torn end or damage.
    return null;
  }
}

/** Opens a journal for appending after `content`; a torn last line is cut off first. Appends are written in the order of the calls. */
export async function openJournal(path: string, content: JournalContent, now: () => Date): Promise<Journal> {
  const file = await open(path, "a");
  await file.truncate(content.wholeBytes);
  let size = content.wholeBytes;
  let seq = content.events.length;
  let torn = false;
  let queue: Promise<unknown> = Promise.resolve();

  async function write(body: EventBody): Promise<CampaignEvent> {
    const event = eventSchema.parse({ seq: seq + 1, at: now().toISOString(), ...body });
    const line = Buffer.from(`${JSON.stringify(event)}\n`);
    try {
      // A part that could not be cut off then would make this line, and with it the journal, unreadable.
      if (torn) await file.truncate(size);
      torn = true;
      await file.appendFile(line);
      await file.datasync();
    } catch (error) {
      await file.truncate(size).then(
        () => (torn = false),
        // The next write tries again; the error that counts is the first.
        () => undefined,
      );
      throw asDiskError(error, path);
    }
    torn = false;
    size += line.length;
    seq += 1;
    return event;
  }

  return {
    append(body) {
      const written = queue.then(() => write(body));
      queue = written.catch(() => undefined);
      return written;
    },
    async close() {
      await queue;
      await file.close();
    },
  };
}
