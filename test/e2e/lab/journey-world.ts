// What the journey through the whole program needs: a demo lab, a core with an empty library, and a page on its server.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, expect, type Page } from "@playwright/test";
import { type Core, createCore } from "#main/core.ts";
import { type CampaignContent, readCampaignFolder } from "#main/library/campaign-folder.ts";
import { findCampaign } from "#main/library/library.ts";
import { rootFolder } from "#main/installation.ts";
import { pathsOf } from "#main/paths.ts";
import { type BrowserServer, startBrowserServer } from "#main/web/browser-server.ts";
import type { HostRole } from "#shared/model/lab.ts";
import { newStateFolder, run, startTestLab, type TestLab } from "../../lab/lab.ts";

export interface World {
  readonly lab: TestLab;
  readonly core: Core;
  readonly server: BrowserServer;
  /** Violations of the content security policy, errors of pages and of their consoles, of every page so far. */
  readonly complaints: readonly string[];
  /** A page of a browser that was never here, signed in by `address`. */
  open(browser: Browser, address: string): Promise<Page>;
  content(campaignId: string): Promise<CampaignContent>;
  /** SHA256 fingerprint of a host's key, as ssh-keygen prints it. */
  fingerprint(host: HostRole): Promise<string>;
  /** Puts another machine's key into the place of a host's; the function that is returned puts it back. */
  changeKnownKey(host: HostRole): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

// Chromium cancels requests when an interface of the machine appears or goes, as the demo lab's do.
const unanswered = /Failed to load resource: net::|WebSocket connection/;

export async function startWorld(): Promise<World> {
  const data = await mkdtemp(join(tmpdir(), "tare-journey-"));
  const lab = await startTestLab({}, { id: `j-${process.pid}`, stateFolder: await newStateFolder() });
  const core = createCore({ paths: pathsOf({ TARE_DATA: data }, rootFolder), version: "0.0.0" });
  const server = await startBrowserServer(core, { port: 0, shellReason: null, openCampaign: null });
  const complaints: string[] = [];

  return {
    lab,
    core,
    server,
    complaints,
    async open(browser, address) {
      const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      const complain = (text: string) => {
        if (!unanswered.test(text)) complaints.push(text);
      };
      page.on("pageerror", (error) => complain(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error") complain(message.text());
      });
      await expect(async () => {
        // From an empty page, since an address that differs in its fragment only loads nothing.
        await page.goto("about:blank");
        await page.goto(address);
        await page.getByRole("heading").first().waitFor({ timeout: 5000 });
      }).toPass({ timeout: 30_000 });
      return page;
    },
    content: async (campaignId) => readCampaignFolder(await findCampaign(core.paths.campaigns, campaignId)),
    async fingerprint(host) {
      const { address } = lab.demo.lab[host];
      const { stdout } = await run("ssh-keygen", ["-l", "-F", address, "-f", lab.knownHosts]);
      return /SHA256:\S+/.exec(stdout)?.[0] ?? `no fingerprint of ${address} in: ${stdout}`;
    },
    async changeKnownKey(host) {
      const before = await readFile(core.paths.knownHosts, "utf8");
      const other = join(data, "other-key");
      await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", other]);
      const key = (await readFile(`${other}.pub`, "utf8")).split(" ").slice(0, 2).join(" ");
      const { address } = lab.demo.lab[host];
      const lines = before
        .split("\n")
        .map((line) => (line.startsWith(`${address} `) ? `${address} ${key}` : line));
      await writeFile(core.paths.knownHosts, lines.join("\n"));
      return () => writeFile(core.paths.knownHosts, before);
    },
    async stop() {
      await server.stop();
      await core.close();
      await lab.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
