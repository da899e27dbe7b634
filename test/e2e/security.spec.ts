// The window on the real browser host: nothing on any page breaks the policy, and no request leaves the origin.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { campaignOf, storeCampaign } from "#main/campaign/create-campaign.ts";
import { createCore } from "#main/core.ts";
import { rootFolder } from "#main/installation.ts";
import { pathsOf } from "#main/paths.ts";
import { startBrowserServer } from "#main/web/browser-server.ts";
import { presetDraft } from "#shared/plan/campaign-presets.ts";
import { lab } from "./fixtures/sample-lab.ts";

test("every page keeps to the policy and to its origin", async ({ page, browserName }) => {
  test.skip(browserName !== "chromium", "the browser host is for browsers");
  const data = await mkdtemp(join(tmpdir(), "tare-e2e-"));
  const core = createCore({ paths: pathsOf({ TARE_DATA: data }, rootFolder), version: "0.0.0" });
  const server = await startBrowserServer(core, { port: 0, shellReason: null, openCampaign: null });
  try {
    await core.labs.save(lab);
    const versions = { tare: "0.0.0", node: process.version, platform: "test" };
    const campaign = campaignOf(presetDraft(lab, "quick", null), lab, versions, new Date());
    await storeCampaign(core.paths.campaigns, campaign);

    const { origin } = new URL(server.url);
    const elsewhere: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      if (protocol !== "data:" && protocol !== "blob:" && asked !== origin) elsewhere.push(request.url());
    });
    page.on("websocket", (socket) => {
      if (new URL(socket.url()).host !== new URL(origin).host) elsewhere.push(socket.url());
    });
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.exposeFunction("complain", (text: string) => complaints.push(text));
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        void (globalThis as unknown as { complain(text: string): Promise<void> }).complain(
          `${event.violatedDirective} ${event.blockedURI} ${event.sample}`,
        );
      });
    });

    await page.goto(server.url);
    await expect(page.getByRole("heading", { level: 1, name: "Library" })).toBeVisible();
    expect(page.url()).toBe(`${origin}/`);
    const here = `/campaigns/${campaign.id}`;
    const places = [
      "/labs",
      `/labs/${lab.id}`,
      "/new",
      "/plan",
      here,
      `${here}/results`,
      `${here}/facts`,
      `${here}/files`,
    ];
    for (const path of places) {
      await page.goto(`${origin}${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.waitForLoadState("networkidle");
    }
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);

    // The page itself cannot send anything out.
    const blocked = await page.evaluate(() =>
      fetch("http://127.0.0.1:9/", { mode: "no-cors" }).then(
        () => "sent",
        () => "blocked",
      ),
    );
    expect(blocked).toBe("blocked");
    await expect.poll(() => complaints.join("\n")).toContain("connect-src");
  } finally {
    await server.stop();
    await core.close();
    await rm(data, { recursive: true, force: true });
  }
});
