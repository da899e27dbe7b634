// Damaged and hostile files do no harm, leave nothing behind, and a sentence says what is wrong.
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { tareFileLimits } from "#shared/tare-file/limits.ts";
import { handMadeZip, unixMode, type ZipPart } from "../../../fixtures/hand-made-zip.ts";
import {
  type Contents,
  exported,
  goodContents,
  imported,
  manifestOf,
  recordedId,
  recordedLibrary,
  sampleDesign,
  tareFile,
} from "../../../fixtures/tare-files.ts";
import { temporaryFolder } from "../../../fixtures/temporary-folder.ts";
import { sampleFacts } from "../../sample-facts.ts";

/** Imports the bytes; gives the failure, after a look at the whole neighbourhood of the library. */
async function failureOf(
  bytes: Buffer,
  limits = tareFileLimits,
): Promise<{ code: string; message: string; detail: string }> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "x.tare"), bytes);
  const campaigns = join(folder, "data/campaigns");
  const failure: unknown = await imported(campaigns, join(folder, "x.tare"), { limits }).then(
    () => null,
    (error: unknown) => error,
  );
  expect(
    (await readdir(folder, { recursive: true })).filter(
      (name) => !/^(data|data\/campaigns|x\.tare)$/.test(name),
    ),
  ).toEqual([]);
  expect(failure).toMatchObject({ name: "TareError" });
  const {
    code,
    message,
    failure: told,
  } = failure as { code: string; message: string; failure: { detail?: string } };
  expect(message).toContain("x.tare");
  expect(message).toContain("Nothing was imported");
  return { code, message, detail: told.detail ?? "" };
}

test("the good file, of which the others are made, comes in", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "x.tare"), tareFile(goodContents));
  const result = await imported(join(folder, "campaigns"), join(folder, "x.tare"));
  expect(result).toMatchObject({ outcome: "imported", campaignId: "small-1" });
});

test.each([
  ["../evil", "leads out"],
  ["raw/../../evil", "leads out"],
  ["raw/x/../../../evil", "leads out"],
  ["/etc/evil", "is absolute"],
  ["//evil", "is absolute"],
  ["C:/evil", "is absolute"],
  ["c:evil", "is absolute"],
  ["raw\\x\\..\\..\\evil", "has a backslash"],
  ["raw/x/a\0b", "printable ASCII"],
  ["raw/x/a\nb", "printable ASCII"],
  ["raw/x/\u202Egpj", "printable ASCII"],
  ["raw/x/ä", "printable ASCII"],
  ["raw//x", "no plain path"],
  ["raw/./x", "no plain path"],
  ["./campaign.json", "no plain path"],
  ["raw/x/CON.txt", "not every file system"],
  ["raw/x/nul", "not every file system"],
  ["raw/x/a:b", "not every file system"],
  ["raw/x/.hidden", "not every file system"],
  ["raw/x/end.", "not every file system"],
  ["raw/x/end ", "not every file system"],
  ["raw/x/a*", "not every file system"],
  ["raw/x/", "a folder of its own"],
  ["evil.sh", "none that a campaign's folder has"],
  ["lock", "none that a campaign's folder has"],
  ["import.json", "none that a campaign's folder has"],
  ["raw/x", "none that a campaign's folder has"],
  ["facts/a/b.json", "none that a campaign's folder has"],
  ["facts/run.sh", "none that a campaign's folder has"],
  ["raw/x/1.stdout.tmp", "none that a campaign's folder has"],
  ["Campaign.json", "none that a campaign's folder has"],
  [`raw/x/${"a".repeat(251)}`, "longer than 250"],
  [`raw/${"a".repeat(200)}/${"b".repeat(200)}/${"c".repeat(200)}`, "longer than 512"],
  ["", "is empty"],
])("the path %j is refused", async (path, why) => {
  const contents = { ...goodContents, [path]: "evil" };
  const { code, message } = await failureOf(tareFile(contents));
  expect(message).toContain(why);
  expect(code).toBe("INPUT_INVALID");
});

const extra = (part: Partial<ZipPart>): Buffer => {
  const name = "raw/b01-native-x/extra.txt";
  return tareFile(goodContents, {
    manifest: manifestOf({ ...goodContents, [name]: part.data ?? "" }),
    parts: [{ name, ...part }],
  });
};

test.each([
  ["a symbolic link", extra({ data: "/etc/passwd", attributes: unixMode(0o120777) }), "a link or a device"],
  ["a device", extra({ attributes: unixMode(0o020666) }), "a link or a device"],
  ["a named pipe", extra({ attributes: unixMode(0o010666) }), "a link or a device"],
  ["a folder that has no slash", extra({ attributes: unixMode(0o040755) }), "a link or a device"],
  [
    "a link that a Mac made",
    extra({ data: "x", madeBy: 0x1314, attributes: unixMode(0o120777) }),
    "a link or a device",
  ],
  ["a folder by its DOS attributes", extra({ madeBy: 0x0014, attributes: 0x10 }), "a link or a device"],
  ["an encrypted entry", extra({ data: "x", flags: 1 }), "is encrypted"],
  ["strong encryption", extra({ data: "x", flags: 0x41 }), "no .tare file, or it is cut off or damaged"],
  ["an unknown packing", extra({ data: "x", method: 12 }), "packed in a way"],
  [
    "a name that differs in the local header",
    extra({ data: "x", localName: "raw/b01-native-x/other.txt" }),
    "two different things",
  ],
  ["a size that differs in the local header", extra({ data: "x", localSize: 9 }), "two different things"],
  ["less content than it says", extra({ data: "abc", size: 300 }), "two sizes"],
  [
    "a name twice",
    tareFile(goodContents, { parts: [{ name: "campaign.json", data: "{}" }] }),
    '"campaign.json" twice',
  ],
  ["a name twice but for case", extra({ data: "x", name: "raw/B01-native-x/1-measure-0.stdout" }), "twice"],
  ["two entries of the same bytes", extra({ data: "x", sameAs: 1 }), "share bytes"],
])("%s is refused", async (_what, bytes, why) => {
  const { code, message } = await failureOf(bytes);
  expect(message).toContain(why);
  expect(code).toBe("INPUT_INVALID");
});

test.each([
  ["more content than the list says", { size: 1 }],
  ["less content than the list says", { size: 5 }],
])("%s, and lies about it everywhere, is refused while it is unpacked", async (_what, { size }) => {
  const name = "raw/b01-native-x/extra.txt";
  const manifest = manifestOf(goodContents) as { files: unknown[] };
  manifest.files.push({ path: name, sizeBytes: size, sha256: "0".repeat(64) });
  const { message } = await failureOf(
    tareFile(goodContents, { manifest, parts: [{ name, data: "abc", size }] }),
  );
  expect(message).toMatch(/cut off or damaged/);
});

test("content that is not the list's is refused", async () => {
  const manifest = manifestOf({ ...goodContents, "raw/b01-native-x/1-measure-0.stdout": "1 2 4\n" });
  const { message } = await failureOf(tareFile(goodContents, { manifest }));
  expect(message).toContain('"raw/b01-native-x/1-measure-0.stdout" is not what its own list says');
});

const small = { ...tareFileLimits, ratioFromBytes: 1000, ratio: 20 };
test.each([
  [
    "an entry that unpacks to a thousand times its size",
    extra({ data: Buffer.alloc(200_000) }),
    small,
    "1/20 of its size",
  ],
  [
    "a file that unpacks to too much",
    extra({ data: "x".repeat(5000) }),
    { ...tareFileLimits, totalBytes: 4000 },
    "would unpack to more than",
  ],
  [
    "an entry that is too large",
    extra({ data: "x".repeat(5000) }),
    { ...tareFileLimits, entryBytes: 4000 },
    "too much for it",
  ],
  ["too many entries", extra({}), { ...tareFileLimits, entries: 3 }, "more than 3 entries"],
  ["a file that is too large", extra({}), { ...tareFileLimits, fileBytes: 100 }, "larger than"],
])("%s is refused", async (_what, bytes, limits, why) => {
  expect((await failureOf(bytes, limits)).message).toContain(why);
});

test("a raw file that is a bomb inside of its gzip is refused; one that is no gzip is its reader's matter", async () => {
  const bomb = gzipSync(Buffer.alloc(300_000));
  const contents = { ...goodContents, "raw/b01-native-x/2-measure-0.stdout.gz": bomb };
  expect((await failureOf(tareFile(contents), { ...tareFileLimits, rawBytes: 100_000 })).message).toContain(
    "would unpack to more than 100000 bytes",
  );
  const folder = await temporaryFolder();
  const torn = { ...contents, "raw/b01-native-x/2-measure-0.stdout.gz": bomb.subarray(0, 50) };
  await writeFile(join(folder, "x.tare"), tareFile(torn));
  expect(await imported(join(folder, "campaigns"), join(folder, "x.tare"))).toMatchObject({
    outcome: "imported",
  });
});

const events = goodContents["events.jsonl"] as string;
const facts = sampleFacts();
const withContents = (change: Contents) => tareFile({ ...goodContents, ...change });
test.each([
  [
    "no list",
    handMadeZip(Object.entries(goodContents).map(([name, data]) => ({ name, data }))),
    "INPUT_INVALID",
    "does not begin with tare.json",
  ],
  ["an empty zip", handMadeZip([]), "INPUT_INVALID", "empty zip"],
  [
    "a list that is no JSON",
    handMadeZip([{ name: "tare.json", data: "{" }]),
    "INPUT_INVALID",
    "tare.json cannot be read",
  ],
  [
    "a list of another sort",
    tareFile(goodContents, { manifest: { schema: "other/1" } }),
    "INPUT_INVALID",
    "tare.json cannot be read",
  ],
  [
    "a list with more in it",
    tareFile(goodContents, { manifest: manifestOf(goodContents, { more: 1 }) }),
    "INPUT_INVALID",
    "tare.json cannot be read",
  ],
  [
    "a newer file",
    tareFile(goodContents, { manifest: manifestOf(goodContents, { schema: "tare-file/2" }) }),
    "UNSUPPORTED",
    "newer version of Tare (tare-file/2",
  ],
  [
    "a newer campaign",
    withContents({ "campaign.json": JSON.stringify({ ...sampleDesign, schema: "tare-campaign/3" }) }),
    "UNSUPPORTED",
    "tare-campaign/3",
  ],
  [
    "newer tags",
    withContents({ "library.json": '{"schema":"tare-library/2"}' }),
    "UNSUPPORTED",
    "tare-library/2",
  ],
  [
    "the paper's own id",
    tareFile(goodContents, {
      manifest: manifestOf(goodContents, {
        campaign: { id: "felter-2014", name: "x", createdAt: sampleDesign.createdAt },
      }),
    }),
    "INPUT_INVALID",
    "the paper's own name",
  ],
  [
    "another campaign in the list",
    tareFile(goodContents, {
      manifest: manifestOf(goodContents, {
        campaign: { id: "other-1", name: "x", createdAt: sampleDesign.createdAt },
      }),
    }),
    "INPUT_INVALID",
    "names another campaign",
  ],
  [
    "a file that the list lacks",
    tareFile(goodContents, { parts: [{ name: "README.md", data: "x" }] }),
    "INPUT_INVALID",
    '"README.md", which its own list does not have',
  ],
  [
    "a listed file that is not there",
    tareFile(goodContents, { manifest: manifestOf({ ...goodContents, "README.md": "x" }) }),
    "INPUT_INVALID",
    'lacks "README.md"',
  ],
  [
    "no journal",
    tareFile({ "campaign.json": goodContents["campaign.json"] ?? "" }),
    "INPUT_INVALID",
    "no events.jsonl",
  ],
  [
    "a design that is no JSON",
    withContents({ "campaign.json": "{" }),
    "CAMPAIGN_DAMAGED",
    "campaign.json is not as Tare 1.2.3 should have written it",
  ],
  [
    "a design of wrong types",
    withContents({ "campaign.json": JSON.stringify({ ...sampleDesign, blocks: "many" }) }),
    "CAMPAIGN_DAMAGED",
    "campaign.json",
  ],
  ["a design that is a list", withContents({ "campaign.json": "[]" }), "CAMPAIGN_DAMAGED", "campaign.json"],
  [
    "an id that is a path",
    withContents({ "campaign.json": JSON.stringify({ ...sampleDesign, id: "../../evil" }) }),
    "CAMPAIGN_DAMAGED",
    "campaign.json",
  ],
  [
    "a hole in the journal",
    withContents({ "events.jsonl": `garbage\n${events}` }),
    "CAMPAIGN_DAMAGED",
    "events.jsonl",
  ],
  [
    "an unknown event",
    withContents({
      "events.jsonl": `${events}{"seq":2,"at":"2026-01-02T03:04:06.000Z","type":"exploded"}\n${events}`,
    }),
    "CAMPAIGN_DAMAGED",
    "events.jsonl",
  ],
  [
    "facts of wrong types",
    withContents({ "facts/sut-before.json": JSON.stringify({ ...facts, nics: {} }) }),
    "CAMPAIGN_DAMAGED",
    "facts/sut-before.json",
  ],
  [
    "tags of wrong types",
    withContents({ "library.json": '{"tags":"x"}' }),
    "CAMPAIGN_DAMAGED",
    "library.json",
  ],
  ["a picture", Buffer.from("\u0089PNG\r\n\u001A\n".repeat(50), "latin1"), "INPUT_INVALID", "no .tare file"],
  ["nothing", Buffer.alloc(0), "INPUT_INVALID", "no .tare file"],
])("%s is refused", async (_what, bytes, code, why) => {
  const failure = await failureOf(bytes);
  expect(failure.code).toBe(code);
  expect(failure.message).toContain(why);
});

test("the place of a wrong type is told", async () => {
  const design = {
    ...sampleDesign,
    lab: { ...sampleDesign.lab, sut: { ...sampleDesign.lab.sut, port: "22" } },
  };
  const { detail } = await failureOf(withContents({ "campaign.json": JSON.stringify(design) }));
  expect(detail).toContain("lab.sut.port");
});

test("cut off anywhere it is refused", async () => {
  const { bytes } = await exported(await recordedLibrary(), recordedId);
  for (let eighth = 0; eighth < 8; eighth += 1) {
    const { message } = await failureOf(bytes.subarray(0, Math.floor((bytes.length * eighth) / 8)));
    expect(message).toMatch(/no \.tare file, or it is cut off/);
  }
  await failureOf(bytes.subarray(0, -1));
});

test("what is no file is said to be none", async () => {
  const folder = await temporaryFolder();
  await expect(imported(folder, folder)).rejects.toMatchObject({ code: "INPUT_INVALID" });
  await expect(imported(folder, join(folder, "none"))).rejects.toMatchObject({ code: "INPUT_INVALID" });
});

test("whatever bytes are changed, it comes in whole or not at all", async () => {
  const { bytes } = await exported(await recordedLibrary(), recordedId);
  const good = tareFile(goodContents);
  const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(good, good, good, bytes), flips, async (original, changes) => {
      const damaged = Buffer.from(original);
      for (const [at, by] of changes) {
        // As many in the directory at the end as elsewhere.
        const place = at % 2 === 0 ? at % damaged.length : damaged.length - 1 - (at % 700);
        damaged[place] = (damaged[place] ?? 0) ^ by;
      }
      const folder = await temporaryFolder();
      await writeFile(join(folder, "x.tare"), damaged);
      const outcome = await imported(join(folder, "campaigns"), join(folder, "x.tare")).catch(
        (error: unknown) => error,
      );
      const left = await readdir(join(folder, "campaigns")).catch(() => []);
      if (outcome instanceof Error)
        expect({ name: outcome.name, left }).toEqual({ name: "TareError", left: [] });
      else expect(left.length).toBe(1);
      expect((await readdir(folder)).filter((name) => !["campaigns", "x.tare"].includes(name))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
