// The results of a campaign: figures and tables over a recorded one, under the content security policy of the core.
import { readFile } from "node:fs/promises";
import type { CampaignEvent } from "#shared/model/event.ts";
import { expect, test } from "./fixtures/replayed-window.ts";
import { violations } from "./fixtures/violations.ts";

const ended = (runId: string) => (event: CampaignEvent) =>
  event.type === "run-ended" && event.runId === runId;

test("before the first run has ended the page says what to do", async ({ replay, open }) => {
  await replay.advance(({ type }) => type === "session-started");
  const page = await open("results");
  await expect(page.getByRole("heading", { name: "Nothing was measured yet" })).toBeVisible();
  await page.getByRole("link", { name: "To the run" }).click();
  await expect(page.getByRole("heading", { name: "Blocks" })).toBeVisible();
});

test("every workload has a figure, drawn under the policy, and a table", async ({ replay, open }) => {
  await replay.finish();
  const page = await open("results");
  for (const name of ["STREAM", "nuttcp", "Redis"]) {
    // A part is drawn when it comes close.
    await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name }).click();
    const section = page.getByRole("region", { name, exact: true });
    await expect(section.locator("svg.main-svg").first()).toBeVisible();
    await expect(section.getByRole("columnheader", { name: "Ratio to native (95 %)" })).toBeVisible();
  }
  await expect(page.getByText("Not results: both hosts of the built-in lab")).toBeVisible();
  await expect(page.getByText("Not results: KVM ran emulated (TCG)")).toBeVisible();
  const kvm = page
    .getByRole("region", { name: "Results of STREAM" })
    .getByRole("row", { name: /KVM/ })
    .first();
  await expect(kvm).toContainText("emulated: not a result");
  const nuttcp = page.getByRole("region", { name: "Results of nuttcp" });
  await expect(nuttcp).toContainText("1 of 1 run failed");
  await expect(nuttcp).toContainText("one block: no interval");
});

test("results follow the runs as they end", async ({ replay, open }) => {
  await replay.advance(ended("b01-native-stream"));
  const page = await open("results");
  const table = page.getByRole("region", { name: "Results of STREAM" });
  const control = table.getByRole("row", { name: /A\/A control/ }).first();
  await expect(control).toContainText("–");
  await replay.advance(ended("b01-native.control-stream"));
  await expect(control).toContainText("GB/s");
  await expect(page.getByText(/So far \d+ of 20 runs have ended/)).toBeVisible();
});

test("a line lists its runs, and each leads to its raw output", async ({ replay, open }) => {
  await replay.finish();
  const page = await open("results");
  const table = page.getByRole("region", { name: "Results of STREAM" });
  await table.getByRole("button", { name: "Docker NAT" }).first().click();
  await table.getByRole("list", { name: "Runs of Docker NAT by block" }).getByRole("button").click();
  const drawer = page.getByRole("dialog", { name: "b01-docker-nat-stream" });
  await expect(drawer.getByRole("region", { name: /measure-0\.stdout/ })).toContainText("Triad", {
    ignoreCase: true,
  });
});

test("a click on a bar opens the line that it stands for", async ({ replay, open }) => {
  await replay.finish();
  const page = await open("results");
  const section = page.getByRole("region", { name: "STREAM", exact: true });
  await section.locator("svg.main-svg").first().waitFor();
  const bar = await section.locator(".bars .point path").first().boundingBox();
  await page.mouse.click((bar?.x ?? 0) + (bar?.width ?? 0) / 2, (bar?.y ?? 0) + (bar?.height ?? 0) / 2);
  await expect(section.getByRole("list", { name: "Runs of Native by block" })).toBeVisible();
});

test(
  "a table is copied as text and a figure is saved as SVG",
  { tag: "@browser" },
  async ({ replay, open, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await replay.finish();
    const page = await open("results");
    await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Redis" }).click();
    const section = page.getByRole("region", { name: "Redis", exact: true });
    await section.getByRole("button", { name: "Copy TSV" }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split("\n")[0]).toContain("configuration\tn\tmean\ts\tratio to native");
    expect(copied).toContain("Redis, 50 clients\tThroughput, GET and SET\t1/s\thigher\tNative\t1\t");
    await section.locator("svg.main-svg").first().waitFor();
    await section.getByRole("button", { name: "Save figure" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: /SVG/ }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe("demo-229c51-redis-throughput.svg");
    expect(await readFile(await file.path(), "utf8")).toContain("Redis: throughput, GET and SET");
  },
);

test("figures take the colours of the scheme when it changes", async ({ replay, open }) => {
  await replay.finish();
  const page = await open("results");
  const paper = page.getByRole("region", { name: "STREAM", exact: true }).locator("svg.main-svg").first();
  const light = await paper.evaluate((svg) => getComputedStyle(svg).backgroundColor);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => paper.evaluate((svg) => getComputedStyle(svg).backgroundColor)).not.toBe(light);
});

for (const [colorScheme, width] of [
  ["light", 1500],
  ["dark", 800],
] as const)
  test.describe(`${colorScheme}, ${width} px wide`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });

    test("no rule of axe is broken", async ({ replay, open }) => {
      await replay.finish();
      const page = await open("results");
      await page.locator("svg.main-svg").first().waitFor();
      await page.getByRole("button", { name: "Docker NAT" }).first().click();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });
