// The list of campaigns: empty, long, damaged.
import { expect, test } from "./fixtures/window.ts";

test("a long library is sorted, filtered and opened from the keyboard", async ({ open }) => {
  const page = await open("/");
  const table = page.getByRole("table", { name: "Campaigns" });
  await expect(table.getByRole("row").nth(1)).toContainText("Redis sweep 1");
  // Drawn are only the rows in sight.
  expect(await table.getByRole("row").count()).toBeLessThan(80);

  await table.getByRole("button", { name: "Campaign" }).click();
  await expect(table.getByRole("row").nth(1)).toContainText("After the BIOS update 1");

  await page.getByPlaceholder("Filter by name").fill("quick stream");
  await expect(page.getByText("1 of 400 shown")).toBeVisible();
  await page.getByRole("link", { name: "Redis and storage, quick" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Redis and storage, quick" })).toBeVisible();
});

for (const width of [620, 700, 800, 960, 1100, 1400])
  test(`no column is cut at ${width} px`, async ({ open }) => {
    const page = await open("/");
    await page.setViewportSize({ width, height: 900 });
    const scroller = page.getByRole("table", { name: "Campaigns" }).locator("..");
    await expect(scroller).toBeVisible();
    await expect
      .poll(() => scroller.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
      .toBeLessThanOrEqual(0);
  });

test("failed runs are counted beside the done ones", async ({ open }) => {
  const page = await open("/");
  await page.getByPlaceholder("Filter by name").fill("storage, quick");
  await expect(page.getByText("97/120 · 3 failed")).toBeVisible();
});

test.describe("before the first campaign", () => {
  test.use({ scene: "empty" });

  test("the library says what to do next and offers the built-in lab", async ({ open }) => {
    const page = await open("/");
    await expect(page.getByRole("heading", { name: "No campaigns yet" })).toBeVisible();
    await expect(page.getByText("tare demo")).toBeVisible();
    await page.getByRole("link", { name: "Add a lab" }).click();
    await expect(page.getByRole("heading", { name: "New lab" })).toBeVisible();
  });
});

test.describe("with a damaged folder", () => {
  test.use({ scene: "failing" });

  test("the folder is listed as an error and the others are shown", async ({ open }) => {
    const page = await open("/");
    await expect(page.getByRole("alert")).toContainText("2026-10-02-nightly-11ab cannot be read");
    await expect(page.getByRole("table", { name: "Campaigns" }).getByRole("row")).toHaveCount(13);
  });
});
