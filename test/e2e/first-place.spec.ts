// A window that is opened on a campaign, as `tare demo` and `tare open` do it.
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { createCore } from "#main/core.ts";
import { rootFolder } from "#main/installation.ts";
import { pathsOf } from "#main/paths.ts";
import { startBrowserServer } from "#main/web/browser-server.ts";

test("it begins at the campaign's results, once: the library can be loaded again", async ({
  page,
  browserName,
}) => {
  test.skip(browserName !== "chromium", "the browser host is for browsers");
  const data = await mkdtemp(join(tmpdir(), "tare-e2e-"));
  const folder = "campaigns/2026-11-24-demo-229c51";
  await cp(join(rootFolder, "test/fixtures", folder), join(data, folder), { recursive: true });
  const core = createCore({ paths: pathsOf({ TARE_DATA: data }, rootFolder), version: "0.0.0" });
  const openCampaign = "demo-229c51";
  const server = await startBrowserServer(core, { port: 0, shellReason: null, openCampaign });
  try {
    await page.goto(server.url);
    await expect(page.getByRole("heading", { level: 1, name: "Demo" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Results of STREAM" })).toBeVisible();
    await page.goto(new URL("/", server.url).href);
    await expect(page.getByRole("heading", { level: 1, name: "Library" })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("table", { name: "Campaigns" })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe("/");
  } finally {
    await server.stop();
    await core.close();
    await rm(data, { recursive: true, force: true });
  }
});
