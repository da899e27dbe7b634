// The library: find, select, write about, put aside, remove and bring back, import and export; empty, long, damaged.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/window.ts";
import { violations } from "./fixtures/violations.ts";

const tableOf = (page: Page) => page.getByRole("table", { name: "Campaigns" });
const rowOf = (page: Page, name: string) => tableOf(page).getByRole("row").filter({ hasText: name });

test("a long library is sorted, searched, filtered and opened", async ({ open }) => {
  const page = await open("/");
  const rows = tableOf(page).getByRole("row");
  // The paper stays at the top, whatever the order.
  await expect(rows.nth(1)).toContainText("Felter et al. 2014reference");
  await expect(rows.nth(2)).toContainText("Redis sweep 1");
  // Drawn are only the rows in sight.
  expect(await rows.count()).toBeLessThan(80);
  await expect(page.getByText("371 of 401 shown")).toBeVisible();

  await tableOf(page).getByRole("button", { name: "Campaign" }).click();
  await expect(rows.nth(1)).toContainText("Felter et al. 2014");
  await expect(rows.nth(2)).toContainText("After the BIOS update 1");

  // Every word somewhere in the campaign; the paper only where it is found.
  await page.keyboard.press("/");
  await page.keyboard.type("redis 198.18.2.1 quick");
  await expect(page.getByText("1 of 401 shown")).toBeVisible();
  await expect(page).toHaveURL(/q=redis\+198/);
  await expect(rows.nth(1)).toContainText("97/120 · 3 failed");
  await page.keyboard.press("Escape");
  await expect(page.getByText("371 of 401 shown")).toBeVisible();

  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByRole("combobox", { name: "Origin" }).click();
  await page.getByRole("option", { name: "imported" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("combobox", { name: "Tag" }).click();
  await page.getByRole("option", { name: "after BIOS 2.4" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByText("4 of 401 shown")).toBeVisible();
  // The address holds it all.
  await page.reload();
  await expect(page.getByText("4 of 401 shown")).toBeVisible();
  await page.getByLabel("Created to").fill("2020-01-01");
  await expect(page.getByRole("heading", { name: "No campaign matches" })).toBeVisible();
  await page.getByRole("button", { name: "Clear search and filters" }).click();

  await page
    .getByRole("searchbox", { name: "Search" })
    .or(page.getByLabel(/^Search names/))
    .fill("quick");
  await page.getByRole("link", { name: "Redis and storage, quick" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Redis and storage, quick" })).toBeVisible();
});

test("the keyboard alone searches, selects, writes, removes and takes back", async ({ open }) => {
  const page = await open("/");
  await expect(rowOf(page, "Redis sweep 1").first()).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("TCP both ways");
  const rows = tableOf(page).getByRole("row");
  await expect(rows.nth(1)).toContainText("TCP both ways 1");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("link", { name: "TCP both ways 1", exact: true })).toBeFocused();
  await page.keyboard.press(" ");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  const bar = page.getByRole("toolbar", { name: "Selected campaigns" });
  await expect(bar).toContainText("3 selected");
  await expect(bar.getByRole("link", { name: "Compare" })).toHaveAttribute(
    "href",
    /campaigns=[^,]+,[^,]+,[^,]+$/,
  );
  // Far away and back: the row that takes the focus is drawn first.
  await page.keyboard.press("End");
  await expect(rows.last().getByRole("link")).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("Escape");
  await expect(bar).toBeHidden();

  await page.keyboard.press("F2");
  const panel = page.getByRole("complementary");
  await expect(panel.getByLabel("Name", { exact: true })).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("TCP both ways in spring");
  await page.keyboard.press("Enter");
  await expect(page.getByText("is now “TCP both ways in spring”.")).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.type("spring");
  await page.keyboard.press("Enter");
  await panel.getByLabel("Note", { exact: true }).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Kernel 6.12, second rack.");
  await page.keyboard.press("Control+Enter");
  await expect(panel.getByText("Saved", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(page.getByRole("link", { name: "TCP both ways in spring" })).toBeFocused();
  await expect(rowOf(page, "TCP both ways in spring")).toContainText("spring");

  await page.keyboard.press("Delete");
  await expect(page.getByText("“TCP both ways in spring” moved to the bin.")).toBeVisible();
  await expect(rowOf(page, "TCP both ways in spring")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(rowOf(page, "TCP both ways in spring")).toBeVisible();
});

test("several campaigns are tagged, archived, exported and removed; the bin gives back and deletes", async ({
  open,
}) => {
  const page = await open("/?q=memory+bandwidth");
  await page.getByRole("checkbox", { name: "Select Memory bandwidth 1", exact: true }).click();
  await page
    .getByRole("checkbox", { name: "Select Memory bandwidth 4", exact: true })
    .click({ modifiers: ["Shift"] });
  const bar = page.getByRole("toolbar", { name: "Selected campaigns" });
  await expect(bar).toContainText("4 selected");
  await bar.getByRole("button", { name: "Tag…" }).click();
  await page.getByRole("dialog").getByLabel("Add").fill("bandwidth");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Tags of 4 campaigns changed.")).toBeVisible();
  await expect(rowOf(page, "Memory bandwidth 2").first()).toContainText("nightlybandwidth");

  await bar.getByRole("button", { name: "Archive" }).click();
  await expect(bar).toContainText("4 selected, 4 of them not shown");
  await page.getByText("4 campaigns archived.").locator("..").getByRole("button", { name: "Undo" }).click();
  await expect(bar.getByText("4 selected", { exact: true })).toBeVisible();

  await bar.getByRole("button", { name: "Export…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Without host names, addresses and serial numbers" }).click();
  const files: string[] = [];
  page.on("download", (download) => files.push(download.suggestedFilename()));
  const first = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save 4 files" }).click();
  await expect(dialog.getByText("4 files saved")).toBeVisible();
  await expect(dialog).toContainText(
    "Memory bandwidth 2: Replaced: 2 host names. Tags and note are left out.",
  );
  const path = await (await first).path();
  expect(await readFile(path, "utf8")).toMatch(/\.tare\?anonymous=1$/);
  await expect.poll(() => files.filter((name) => name.endsWith(".tare")).length).toBe(4);
  await dialog.getByRole("button", { name: "Close", exact: true }).click();

  await bar.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("4 campaigns moved to the bin.")).toBeVisible();
  await page.getByRole("button", { name: /^Bin: 4 campaigns/ }).click();
  await page.getByRole("button", { name: "Restore Memory bandwidth 1", exact: true }).click();
  const removed = page.getByRole("table", { name: "Removed campaigns" }).getByRole("row");
  await expect(removed).toHaveCount(4);
  await page.getByRole("button", { name: "Delete Memory bandwidth 2 for good" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
  await expect(removed).toHaveCount(3);
  await page.getByRole("button", { name: "Empty the bin…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByRole("heading", { name: "The bin is empty" })).toBeVisible();
  await page.getByRole("button", { name: "Back to the campaigns" }).click();
  await expect(page.getByText(/ of 398 shown$/)).toBeVisible();
  await expect(rowOf(page, "Memory bandwidth 1").first()).toBeVisible();
});

test("files dropped anywhere in the window are imported, each with what became of it", async ({ open }) => {
  const page = await open("/labs");
  const names = ["colleague.tare", "again.tare", "broken.tare", "notes.txt"];
  const data = await page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const name of list) transfer.items.add(new File(["content"], name));
    return transfer;
  }, names);
  await page.dispatchEvent("body", "dragenter", { dataTransfer: data });
  await expect(page.getByText("Drop .tare files to import them")).toBeVisible();
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
  const lines = page.getByRole("dialog").getByRole("listitem");
  await expect(lines.nth(0)).toContainText("“From a colleague” was imported.");
  await expect(lines.nth(1)).toContainText("is in the library already");
  await expect(lines.nth(2)).toContainText("is cut short");
  await expect(lines.nth(2)).toContainText("7 bytes received");
  await expect(lines.nth(3)).toContainText("notes.txt is no .tare file");
  await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).click();

  await page.getByRole("link", { name: "Library", exact: true }).click();
  await expect(rowOf(page, "From a colleague")).toContainText("imported");
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Import…" }).click();
  await (
    await chosen
  ).setFiles([{ name: "again.tare", mimeType: "application/zip", buffer: Buffer.from("x") }]);
  await page.getByRole("dialog").getByRole("link", { name: "Open “Redis sweep 1”" }).click();
  await expect(page).toHaveURL(/\/campaigns\/2026-11-20-campaign-0$/);
});

test("no column is cut, narrow or wide", async ({ open }) => {
  const page = await open("/");
  const scroller = tableOf(page).locator("..");
  await expect(scroller).toBeVisible();
  for (const width of [620, 700, 800, 960, 1100, 1250, 1400, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    await expect
      .poll(
        () => scroller.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
        `${width} px`,
      )
      .toBeLessThanOrEqual(0);
  }
});

for (const [colorScheme, width] of [
  ["light", 1500],
  ["dark", 760],
] as const)
  test.describe(`${colorScheme}, ${width} px wide`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });

    test("no part of the library breaks a rule of axe", async ({ open }) => {
      test.setTimeout(120_000);
      const page = await open("/?detail=2026-11-17-campaign-3");
      await expect(page.getByRole("complementary")).toContainText("cannot be read whole");
      await page.getByRole("button", { name: "Filters" }).click();
      await page.getByRole("checkbox", { name: "Select Redis and storage, quick" }).click();
      const broken = await violations(page);
      await page.getByRole("toolbar").getByRole("button", { name: "Export…" }).click();
      await page.getByRole("dialog").getByRole("button", { name: /^Save/ }).waitFor();
      broken.push(...(await violations(page)));
      await page.keyboard.press("Escape");
      await page.getByRole("toolbar").getByRole("button", { name: "Tag…" }).click();
      await page.getByRole("dialog").getByLabel("Add").waitFor();
      broken.push(...(await violations(page)));
      await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("toolbar").getByRole("button", { name: "Remove" }).click();
      await page.getByRole("button", { name: /^Bin: 1 campaign/ }).click();
      await expect(page.getByRole("button", { name: "Restore Redis and storage, quick" })).toBeVisible();
      broken.push(...(await violations(page)));
      expect(broken).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  });

test.describe("before the first campaign", () => {
  test.use({ scene: "empty" });

  test("the library says what to do next, offers the built-in lab and the paper", async ({ open }) => {
    const page = await open("/");
    await expect(page.getByRole("heading", { name: "No campaigns yet" })).toBeVisible();
    await expect(page.getByText("tare demo")).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("link", { name: "Felter et al. 2014" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Felter et al. 2014" })).toBeVisible();
    await page.goBack();
    await page.getByRole("link", { name: "Add a lab" }).click();
    await expect(page.getByRole("heading", { name: "New lab" })).toBeVisible();
  });
});

test.describe("with a damaged folder and a full disk", () => {
  test.use({ scene: "failing" });

  test("what can be read is shown with what is wrong, and what cannot be saved stays as typed", async ({
    open,
  }) => {
    const page = await open("/");
    await expect(tableOf(page).getByRole("row")).toHaveCount(14);
    await page.getByRole("button", { name: "1 damaged" }).click();
    await expect(tableOf(page).getByRole("row")).toHaveCount(2);
    await rowOf(page, "Memory bandwidth 1").getByRole("button", { name: "damaged" }).click();
    const panel = page.getByRole("complementary");
    await expect(panel.getByRole("alert")).toContainText("2026-10-02-nightly-11ab cannot be read");
    await expect(panel.getByRole("alert")).toContainText("Unexpected end of JSON input");

    await panel.getByLabel("Note", { exact: true }).fill("Found after the power cut.");
    await panel.getByLabel("Name", { exact: true }).focus();
    await expect(panel.getByText("this computer has no space left")).toBeVisible();
    await panel.getByRole("button", { name: "Close the details" }).click();
    await rowOf(page, "Memory bandwidth 1").getByRole("button", { name: "damaged" }).click();
    await expect(panel.getByLabel("Note", { exact: true })).toHaveValue("Found after the power cut.");

    await panel.getByRole("button", { name: "Export…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Save 1 file" }).click();
    await expect(page.getByRole("dialog").getByRole("alert")).toContainText("the journal ends in the middle");
  });
});

test.describe("while the index is built", () => {
  test.use({ scene: "indexing" });

  test("a thousand campaigns can be used, and the page says how far it is", async ({ open }) => {
    const page = await open("/");
    await expect(page.getByText("Indexing 312 of 1000")).toBeVisible();
    await expect(page.getByText("925 of 1001 shown")).toBeVisible();
    await tableOf(page).getByRole("button", { name: "Size" }).click();
    await page.getByRole("link", { name: "Felter et al. 2014" }).focus();
    await page.keyboard.press("End");
    await expect(tableOf(page).getByRole("row").last().getByRole("link")).toBeFocused();
  });
});
