// A campaign goes out as one file and comes in elsewhere as the same folder; twice is once.
import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createActiveCampaigns } from "#main/campaign/active-campaigns.ts";
import { writeAnnotation } from "#main/library/annotation-file.ts";
import { createCampaignFolder, openCampaignFolder } from "#main/library/campaign-folder.ts";
import { readJournal } from "#main/library/journal.ts";
import { lockCampaign } from "#main/library/run-lock.ts";
import { exportCampaign } from "#main/library/tare-file/export-campaign.ts";
import {
  exported,
  imported,
  recordedId,
  recordedLibrary,
  smallLibrary,
  treeOf,
} from "../../../fixtures/tare-files.ts";
import { temporaryFolder } from "../../../fixtures/temporary-folder.ts";
import { sampleCampaign } from "../../sample-campaign.ts";

const now = () => new Date("2026-11-24T10:00:00.000Z");

test("the recorded campaign comes in elsewhere as it went out, byte by byte, and says when", async () => {
  const campaigns = await recordedLibrary();
  const { path, made } = await exported(campaigns, recordedId);
  expect(made.fileName).toBe("2026-11-24-demo-229c51.tare");
  expect(made.leftOut).toEqual([]);
  const other = join(await temporaryFolder(), "not there yet");
  const result = await imported(other, path, { now });
  expect(result).toEqual({
    outcome: "imported",
    campaignId: recordedId,
    name: "Demo",
    text: '"Demo" was imported.',
  });
  const { "2026-11-24-demo-229c51/library.json": words, ...rest } = await treeOf(other);
  expect(rest).toEqual(await treeOf(campaigns));
  expect(JSON.parse(words ?? "")).toEqual({
    schema: "tare-library/1",
    tags: [],
    note: "",
    archived: false,
    importedAt: "2026-11-24T10:00:00.000Z",
  });
  expect(await readdir(other)).toEqual(["2026-11-24-demo-229c51"]);
});

test("equal content gives equal bytes, also after a journey", async () => {
  const campaigns = await recordedLibrary();
  const first = await exported(campaigns, recordedId);
  const other = join(await temporaryFolder(), "campaigns");
  await imported(other, first.path);
  expect((await exported(other, recordedId)).bytes.equals(first.bytes)).toBe(true);
});

test("folders of any content come back as they were", async () => {
  const name = fc
    .stringMatching(/^[a-z0-9][a-z0-9.-]{0,20}[a-z0-9]$/)
    .filter((text) => !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|\.tmp$/.test(text));
  const raw = fc.dictionary(name, fc.dictionary(name, fc.uint8Array({ maxLength: 300 }), { maxKeys: 4 }), {
    maxKeys: 4,
  });
  await fc.assert(
    fc.asyncProperty(raw, fc.boolean(), async (runs, packed) => {
      const { campaigns, path } = await smallLibrary();
      for (const [run, files] of Object.entries(runs)) {
        await mkdir(join(path, "raw", run), { recursive: true });
        for (const [file, bytes] of Object.entries(files)) {
          if (packed) await writeFile(join(path, "raw", run, `${file}.gz`), gzipSync(bytes));
          else await writeFile(join(path, "raw", run, file), bytes);
        }
      }
      const { path: file } = await exported(campaigns, "small-1");
      const other = join(await temporaryFolder(), "campaigns");
      await imported(other, file);
      await rm(join(other, "2026-01-02-small-1/library.json"));
      expect(await treeOf(other)).toEqual(await treeOf(campaigns));
    }),
    { numRuns: 15 },
  );
});

test("what is the program's own stays: locks, half-written files, a torn line; what no campaign has is named", async () => {
  const { campaigns, path } = await smallLibrary();
  const journal = await readFile(join(path, "events.jsonl"), "utf8");
  await writeFile(join(path, "events.jsonl"), `${journal}{"seq":2,"at":`);
  await writeFile(join(path, "lock"), "999999999 1\n");
  await writeFile(join(path, "raw/b01-native-x/1-measure-0.stdout.gz.tmp"), "half");
  await writeFile(join(path, "notes of a person.txt"), "private");
  await writeFile(join(path, ".ssh"), "private");
  await symlink("/etc/passwd", join(path, "raw/b01-native-x/passwd"));
  await symlink("/etc", join(path, "facts/etc"));
  const { made, path: file } = await exported(campaigns, "small-1");
  expect(made.leftOut).toEqual([".ssh", "facts/etc/", "notes of a person.txt", "raw/b01-native-x/passwd/"]);
  const other = join(await temporaryFolder(), "campaigns");
  await imported(other, file);
  expect(Object.keys(await treeOf(other)).map((name) => name.replace("2026-01-02-small-1/", ""))).toEqual([
    "campaign.json",
    "events.jsonl",
    "library.json",
    "raw/b01-native-x/1-measure-0.stdout",
  ]);
  expect(await readFile(join(other, "2026-01-02-small-1/events.jsonl"), "utf8")).toBe(journal);
});

test("tags, note and name go along; that it was archived or imported does not", async () => {
  const { campaigns, path } = await smallLibrary();
  const words = {
    tags: ["rack 7"],
    note: "First try",
    archived: true,
    name: "Better name",
    importedAt: "2026-01-01T00:00:00.000Z",
  };
  await writeFile(join(path, "library.json"), JSON.stringify(words));
  const other = join(await temporaryFolder(), "campaigns");
  expect(await imported(other, (await exported(campaigns, "small-1")).path, { now })).toMatchObject({
    name: "Better name",
  });
  expect(JSON.parse((await treeOf(other))["2026-01-02-small-1/library.json"] ?? "")).toEqual({
    schema: "tare-library/1",
    tags: ["rack 7"],
    note: "First try",
    archived: false,
    name: "Better name",
    importedAt: "2026-11-24T10:00:00.000Z",
  });
});

test("a running campaign is not exported, the paper never, a missing one neither", async () => {
  const { campaigns, path } = await smallLibrary();
  const release = await lockCampaign(path);
  await expect(exported(campaigns, "small-1")).rejects.toMatchObject({ code: "BUSY" });
  await release();
  await exported(campaigns, "small-1");
  await expect(exported(campaigns, "felter-2014")).rejects.toMatchObject({ code: "UNSUPPORTED" });
  await expect(exported(campaigns, "small-2")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a file that changes while it is exported ends the stream with a sentence", async () => {
  const { campaigns, path } = await smallLibrary();
  const made = await exportCampaign({
    campaignsFolder: campaigns,
    campaignId: "small-1",
    version: "1",
    anonymous: false,
  });
  await writeFile(join(path, "raw/b01-native-x/1-measure-0.stdout"), "3 2 1\n");
  const read = async () => {
    for await (const piece of made.open()) void piece;
  };
  await expect(read()).rejects.toThrow("changed while it was exported");
});

test("a campaign that is here already is a duplicate, whichever has more of it, and nothing changes", async () => {
  const { campaigns, path } = await smallLibrary();
  const short = await exported(campaigns, "small-1");
  const other = join(await temporaryFolder(), "campaigns");
  await imported(other, short.path);
  const folder = await openCampaignFolder(path);
  await folder.append({ type: "remark", text: "one" });
  await folder.append({ type: "remark", text: "two" });
  await folder.close();
  const long = await exported(campaigns, "small-1");
  const before = [await treeOf(other), await treeOf(campaigns)];

  const same = await imported(other, short.path);
  expect(same).toMatchObject({ outcome: "duplicate", campaignId: "small-1" });
  expect(same.text).toBe('"Sample" is in the library already. Nothing was changed.');
  expect((await imported(other, long.path)).text).toContain("the file's journal goes on for 2 more events");
  expect((await imported(campaigns, short.path)).text).toContain(
    "the journal here goes on for 2 more events",
  );
  expect([await treeOf(other), await treeOf(campaigns)]).toEqual(before);
  expect((await readdir(other)).length).toBe(1);
});

test("another campaign of the same id comes in under an id of its own, the same each time", async () => {
  const first = await smallLibrary();
  const second = await smallLibrary({ seed: 7, createdAt: "2026-02-02T03:04:05.000Z" });
  const before = await treeOf(first.campaigns);
  const { path } = await exported(second.campaigns, "small-1");
  const result = await imported(first.campaigns, path);
  expect(result.outcome).toBe("imported");
  expect(result.campaignId).toMatch(/^small-1-[0-9a-f]{8}$/);
  expect(result.text).toContain(`It has the id ${result.campaignId} here`);
  expect(await treeOf(first.campaigns)).toMatchObject(before);
  const design = (await treeOf(first.campaigns))[`2026-02-02-${result.campaignId}/campaign.json`] ?? "";
  expect(JSON.parse(design)).toEqual({
    ...sampleCampaign({ id: result.campaignId, seed: 7 }),
    createdAt: "2026-02-02T03:04:05.000Z",
  });
  expect(await imported(first.campaigns, path)).toMatchObject({
    outcome: "duplicate",
    campaignId: result.campaignId,
  });
});

test("of one file imported many times at once, one becomes the campaign", async () => {
  const { campaigns } = await smallLibrary();
  const { path } = await exported(campaigns, "small-1");
  const other = join(await temporaryFolder(), "campaigns");
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => imported(other, path)));
  expect(
    outcomes.filter((each) => each.status === "fulfilled" && each.value.outcome === "imported").length,
  ).toBe(1);
  expect(await readdir(other)).toEqual(["2026-01-02-small-1"]);
});

test("what a killed import left is cleared by the next one of the campaign; one that is under way stays", async () => {
  const { campaigns } = await smallLibrary();
  const { path } = await exported(campaigns, "small-1");
  const other = join(await temporaryFolder(), "campaigns");
  const note = (id: string) => JSON.stringify({ schema: "tare-import/1", campaign: { id } });
  for (const [name, id] of [
    ["0a", "small-1"],
    ["0b", "small-1"],
    ["0c", "other"],
  ] as const) {
    await mkdir(join(other, `.import-${name}`), { recursive: true });
    await writeFile(join(other, `.import-${name}/import.json`), note(id));
  }
  const release = await lockCampaign(join(other, ".import-0b"));
  await imported(other, path);
  await release();
  expect((await readdir(other)).sort()).toEqual([".import-0b", ".import-0c", "2026-01-02-small-1"]);
});

test("an imported campaign is looked at, and never taken up again: its commands are somebody else's", async () => {
  const { campaigns } = await smallLibrary();
  const other = join(await temporaryFolder(), "campaigns");
  await imported(other, (await exported(campaigns, "small-1")).path);
  const active = createActiveCampaigns({
    campaignsFolder: other,
    version: "1",
    connect: () => Promise.reject(new Error("connected")),
  });
  await expect(active.start("small-1")).rejects.toMatchObject({ code: "UNSUPPORTED" });
  // Nor where its file of notes was damaged and written anew.
  const notes = join(other, "2026-01-02-small-1/library.json");
  await writeFile(notes, (await readFile(notes, "utf8")).slice(0, -3));
  await expect(active.start("small-1")).rejects.toMatchObject({ code: "CAMPAIGN_DAMAGED" });
  await writeAnnotation(notes, { note: "looked at" });
  await expect(active.start("small-1")).rejects.toMatchObject({ code: "UNSUPPORTED" });
  expect(active.running()).toEqual([]);
  expect((await readJournal(join(other, "2026-01-02-small-1/events.jsonl"))).events.length).toBe(1);
});

test("a cancelled import leaves nothing", async () => {
  const { campaigns } = await smallLibrary();
  const { path } = await exported(campaigns, "small-1");
  const other = join(await temporaryFolder(), "campaigns");
  await expect(imported(other, path, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "CANCELLED",
  });
  expect(await readdir(other)).toEqual([]);
});

test("a damaged campaign that is here does not keep the whole one out", async () => {
  const { campaigns } = await smallLibrary();
  const { path } = await exported(campaigns, "small-1");
  const other = join(await temporaryFolder(), "campaigns");
  const damaged = await createCampaignFolder(other, sampleCampaign({ id: "small-1" }));
  await writeFile(join(damaged, "campaign.json"), "{");
  expect((await imported(other, path)).campaignId).toMatch(/^small-1-[0-9a-f]{8}$/);
  expect(await readFile(join(damaged, "campaign.json"), "utf8")).toBe("{");
});

test("where the disk has too little room, nothing is unpacked, and both sizes are told", async () => {
  const { campaigns } = await smallLibrary();
  const { path } = await exported(campaigns, "small-1");
  const other = join(await temporaryFolder(), "campaigns");
  const freeBytes = () => Promise.resolve(10 * 2 ** 20);
  await expect(imported(other, path, { freeBytes })).rejects.toMatchObject({
    code: "DISK_FULL",
    message: expect.stringMatching(/needs 65 MiB, and this computer has 10 MiB free/) as string,
  });
  expect(await readdir(other)).toEqual([]);
});
