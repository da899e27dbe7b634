// One campaign: its facts before and after, its changes, its raw files.
import { expect, test } from "./fixtures/window.ts";

const campaign = "/campaigns/2026-11-20-redis-and-storage-7f3a";

test("the header tells status, lab, size and seed", async ({ open }) => {
  const page = await open(campaign);
  const header = page.getByRole("main").locator("header");
  await expect(header).toContainText("incomplete");
  await expect(header).toContainText("Bench pair, rack 4");
  await expect(header).toContainText("80 runs, 4 blocks");
  await expect(header).toContainText("seed 20261120");
});

test("facts stand side by side, and only what differs is left on request", async ({ open }) => {
  const page = await open(`${campaign}/facts`);
  await page.getByRole("combobox", { name: "Machine" }).click();
  await page.getByRole("option", { name: "loadgen" }).click();
  await page.getByRole("switch", { name: /Only what differs/ }).click();
  await expect(page.getByText("512 reserved")).toBeVisible();
  await expect(page.getByText("Debian GNU/Linux")).toHaveCount(0);
});

test("changes show what was there before, and that it was taken back", async ({ open }) => {
  const page = await open(`${campaign}/changes`);
  await expect(page.getByRole("heading", { name: "System under test: identical to before" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Load generator: 1 difference" })).toBeVisible();
  await page.getByText("Set the CPU governor to performance").click();
  await expect(page.getByText("schedutil")).toBeVisible();
  await expect(page.getByText("undone").first()).toBeVisible();
});

test("a link leads to the raw output of one run", async ({ open }) => {
  const page = await open(`${campaign}/files?run=b02-docker-nat-fio-randread-d16`);
  await expect(page.getByRole("region", { name: /1\.measure\.stdout/ })).toContainText("sample 0: 0 us");
  await page.getByRole("button", { name: /stderr/ }).click();
  await expect(page.getByText("This file is empty.")).toBeVisible();
});

test("a campaign that does not exist is said to be so", async ({ open }) => {
  const page = await open("/campaigns/2020-01-01-gone-0000");
  await expect(page.getByRole("alert")).toContainText("There is no campaign 2020-01-01-gone-0000.");
});
