// One campaign: its facts before and after, its changes, its raw files.
import { expect, test } from "./fixtures/window.ts";

const campaign = "/campaigns/2026-11-20-redis-and-storage-7f3a";

test("the header tells status, lab, size and seed", async ({ open }) => {
  const page = await open(campaign);
  const header = page.getByRole("main").locator("header");
  await expect(header).toContainText("incomplete");
  await expect(header).toContainText("Bench pair, rack 4");
  await expect(header).toContainText(/\d+ runs, 4 blocks/);
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

test("evidence, start-up, ladder and refused cells stand in the results, each at its place in the index", async ({
  open,
}) => {
  const page = await open(`${campaign}/results`);
  const index = page.getByRole("navigation", { name: "Sections of the results" });
  await expect(page.getByText("Network path: from data0")).toBeVisible();

  await index.getByRole("link", { name: "Redis" }).click();
  await expect(index.getByRole("link", { name: "Redis" })).toHaveAttribute("aria-current", "true");
  const redis = page.getByRole("region", { name: "Redis", exact: true });
  await expect(redis).toContainText("not held in 1 of");
  await expect(redis).toContainText("Network: 25 Gb/s path over data0.");
  const line = page
    .getByRole("region", { name: "Results of Redis" })
    .getByRole("row", { name: /Docker, NAT.*not held/ });
  await line.getByRole("button").click();
  const evidence = page.getByRole("list", { name: "Evidence of Docker, NAT" });
  await expect(evidence.getByRole("listitem").first()).toHaveText(
    /not held\s*Load generator\s*1 of 4 runs\s*expected .*below 85 % busy\s*found 97 % busy/,
  );

  await index.getByRole("link", { name: "Start-up" }).click();
  const startUp = page.getByRole("region", { name: "Start-up", exact: true });
  await expect(startUp.locator("svg.main-svg").first()).toBeVisible();
  await expect(startUp.getByRole("row", { name: /KVM, 16 vCPUs/ })).toContainText("9.8");

  await index.getByRole("link", { name: "Docker's network" }).click();
  const ladder = page.getByRole("region", { name: "Ladder: Docker's network" });
  await expect(ladder.locator("svg.main-svg").first()).toBeVisible();
  await expect(ladder.getByRole("row", { name: /The whole way/ }).first()).toContainText(/\d\.\d+ \(/);

  await index.getByRole("link", { name: "Refused cells" }).click();
  await expect(page.getByRole("region", { name: "Refused cells" })).toContainText(
    "The data interface data0 of sut takes no macvlan",
  );
});

test("figures far down are drawn when they come close", async ({ open }) => {
  const page = await open(`${campaign}/results`);
  await page.locator("svg.main-svg").first().waitFor();
  await expect(page.getByRole("region", { name: "Ladder: Docker's network" }).locator("svg")).toHaveCount(0);
});

test("a run tells its evidence and its environment's start; a refused one tells the reason", async ({
  open,
}) => {
  const page = await open(campaign);
  await page.locator('[data-run="b02-docker-nat-redis-c50"]').click();
  const chosen = page.getByRole("region", { name: "Chosen run" });
  await expect(chosen).toContainText("environment up in 0.541 s");
  await expect(chosen.getByRole("list", { name: "Evidence of the run" })).toContainText("97 % busy");
  const refused = page.locator('[data-run="b01-docker-macvlan-redis-c50"]');
  await expect(refused).toHaveAttribute("data-status", "refused");
  await expect(refused).toHaveAccessibleName(/refused: the lab does not offer what it needs/);
  await refused.click();
  await expect(chosen).toContainText("takes no macvlan");
  await expect(page.getByRole("region", { name: "Start-up of environments" })).toContainText("4 starts");
});
