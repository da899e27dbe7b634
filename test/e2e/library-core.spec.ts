// The library of the real core, from a recorded campaign: found, written about, carried to a file, removed, brought back.
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { createCore } from "#main/core.ts";
import { pathsOf } from "#main/paths.ts";
import { startBrowserServer } from "#main/web/browser-server.ts";
import { signedIn } from "./fixtures/signed-in.ts";

const root = join(import.meta.dirname, "../..");
const folder = "2026-11-24-demo-229c51";

async function startLibrary() {
  const data = await mkdtemp(join(tmpdir(), "tare-library-"));
  await cp(join(root, "test/fixtures/campaigns", folder), join(data, "campaigns", folder), {
    recursive: true,
  });
  const core = createCore({
    paths: pathsOf({ TARE_DATA: data, TARE_CACHE: join(data, "cache") }, root),
    version: "0.1.0",
  });
  const server = await startBrowserServer(core, { port: 0, shellReason: null, openCampaign: null });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await core.close();
      await rm(data, { recursive: true });
    },
  };
}

/** `tells`: what the window says of the file. */
async function saved(page: Page, tells = "1 file saved"): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("button", { name: "Save 1 file" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.tare$/);
  await expect(page.getByRole("dialog").getByText(tells)).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).click();
  return file.path();
}

async function importFile(page: Page, path: string, name: string): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Import…" }).first().click();
  await (await chooser).setFiles([{ name, mimeType: "application/zip", buffer: await readFile(path) }]);
}

test("a measured campaign is found, annotated, exported, removed, imported and brought back", async ({
  page,
}) => {
  const library = await startLibrary();
  try {
    await page.goto(signedIn(library.url, "/"));
    const table = page.getByRole("table", { name: "Campaigns" });
    const rows = table.getByRole("row");
    await expect(rows).toHaveCount(3);
    await expect(rows.nth(1)).toContainText("reference");
    const row = rows.nth(2);

    await row.getByRole("button", { name: /^Name, tags and note/ }).click();
    const panel = page.getByRole("complementary");
    await panel.getByLabel("Name", { exact: true }).fill("Last spring's");
    await page.keyboard.press("Enter");
    await panel.getByLabel("Tags").fill("train");
    await page.keyboard.press("Enter");
    await panel.getByLabel("Note", { exact: true }).fill("Measured before the kernel update.");
    await page.keyboard.press("Control+Enter");
    await expect(panel.getByText("Saved", { exact: true })).toBeVisible();
    await panel.getByRole("button", { name: "Close the details" }).click();

    // Words of the note, the tag and a workload; the last one as a beginning.
    await page.keyboard.press("/");
    await page.keyboard.type("kernel train redi");
    await expect(page.getByText("1 of 2 shown")).toBeVisible();
    await expect(rows.nth(1)).toContainText("Last spring's");
    await expect(page).toHaveURL(/q=kernel/);
    await page.reload();
    await expect(rows.nth(1)).toContainText("Last spring'strain");

    await page.getByRole("checkbox", { name: "Select Last spring's" }).click();
    const bar = page.getByRole("toolbar");
    await bar.getByRole("button", { name: "Export…" }).click();
    const whole = await saved(page);
    await bar.getByRole("button", { name: "Export…" }).click();
    await page
      .getByRole("dialog")
      .getByRole("radio", { name: /^Without host names/ })
      .click();
    const anonymous = await saved(page, "IP addresses");

    await importFile(page, whole, "whole.tare");
    await expect(page.getByRole("dialog")).toContainText(/is in (the|this) library|already/);
    await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).click();

    await bar.getByRole("button", { name: "Remove" }).click();
    await expect(page.getByRole("button", { name: /^Bin: 1 campaign/ })).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(rows.nth(1)).toContainText("Last spring's");

    await importFile(page, anonymous, "anonymous.tare");
    await expect(page.getByRole("dialog").getByRole("link", { name: /^Open/ })).toBeVisible();
    await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).click();
    await page.getByLabel(/^Search names/).fill("");
    await expect(rows).toHaveCount(4);
    await expect(rows.filter({ hasText: "imported" })).toHaveCount(1);
    await importFile(page, join(root, "package.json"), "broken.tare");
    await expect(page.getByRole("dialog").getByRole("alert")).toContainText("broken.tare");
  } finally {
    await library.stop();
  }
});
