// Hosts: what is in force there, undone with the keyboard alone, left where it drifted; a host that fails does not hide the other.
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/window.ts";
import { violations } from "./fixtures/violations.ts";

const sutOf = (page: Page) => page.getByRole("region", { name: "System under test" });
const rowOf = (page: Page, title: string) => page.getByRole("row", { name: title });

test("changes are looked at, and undone one and all, from the keyboard", async ({ open }) => {
  const page = await open("/hosts");
  await expect(page.getByText("never looked at").first()).toBeVisible();
  await page.getByRole("button", { name: "Look at both hosts" }).focus();
  await page.keyboard.press("Enter");

  const covered = rowOf(page, "Set transparent huge pages to never");
  await expect(covered).toContainText("madvise → never → always");
  await expect(covered).toContainText("set again by a later change");
  await expect(covered.getByRole("button")).toHaveCount(0);
  await expect(rowOf(page, "Reserve 64 huge pages")).toContainText("Belongs to a running campaign");
  await expect(page.getByText("Nothing of Tare is in force.")).toBeVisible();

  const undo = page.getByRole("button", { name: "Undo: Set transparent huge pages to always" });
  await undo.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("settings.sh thp-set enabled never");
  await expect(dialog.getByRole("button", { name: "Keep" })).toBeFocused();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(undo).toHaveCount(0);
  await expect(covered.getByRole("button")).toHaveCount(1);

  // What somebody else changed since is told with all three values, and left unless it is asked for.
  await sutOf(page).getByRole("button", { name: "Undo all" }).press("Enter");
  await expect(dialog).toContainText("It was 1 before Tare, Tare set 0, and it is 10 now");
  await expect(dialog).toContainText("can still be resumed");
  await dialog.getByRole("button", { name: "Undo 4 changes" }).press("Enter");
  await expect(rowOf(page, "Set vm.swappiness to 0")).toContainText("changed since by somebody else");
  await expect(sutOf(page).getByText("so it was left")).toBeVisible();
  await expect(sutOf(page).getByText("1 difference")).toBeVisible();
  await page.getByRole("button", { name: "Undo: Set vm.swappiness to 0" }).press("Enter");
  await dialog.getByRole("button", { name: "Restore 1 anyway" }).press("Enter");
  await expect(sutOf(page).getByText("Identical to before")).toBeVisible();
  await expect(rowOf(page, "Set vm.swappiness to 0")).toHaveCount(0);
});

test("what was found at connect leads to its undoing", async ({ open }) => {
  const page = await open("/new/configurations/native/review");
  await expect(page.getByText("In force by hand since")).toBeVisible();
  await page.getByRole("link", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("Undo 5 changes on root@198.18.1.2?");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(/\/hosts\?lab=bench-pair$/);
});

test.describe("with a load generator that cannot be reached", () => {
  test.use({ scene: "failing", colorScheme: "dark", viewport: { width: 800, height: 900 } });

  test("the SUT's changes are shown all the same, and refused settings say why", async ({ open }) => {
    const page = await open("/hosts?look=1");
    await expect(rowOf(page, "Set vm.swappiness to 0")).toBeVisible();
    const loadgen = page.getByRole("region", { name: "Load generator" });
    await expect(loadgen.getByRole("alert")).toContainText("cannot be reached");
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(800);

    await page.goto(new URL("/new/configurations/native/review", page.url()).href);
    await page.getByRole("button", { name: "Apply now on the SUT" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("thp-set enabled never");
    await dialog.getByRole("button", { name: "Apply 1 setting" }).click();
    await expect(page.getByText('"nightly" measures since')).toBeVisible();
  });
});

test.describe("with nothing in force", () => {
  test.use({ scene: "empty" });

  test("without a lab the page says what it is for", async ({ open }) => {
    const page = await open("/hosts");
    await expect(page.getByRole("heading", { name: "No labs yet" })).toBeVisible();
    await page.keyboard.press("Control+K");
    await page.getByRole("textbox", { name: "Go to" }).fill("hosts");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/hosts/);
  });
});
