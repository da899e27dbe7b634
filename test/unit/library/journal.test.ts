// The journal: what was appended is read again, a torn end is dropped, a hole is damage, a full disk loses nothing.
import { spawnSync } from "node:child_process";
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { openJournal, readJournal } from "#main/library/journal.ts";
import type { EventBody } from "#shared/model/event.ts";
import { canMakeNamespaces } from "../../fixtures/local-machine.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";

const now = () => new Date("2026-01-02T03:04:05.678Z");
const remark = (text: string): EventBody => ({ type: "remark", text });
const textsOf = (events: readonly { type: string }[]) =>
  events.map((event) => ("text" in event ? event.text : event.type));

async function journalWith(...texts: readonly string[]): Promise<string> {
  const path = join(await temporaryFolder(), "events.jsonl");
  await writeFile(path, "");
  const journal = await openJournal(path, await readJournal(path), now);
  for (const text of texts) await journal.append(remark(text));
  await journal.close();
  return path;
}

test("appends made at once are written in the order of the calls, numbered from 1", async () => {
  const path = await journalWith();
  const journal = await openJournal(path, await readJournal(path), now);
  const texts = Array.from({ length: 50 }, (_, index) => `event ${index}`);
  const returned = await Promise.all(texts.map((text) => journal.append(remark(text))));
  await journal.close();
  const { events } = await readJournal(path);
  expect(events).toEqual(returned);
  expect(textsOf(events)).toEqual(texts);
  expect(events.map(({ seq }) => seq)).toEqual(texts.map((_, index) => index + 1));
});

test("any text comes back as it was, on one line", async () => {
  const path = await journalWith();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { maxLength: 5 }), async (texts) => {
      await writeFile(path, "");
      const journal = await openJournal(path, await readJournal(path), now);
      for (const text of texts) await journal.append(remark(text));
      await journal.close();
      // A lone surrogate has no UTF-8; JSON keeps it as an escape.
      expect(textsOf((await readJournal(path)).events)).toEqual(texts);
      expect((await readFile(path, "utf8")).split("\n")).toHaveLength(texts.length + 1);
    }),
    { numRuns: 50 },
  );
});

test("cut at any byte, it opens with every whole line and goes on from there", async () => {
  const bytes = await readFile(await journalWith("first", "zweites ä€😀", "third"));
  const path = join(await temporaryFolder(), "events.jsonl");
  for (let length = 0; length <= bytes.length; length += 1) {
    const cut = bytes.subarray(0, length);
    const whole = cut.filter((byte) => byte === 10).length;
    await writeFile(path, cut);
    const content = await readJournal(path);
    expect(content.events).toHaveLength(whole);
    const journal = await openJournal(path, content, now);
    const { seq } = await journal.append(remark("next"));
    await journal.close();
    expect(seq).toBe(whole + 1);
    expect(textsOf((await readJournal(path)).events)).toEqual([
      ...["first", "zweites ä€😀", "third"].slice(0, whole),
      "next",
    ]);
  }
});

test.each([
  ["a line that is no JSON", (lines: string[]) => lines.with(1, '{"seq":2,"at":')],
  [
    "an event of an unknown type",
    (lines: string[]) => lines.with(1, (lines[1] ?? "").replace("remark", "other")),
  ],
  ["a line that is missing", (lines: string[]) => lines.toSpliced(1, 1)],
  ["a line that stands twice", (lines: string[]) => lines.toSpliced(1, 0, lines[1] ?? "")],
  ["an empty line", (lines: string[]) => lines.toSpliced(1, 0, "")],
])("%s in the middle is damage, told with its line", async (_what, damage) => {
  const path = await journalWith("first", "second", "third");
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  await writeFile(path, `${damage(lines).join("\n")}\n`);
  await expect(readJournal(path)).rejects.toMatchObject({
    code: "CAMPAIGN_DAMAGED",
    message: expect.stringMatching(/^Line [23] of /) as string,
  });
});

test("a last line of zeros, as a crash of the machine can leave it, is dropped", async () => {
  const path = await journalWith("first");
  await appendFile(path, `${"\0".repeat(100)}\n`);
  expect(textsOf((await readJournal(path)).events)).toEqual(["first"]);
});

test.runIf(canMakeNamespaces)(
  "a full disk fails the append; the file stays whole and goes on after space is freed",
  async () => {
    const folder = join(await temporaryFolder(), "small");
    await mkdir(folder);
    const program = new URL("../../fixtures/fill-journal.ts", import.meta.url).pathname;
    const { stdout, stderr } = spawnSync(
      "unshare",
      [
        "--mount",
        "--propagation",
        "private",
        "sh",
        "-euc",
        'mount -t tmpfs -o size=64k tare-test "$1"; exec "$2" "$3" "$1"',
        "sh",
        folder,
        process.execPath,
        program,
      ],
      { encoding: "utf8" },
    );
    const result = JSON.parse(stdout === "" ? `"${stderr}"` : stdout) as { written: number };
    expect(result.written).toBeGreaterThan(10);
    expect(result).toEqual({
      code: "DISK_FULL",
      written: result.written,
      eventsWhenFull: result.written,
      tornBytesWhenFull: 0,
      next: result.written + 1,
      inOrder: true,
      events: result.written + 1,
    });
  },
);
