// The report as a colleague gets it: one file, opened without Tare and without a network.
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@playwright/test";
import { htmlReport } from "#main/report/html-report.ts";
import { rootFolder } from "#main/installation.ts";
import { violations } from "./fixtures/violations.ts";

const folder = "2026-11-24-demo-229c51";

test("a report opens from a file, offline: figures are drawn, nothing is refused or fetched, axe finds nothing", async ({
  browser,
}, info) => {
  const campaigns = info.outputPath("campaigns");
  await cp(join(rootFolder, "test/fixtures/campaigns", folder), join(campaigns, folder), { recursive: true });
  const paths = { campaigns, assets: join(rootFolder, "assets"), renderer: join(rootFolder, "out/renderer") };
  const file = info.outputPath("report.html");
  await writeFile(file, await htmlReport(paths, "demo-229c51", "1.2.3"));

  for (const [colorScheme, width] of [
    ["light", 1400],
    ["dark", 760],
  ] as const) {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 900 },
      offline: true,
    });
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("request", (request) => !/^(file|data|blob):/.test(request.url()) && wrong.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    const figures = page.locator("[data-figure]");
    const count = await figures.count();
    expect(count).toBeGreaterThan(5);
    await expect(figures.locator(".main-svg").first()).toBeVisible();
    await expect(page.locator("[data-figure]:has(.main-svg)")).toHaveCount(count);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);

    await page.getByRole("link", { name: "Exact commands" }).click();
    await page.getByText(/^Commands of \d+ runs$/).click();
    await page.getByText("b01-native-nuttcp-transmit", { exact: true }).last().click();
    await expect(page.getByText(/nuttcp -t -fparse/).first()).toBeVisible();
    expect(wrong).toEqual([]);
    // Comes with a style of its own, which the page's policy refuses.
    expect(await violations(page)).toEqual([]);
    await context.close();
  }
});
