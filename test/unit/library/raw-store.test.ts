// Raw files: packed without loss, found packed or not, and nothing outside of the campaign's folder.
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compressRun, listRaw, openCampaignFile, rawFolder, readRaw } from "#main/library/raw-store.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";

const long = "a line of output\n".repeat(10_000);

async function campaignWithRun(): Promise<string> {
  const campaign = join(await temporaryFolder(), "2026-01-02-sample");
  const folder = await rawFolder(campaign, "b01-native-x");
  await writeFile(join(folder, "1-measure.stdout"), long);
  await writeFile(join(folder, "1-measure.stderr"), "short\n");
  await writeFile(join(folder, "1-measure.stdout.tmp"), "half-written");
  await writeFile(join(campaign, "campaign.json"), "{}");
  return campaign;
}

test("large files are packed and read as before; small ones stay readable without a tool", async () => {
  const campaign = await campaignWithRun();
  await compressRun(campaign, "b01-native-x");
  expect((await readdir(join(campaign, "raw/b01-native-x"))).sort()).toEqual([
    "1-measure.stderr",
    "1-measure.stdout.gz",
    "1-measure.stdout.tmp",
  ]);
  expect(await readRaw(campaign, "b01-native-x", "1-measure.stdout")).toBe(long);
  for (const path of ["raw/b01-native-x/1-measure.stdout.gz", "raw/b01-native-x/1-measure.stdout"])
    expect(await text(await openCampaignFile(campaign, path))).toBe(long);
  expect((await listRaw(campaign, "b01-native-x")).map(({ path }) => path)).toEqual([
    "raw/b01-native-x/1-measure.stderr",
    "raw/b01-native-x/1-measure.stdout.gz",
  ]);
  await compressRun(campaign, "b01-native-x");
  expect(await readRaw(campaign, "b01-native-x", "1-measure.stdout")).toBe(long);
});

test("a run without files has an empty list", async () => {
  expect(await listRaw(await campaignWithRun(), "b09-native-x")).toEqual([]);
});

test.each([
  "",
  ".",
  "..",
  "../secret",
  "../2026-01-02-sample-2/campaign.json",
  "raw/../../secret",
  "/etc/passwd",
  "raw",
  "raw/b01-native-x",
  "raw/b01-native-x/1-measure.stderr/",
  "raw/b01-native-x/1-measure.stderr/..",
  "campaign.json\0",
  "\0",
  "..\\secret",
  "x".repeat(300),
  "link-to-file",
  "link-to-folder/secret",
  "loop",
  "dangling",
])("%j is not a file of the campaign", async (path) => {
  const campaign = await campaignWithRun();
  const outside = join(campaign, "..");
  await writeFile(join(outside, "secret"), "secret");
  await mkdir(join(outside, "2026-01-02-sample-2"));
  await writeFile(join(outside, "2026-01-02-sample-2/campaign.json"), "secret");
  await symlink("../secret", join(campaign, "link-to-file"));
  await symlink("..", join(campaign, "link-to-folder"));
  await symlink("loop", join(campaign, "loop"));
  await symlink("nowhere", join(campaign, "dangling"));
  await expect(openCampaignFile(campaign, path)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("no path made of dots, slashes and names reads what is outside", async () => {
  const campaign = await campaignWithRun();
  await writeFile(join(campaign, "../secret"), "secret");
  const part = fc.constantFrom(
    "..",
    ".",
    "",
    "raw",
    "b01-native-x",
    "secret",
    "campaign.json",
    "2026-01-02-sample",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
      const content = await openCampaignFile(campaign, parts.join("/")).then(text, () => "");
      expect(content).not.toBe("secret");
    }),
    { numRuns: 300 },
  );
});

test.each(["", ".", "..", "../..", "../raw", "b01-native-x/..", "/etc", "a/b", "\0"])(
  "%j is not a run",
  async (runId) => {
    await expect(listRaw(await campaignWithRun(), runId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  },
);
