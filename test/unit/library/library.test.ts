// The library: campaigns of a folder listed, found, removed; what cannot be read is named and hides nothing.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  createCampaignFolder,
  openCampaignFolder,
  readCampaignFolder,
} from "#main/library/campaign-folder.ts";
import { findCampaign, listCampaigns, removeCampaign } from "#main/library/library.ts";
import { lockCampaign } from "#main/library/run-lock.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { sampleCampaign } from "../sample-campaign.ts";

const day = (number: number) => `2026-01-0${number}T03:04:05.000Z`;

test("a folder that is not there yet is an empty library", async () => {
  expect(await listCampaigns(join(await temporaryFolder(), "none"))).toEqual({ campaigns: [], errors: [] });
});

test("campaigns are listed from the newest on; damaged ones are named beside them", async () => {
  const folder = await temporaryFolder();
  await createCampaignFolder(folder, sampleCampaign({ id: "old", createdAt: day(1) }));
  await createCampaignFolder(folder, sampleCampaign({ id: "new", createdAt: day(2) }));
  const path = await createCampaignFolder(folder, sampleCampaign({ id: "damaged", createdAt: day(3) }));
  await writeFile(join(path, "campaign.json"), '{"schema":"tare-cam');
  const holed = await createCampaignFolder(folder, sampleCampaign({ id: "holed", createdAt: day(4) }));
  await writeFile(join(holed, "events.jsonl"), 'garbage\n{"seq":2}\n');
  await mkdir(join(folder, ".new-being-made"));
  await mkdir(join(folder, "notes of a person"));

  const { campaigns, errors } = await listCampaigns(folder);
  expect(campaigns.map(({ id, status }) => [id, status])).toEqual([
    ["new", "ready"],
    ["old", "ready"],
  ]);
  expect(errors.map(({ code }) => code)).toEqual(["CAMPAIGN_DAMAGED", "CAMPAIGN_DAMAGED"]);
  expect(errors.map(({ message }) => message).join()).toMatch(/damaged.*holed|holed.*damaged/s);
});

test("a campaign is found by its whole id only", async () => {
  const folder = await temporaryFolder();
  const path = await createCampaignFolder(folder, sampleCampaign({ id: "first-look-3f9a" }));
  expect(await findCampaign(folder, "first-look-3f9a")).toBe(path);
  for (const id of ["look-3f9a", "3f9a", "", "../first-look-3f9a"])
    await expect(findCampaign(folder, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("creating a campaign whose folder is there already leaves that one as it is", async () => {
  const folder = await temporaryFolder();
  const path = await createCampaignFolder(folder, sampleCampaign({ id: "same", name: "First" }));
  await expect(
    createCampaignFolder(folder, sampleCampaign({ id: "same", name: "Second" })),
  ).rejects.toThrow();
  expect((await readCampaignFolder(path)).campaign.name).toBe("First");
  expect(await readdir(folder)).toEqual([path.split("/").at(-1)]);
});

test("what was appended is there when the folder is opened again", async () => {
  const path = await createCampaignFolder(await temporaryFolder(), sampleCampaign());
  const first = await openCampaignFolder(path);
  await first.append({ type: "remark", text: "one" });
  await first.close();
  const second = await openCampaignFolder(path);
  expect(second.events).toMatchObject([{ seq: 1, text: "one" }]);
  expect((await second.append({ type: "remark", text: "two" })).seq).toBe(2);
  await second.close();
});

test("a running campaign is not removed, an ended one wholly", async () => {
  const folder = await temporaryFolder();
  const path = await createCampaignFolder(folder, sampleCampaign({ id: "running" }));
  const release = await lockCampaign(path);
  await expect(removeCampaign(folder, "running")).rejects.toMatchObject({ code: "BUSY" });
  await release();
  await removeCampaign(folder, "running");
  expect(await readdir(folder)).toEqual([]);
});

test("runs of refused cells are not waited for; what one of them did before it was refused still counts", async () => {
  const folder = await temporaryFolder();
  const path = await createCampaignFolder(folder, sampleCampaign({ blocks: 3 }));
  const campaign = await openCampaignFolder(path);
  const plan = planSessions(campaign.campaign);
  const [run] = plan.flatMap(({ runs }) => runs);
  if (run === undefined) throw new Error("the sample has runs");
  const { runId, slot, conditionId } = run;
  const plannedRuns = plan.flatMap(({ runs }) => runs).length;
  await campaign.append({ type: "campaign-created", name: "Sample", plannedRuns });
  await campaign.append({ type: "run-started", runId, attempt: 1 });
  await campaign.append({
    type: "run-ended",
    runId,
    attempt: 1,
    outcome: "failed",
    measurements: [],
    remarks: [],
    toolSeconds: 0,
    totalSeconds: 1,
    emulated: false,
  });
  await campaign.append({ type: "cell-refused", slot, conditionId, reason: "No." });
  await campaign.close();
  const [entry] = (await listCampaigns(folder)).campaigns;
  expect(entry).toMatchObject({ runsFailed: 1, runsPlanned: plannedRuns - 2 });
});
