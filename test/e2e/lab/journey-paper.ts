// What the journey does with a measured campaign beside the paper's: figures, claims, comparison, files to hand on.
import { expect, type Page } from "@playwright/test";
import { press } from "./journey-walk.ts";

/** From the campaign's page to its figures, with the paper's data laid over them. */
export async function overThePaper(page: Page): Promise<void> {
  await toTab(page, "Figures");
  await page.getByRole("combobox", { name: "Lay over" }).fill("Felter");
  await page.getByRole("option", { name: /^Felter et al\. 2014/ }).click();
  const figure = page.getByRole("region", { name: /^Figure 7: / });
  await page.getByRole("link", { name: /^Figure 7: / }).click();
  await expect(figure.locator("svg.main-svg").first()).toBeVisible();
  await expect(figure).toContainText("Felter et al. 2014");
  await press(figure.getByRole("button", { name: /^Values/ }));
  await expect(figure.getByRole("table")).toContainText("Docker, NAT");
}

/** The claims of the same campaign. */
export async function judged(page: Page): Promise<void> {
  await toTab(page, "Claims");
  const claim = page.getByRole("article", { name: /^All configurations reach 9\.3 Gb\/s/ });
  await expect(claim).toContainText("cannot be told");
  await expect(claim).toContainText("block");
}

export async function comparedAndHandedOn(page: Page, campaignId: string): Promise<void> {
  const { origin } = new URL(page.url());
  await page.goto(`${origin}/compare?campaigns=${campaignId},felter-2014`);
  const found = page.getByRole("region", { name: "What they found" });
  await expect(found.getByRole("row", { name: /nuttcp: TCP goodput/ }).first()).toContainText("Mb/s");

  const file = await page.request.get(`${origin}/export/${campaignId}.tare`);
  expect(file.status()).toBe(200);
  expect((await file.body()).subarray(0, 2).toString()).toBe("PK");
  const report = await page.request.get(`${origin}/export/${campaignId}.html`);
  expect(await report.text()).toContain("randomised block");
}

async function toTab(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "About this campaign" }).getByRole("link", { name }).click();
}
