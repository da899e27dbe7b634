// The paper's figures with a recorded campaign laid over them, under the content security policy of the core.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/replayed-window.ts";
import { violations } from "./fixtures/violations.ts";

const paper = "/campaigns/felter-2014/figures";

test("a campaign is laid over the paper, a point leads to its run, and the figure is saved as a page", async ({
  replay,
  open,
  browser,
}) => {
  test.setTimeout(120_000);
  await replay.finish();
  const page = await open("figures");
  await expect(page.locator("#figure-13")).toBeAttached();
  await expect(page.locator("#figure-1"), "LINPACK was not measured").toHaveCount(0);

  await page.goto(new URL(`${paper}#figure-13`, page.url()).href);
  const figure = page.locator("#figure-13");
  await expect(figure.locator("svg.main-svg").first()).toBeInViewport();
  await expect(page.getByRole("link", { name: "Figure 13" })).toHaveAttribute("aria-current", "true");

  const search = page.getByRole("combobox", { name: "Lay over" });
  // As a person does: the page stays where the address led until something is touched.
  await search.click();
  await search.fill("demo");
  await page.getByRole("option", { name: /Demo/ }).click();
  await expect(page.getByRole("list", { name: "Campaigns in the figures" }).getByRole("listitem")).toHaveText(
    ["AFelter et al. 2014", "BDemo"],
  );
  await expect(figure.locator(".legend")).toContainText("B: Demo");

  await page.getByText("Relative to native", { exact: true }).click();
  await expect(figure.locator(".ytitle").first()).toContainText("ratio to native");
  await expect(page).toHaveURL(/campaigns=felter-2014%2Cdemo-229c51&scale=relative/);

  const point = figure.locator(".scatterlayer .points path").last();
  await point.scrollIntoViewIfNeeded();
  const box = await point.boundingBox();
  await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
  await expect(figure.locator(".hoverlayer")).toContainText(/95 % interval|no interval/);

  await figure.focus();
  await page.keyboard.press("j");
  await expect(page.locator("#figure-14")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(figure).toBeFocused();
  await figure.getByRole("button", { name: /^Values/ }).press("Enter");
  await figure
    .getByRole("button", { name: /^KVM, 50/ })
    .last()
    .press("Enter");
  const details = figure.getByRole("complementary", { name: "KVM, 50" });
  await expect(details).toBeFocused();
  await expect(details).toContainText("Demo");
  await expect(details.getByRole("list", { name: "Values by block" }).getByRole("listitem")).toHaveCount(1);
  await expect(details).toContainText("measure, load generator");
  await expect(details).toContainText(/redis/);
  expect(await violations(page)).toEqual([]);
  await details.getByRole("button", { name: "Open the run" }).press("Enter");
  const raw = page.getByRole("dialog", { name: "b01-kvm-redis-c50" });
  await expect(raw.getByRole("navigation", { name: "Files of the run" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(raw).toBeHidden();

  const saved = await savedPage(page);
  const offline = await browser.newContext({ offline: true });
  const alone = await offline.newPage();
  const loaded: string[] = [];
  const complaints: string[] = [];
  alone.on("request", (request) => loaded.push(new URL(request.url()).protocol));
  alone.on("pageerror", (error) => complaints.push(String(error)));
  alone.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  await alone.goto(`file://${saved}`);
  await expect(alone.locator("svg.main-svg").first()).toBeVisible();
  await expect(alone.getByRole("heading", { level: 1 })).toContainText("Redis: throughput");
  await expect(
    alone.getByRole("region", { name: "Values" }).getByRole("row", { name: /KVM/ }).first(),
  ).toBeVisible();
  await expect(alone.getByRole("heading", { name: "Demo", level: 3 })).toBeVisible();
  expect(await violations(alone)).toEqual([]);
  expect(complaints).toEqual([]);
  expect(loaded).toEqual(["file:"]);
  await offline.close();
});

test.describe("dark, 760 px wide", () => {
  test.use({ colorScheme: "dark", viewport: { width: 760, height: 900 } });

  test("a campaign that cannot be read hides no other; the paper's labels; no rule of axe is broken", async ({
    replay,
    open,
  }) => {
    test.setTimeout(90_000);
    await replay.finish();
    const page = await open("figures");
    await page.goto(new URL("/figures?campaigns=felter-2014,gone-1&figure=figure-16", page.url()).href);
    await expect(page.getByRole("alert")).toContainText("gone-1");
    const figure = page.locator("#figure-16");
    await expect(figure.locator("svg.main-svg").first()).toBeInViewport();
    const behindNat = figure.locator(".legendtext").filter({ hasText: /^Docker, NAT$/ });
    await expect(behindNat, "its data show the host's network").toHaveCount(0);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(760);
    await page.getByText("As it printed them", { exact: true }).click();
    await expect(behindNat).toHaveCount(1);
    await page.getByRole("button", { name: "Take out gone-1" }).click();
    await expect(page.getByRole("alert")).toBeHidden();
  });
});

/** Saves Figure 13 as HTML; its path. */
async function savedPage(page: Page): Promise<string> {
  const figure = page.locator("#figure-13");
  await figure.getByRole("button", { name: "Save figure" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /HTML/ }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("figure-13-felter-2014-and-1-more-relative.html");
  const path = test.info().outputPath("figure.html");
  await file.saveAs(path);
  return path;
}
