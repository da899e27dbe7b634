// Following a journal: from any point, live, across a torn end, and never an event twice.
import { appendFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { followJournal } from "#main/library/follow-journal.ts";
import { openJournal, readJournal } from "#main/library/journal.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";

const now = () => new Date("2026-01-02T03:04:05.678Z");
/** Nobody tells of new events: another process writes. */
const silent = () => () => undefined;

async function emptyCampaign(): Promise<{ folder: string; file: string }> {
  const folder = await temporaryFolder();
  const file = join(folder, "events.jsonl");
  await writeFile(file, "");
  return { folder, file };
}

async function append(file: string, ...texts: readonly string[]): Promise<void> {
  const journal = await openJournal(file, await readJournal(file), now);
  for (const text of texts) await journal.append({ type: "remark", text });
  await journal.close();
}

test("events after a number come first, then those that another process writes", async () => {
  const { folder, file } = await emptyCampaign();
  await append(file, "1", "2", "3");
  const stop = new AbortController();
  const seen: number[] = [];
  for await (const { seq } of followJournal(folder, 1, silent, stop.signal)) {
    seen.push(seq);
    if (seq === 3) await append(file, "4", "5");
    if (seq === 5) stop.abort();
  }
  expect(seen).toEqual([2, 3, 4, 5]);
});

test("a waker is heard, also while an event is being handled, and let go at the end", async () => {
  const { folder, file } = await emptyCampaign();
  const listeners = new Set<() => void>();
  const wake = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  await append(file, "1");
  const stop = new AbortController();
  const seen: number[] = [];
  for await (const { seq } of followJournal(folder, 0, wake, stop.signal)) {
    seen.push(seq);
    if (seq === 20) stop.abort();
    else await append(file, String(seq + 1));
    for (const listener of listeners) listener();
  }
  expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  expect(listeners.size).toBe(0);
});

test("a torn line is waited for; when a writer cuts it off and goes on, nothing is missed", async () => {
  const { folder, file } = await emptyCampaign();
  await append(file, "1");
  const { wholeBytes } = await readJournal(file);
  await appendFile(file, '{"seq":2,"at":"2026-01-02T03:04:05.678Z","type":"remark","text":"never finis');
  const stop = new AbortController();
  const seen: string[] = [];
  for await (const event of followJournal(folder, 0, silent, stop.signal)) {
    if (event.type === "remark") seen.push(event.text);
    if (event.seq === 1) {
      setTimeout(() => {
        void truncate(file, wholeBytes).then(() => append(file, "2 in its place", "3"));
      }, 50);
    }
    if (event.seq === 3) stop.abort();
  }
  expect(seen).toEqual(["1", "2 in its place", "3"]);
});

test("a damaged line ends it with an error", async () => {
  const { folder, file } = await emptyCampaign();
  await append(file, "1");
  await appendFile(file, "garbage\n");
  const follow = followJournal(folder, 0, silent, new AbortController().signal);
  await follow.next();
  await expect(follow.next()).rejects.toMatchObject({ code: "CAMPAIGN_DAMAGED" });
});
