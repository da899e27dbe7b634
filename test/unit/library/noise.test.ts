// The noise of a lab from its campaigns' folders: which count, and what becomes of those that cannot be read.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createCampaignFolder } from "#main/library/campaign-folder.ts";
import { labNoise } from "#main/library/noise.ts";
import { campaign } from "../../e2e/fixtures/sample-campaign.ts";
import { journal } from "../../e2e/fixtures/sample-journal.ts";
import { temporaryLibrary } from "../../fixtures/temporary-library.ts";

const { signal } = new AbortController();
const labId = campaign.lab.id;

interface Made {
  readonly day?: number;
  readonly lab?: string;
  readonly outcome?: "complete" | "incomplete";
}

/** A folder of the sample campaign, which has a native control, containers and a guest in four blocks. */
async function madeIn(
  folder: string,
  id: string,
  { day = 1, lab = labId, outcome = "complete" }: Made = {},
): Promise<string> {
  const createdAt = new Date(Date.UTC(2026, 0, day)).toISOString();
  const path = await createCampaignFolder(folder, {
    ...campaign,
    id,
    createdAt,
    lab: { ...campaign.lab, id: lab },
  });
  const events = journal(4).map((event) => (event.type === "campaign-ended" ? { ...event, outcome } : event));
  await writeFile(join(path, "events.jsonl"), events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  return path;
}

test("only complete campaigns of the lab count; a damaged one is named and hides none", async () => {
  const { library, paths } = await temporaryLibrary();
  const folder = paths.campaigns;
  const noiseOf = async () => labNoise(folder, labId, await library.ofLab(labId), signal);
  const none = { noise: [], campaigns: 0, newest: null, demo: false, errors: [] };
  expect(await noiseOf()).toEqual(none);
  await madeIn(folder, "of-another-lab", { lab: "another" });
  await madeIn(folder, "cut-short", { outcome: "incomplete" });
  expect(await noiseOf()).toEqual(none);

  await madeIn(folder, "first", { day: 2 });
  const one = await noiseOf();
  expect(one).toMatchObject({ campaigns: 1, newest: "2026-01-02T00:00:00.000Z", errors: [] });
  expect(new Set(one.noise.map(({ compared }) => compared))).toEqual(new Set(["control", "docker", "kvm"]));
  expect(one.noise.every(({ deviation, degrees }) => deviation > 0 && degrees > 0)).toBe(true);

  await madeIn(folder, "second", { day: 3 });
  const damaged = await madeIn(folder, "damaged", { day: 4 });
  await writeFile(join(damaged, "campaign.json"), "{");
  const two = await noiseOf();
  expect(two).toMatchObject({ campaigns: 2, newest: "2026-01-03T00:00:00.000Z" });
  expect(two.errors.map(({ code }) => code)).toEqual(["CAMPAIGN_DAMAGED"]);
  // The same campaign twice has the same scatter, and twice the pairs.
  expect(two.noise.map(({ pairs }) => pairs)).toEqual(one.noise.map(({ pairs }) => 2 * pairs));
  two.noise.forEach(({ deviation }, at) =>
    expect(deviation).toBeCloseTo(one.noise[at]?.deviation ?? Number.NaN, 12),
  );
});

test("an imported campaign whose lab has the same id is of other machines: it counts for nothing, damaged or whole", async () => {
  const { library, paths } = await temporaryLibrary();
  const whole = await madeIn(paths.campaigns, "imported");
  const damaged = await madeIn(paths.campaigns, "imported-too", { day: 2 });
  const imported = { schema: "tare-library/1", importedAt: "2026-01-05T00:00:00.000Z" };
  for (const path of [whole, damaged]) await writeFile(join(path, "library.json"), JSON.stringify(imported));
  await writeFile(join(damaged, "campaign.json"), "{");
  const past = await library.ofLab(labId);
  expect(past.filter(({ origin }) => origin === "measured")).toHaveLength(2);
  expect(await labNoise(paths.campaigns, labId, past, signal)).toMatchObject({ campaigns: 0, errors: [] });
});

test("it ends when nobody waits for it any more", async () => {
  const { library, paths } = await temporaryLibrary();
  await madeIn(paths.campaigns, "first");
  const aborted = AbortSignal.abort();
  const past = await library.ofLab(labId);
  await expect(labNoise(paths.campaigns, labId, past, aborted)).rejects.toMatchObject({ code: "CANCELLED" });
  await expect(library.ofLab(labId, aborted)).rejects.toMatchObject({ code: "CANCELLED" });
});
