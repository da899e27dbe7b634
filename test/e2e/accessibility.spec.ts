// Every page and every step of a wizard against the rules of axe, in both colour schemes and in a narrow and a wide window.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/window.ts";
import { violations } from "./fixtures/violations.ts";

const campaign = "/campaigns/2026-11-20-redis-and-storage-7f3a";
/** Run and Results have specs of their own, which ask axe on a campaign that was really measured. */
const paths = [
  "/",
  "/labs",
  "/labs/bench-pair",
  "/labs/bench-pair/guest",
  "/labs/bench-pair/connect",
  "/labs/bench-pair/facts",
  "/labs/bench-pair/preflight",
  "/plan",
  `${campaign}/facts`,
  `${campaign}/changes`,
  `${campaign}/files`,
];

for (const [colorScheme, width] of [
  ["light", 1500],
  ["dark", 760],
] as const) {
  test.describe(`${colorScheme}, ${width} px wide`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });

    test("no page breaks a rule", async ({ open }) => {
      test.setTimeout(180_000);
      const broken: string[] = [];
      for (const path of paths) {
        const page = await open(path);
        await page.waitForLoadState("networkidle");
        broken.push(...(await violationsAt(page, path)));
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
      expect(broken).toEqual([]);
    });

    test("no step of a wizard breaks a rule", async ({ open }) => {
      test.setTimeout(180_000);
      const page = await open("/new");
      const broken = await brokenSteps(page, width);
      await page.getByRole("link", { name: /Configurations/ }).click();
      await page.getByRole("button", { name: "Add…" }).click();
      await expect(page.getByRole("group", { name: "The paper" })).toBeVisible();
      broken.push(...(await violationsAt(page, "the chooser of presets")));
      await page.keyboard.press("Escape");
      await page.getByRole("link", { name: "Edit KVM" }).click();
      broken.push(...(await brokenSteps(page, width)));
      expect(broken).toEqual([]);
    });
  });
}

/** From the first step of the wizard that is open to its last. */
async function brokenSteps(page: Page, width: number): Promise<string[]> {
  const broken: string[] = [];
  const steps = page.getByRole("navigation", { name: "Steps" }).getByRole("link");
  const count = await steps.count();
  for (let index = 0; index < count; index += 1) {
    await steps.nth(index).click();
    await expect(steps.nth(index)).toHaveAttribute("aria-current", "step");
    if (index === count - 1) await page.waitForLoadState("networkidle");
    broken.push(...(await violationsAt(page, new URL(page.url()).pathname)));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  return broken;
}

async function violationsAt(page: Page, place: string): Promise<string[]> {
  return (await violations(page)).map((text) => `${place} ${text}`);
}
