// The bin: removed campaigns are brought back or purged, and no moment of a crash loses one.
import { spawn } from "node:child_process";
import { cp, mkdir, readFile, readdir, rename, utimes } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { annotationName, readAnnotation } from "#main/library/annotation-file.ts";
import { createCampaignFolder, readCampaignFolder } from "#main/library/campaign-folder.ts";
import { lockCampaign } from "#main/library/run-lock.ts";
import { TareError } from "#shared/model/error.ts";
import { paperId } from "#shared/model/dataset.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { temporaryLibrary } from "../../fixtures/temporary-library.ts";
import { sampleCampaign } from "../sample-campaign.ts";

const dayMs = 24 * 3_600_000;

test("a removed campaign is in the bin with its notes, and comes back as it was; a running one stays", async () => {
  const { library, paths, measuredIds } = await temporaryLibrary();
  const path = await createCampaignFolder(paths.campaigns, sampleCampaign({ id: "first", name: "First" }));
  await createCampaignFolder(paths.campaigns, sampleCampaign({ id: "second" }));
  await library.rename("first", "Spring");
  const before = await readdir(path);

  const release = await lockCampaign(path);
  await expect(library.remove("first")).rejects.toMatchObject({ code: "BUSY" });
  await release();
  await library.remove("first");
  const { campaigns, removed, disk } = await library.list();
  expect(campaigns.map(({ id }) => id)).not.toContain("first");
  expect(removed).toMatchObject([{ campaignId: "first", name: "Spring" }]);
  expect(disk.removed).toBe(removed[0]?.sizeBytes);
  expect(disk.removed).toBeGreaterThan(0);
  expect(disk.free).toBeGreaterThan(0);
  expect(await library.find("spring")).toEqual([]);

  await library.restore("first");
  expect(await measuredIds()).toEqual(["second", "first"]);
  expect(await library.find("spring")).toEqual(["first"]);
  expect(await readdir(path)).toEqual(before);
  expect((await library.list()).removed).toEqual([]);
  for (const work of [library.remove, library.restore, library.purge])
    await expect(work("none")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("one that the library has again is not brought back over it, and both removed ones are kept", async () => {
  const { library, paths, measuredIds } = await temporaryLibrary();
  const make = (name: string) => createCampaignFolder(paths.campaigns, sampleCampaign({ id: "same", name }));
  await make("Old");
  await library.remove("same");
  const path = await make("New");
  await expect(library.restore("same")).rejects.toMatchObject({ code: "INPUT_INVALID" });
  expect((await readCampaignFolder(path)).campaign.name).toBe("New");
  await library.remove("same");
  expect((await library.list()).removed.map(({ name }) => name)).toEqual(["New", "Old"]);
  await library.restore("same");
  expect((await readCampaignFolder(path)).campaign.name).toBe("New");
  expect(await measuredIds()).toEqual(["same"]);
  await library.purge("same");
  expect((await library.list()).removed).toEqual([]);
});

test("purged for good: one, all, and after thirty days by itself; what a cut-short move left goes too", async () => {
  const data = join(await temporaryFolder(), "data");
  const { library, paths } = await temporaryLibrary({ data });
  for (const id of ["a", "b", "c"]) {
    await createCampaignFolder(paths.campaigns, sampleCampaign({ id }));
    await library.remove(id);
  }
  await library.purge("a");
  expect((await library.list()).removed.map(({ campaignId }) => campaignId)).toEqual(["c", "b"]);
  await library.purge(null);
  expect(await readdir(paths.removed)).toEqual([]);

  await createCampaignFolder(paths.campaigns, sampleCampaign({ id: "d" }));
  await library.remove("d");
  for (const name of [join(paths.removed, ".purged-x"), join(paths.campaigns, ".removed-y")]) {
    await mkdir(name);
    await utimes(name, new Date(0), new Date(0));
  }
  await mkdir(join(paths.removed, ".moving-now"));
  const at = (days: number) => () => new Date(Date.now() + days * dayMs);
  const early = await temporaryLibrary({ data, now: at(29) });
  expect((await early.library.list()).removed.map(({ campaignId }) => campaignId)).toEqual(["d"]);
  const late = await temporaryLibrary({ data, now: at(31) });
  expect((await late.library.list()).removed).toEqual([]);
  expect(await readdir(paths.campaigns)).toEqual([]);
});

test("the paper stays, and a folder that a person put into the bin is told by its design", async () => {
  const { library, paths } = await temporaryLibrary();
  await expect(library.remove(paperId)).rejects.toMatchObject({ code: "UNSUPPORTED" });
  await expect(library.rename(paperId, "Mine")).rejects.toMatchObject({ code: "UNSUPPORTED" });
  const path = await createCampaignFolder(paths.campaigns, sampleCampaign({ id: "moved", name: "By hand" }));
  await mkdir(paths.removed);
  await rename(path, path.replace("/campaigns/", "/removed/"));
  expect((await library.list()).removed).toMatchObject([{ campaignId: "moved", name: "By hand" }]);
  await library.restore("moved");
  expect((await readCampaignFolder(path)).campaign.name).toBe("By hand");
});

test("killed at any moment, the campaign is whole, in the library or in the bin, with its notes", async () => {
  const { library, paths } = await temporaryLibrary();
  const path = await createCampaignFolder(paths.campaigns, sampleCampaign({ id: "moved" }));
  await cp(import.meta.filename, join(path, "raw", "large"));
  const program = join(import.meta.dirname, "../../fixtures/move-and-die.ts");
  for (let death = 0; death < 5; death += 1) {
    const child = spawn(process.execPath, [program, paths.data, "moved"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise((resolve) => child.once("close", resolve));
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await sleep(5 + death * 13);
    child.kill("SIGKILL");
    await ended;
    // Killed in the middle of bringing it back, it is where it was or where it is to be.
    await library.restore("moved").catch((error: unknown) => {
      if (!(error instanceof TareError) || !["NOT_FOUND", "INPUT_INVALID"].includes(error.code)) throw error;
    });
    expect((await library.list()).removed).toEqual([]);
    expect((await readCampaignFolder(path)).campaign.id).toBe("moved");
    expect(await readFile(join(path, "raw", "large"))).toEqual(await readFile(import.meta.filename));
    const { note, damage } = await readAnnotation(join(path, annotationName));
    expect(damage).toBeNull();
    expect(note).toMatch(/^(round \d+)?$/);
  }
  await library.annotate("moved", { tags: ["x"], note: "kept", archived: true });
  expect((await library.list()).campaigns).toContainEqual(
    expect.objectContaining({ id: "moved", tags: ["x"], note: "kept", archived: true, damage: null }),
  );
});
