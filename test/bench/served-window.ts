// Tare as a browser meets it: `node main/serve.ts` on a data folder of its own, and Chromium on the address that it prints.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "@playwright/test";
import { rootFolder } from "#main/installation.ts";

export interface Served {
  readonly url: string;
  /** When the process was started and when it had printed its address: milliseconds since 1970. */
  readonly startedAt: number;
  readonly readyAt: number;
}

/** Starts the core; `undo` ends it and waits for its end. Throws an Error where it ends by itself. */
export async function serveTare(
  dataFolder: string,
  undo: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<Served> {
  signal.throwIfAborted();
  const environment: NodeJS.ProcessEnv = { ...process.env, TARE_DATA: dataFolder };
  // Without a desktop it opens no browser of its own.
  delete environment["DISPLAY"];
  delete environment["WAYLAND_DISPLAY"];
  const startedAt = now();
  const child = spawn(process.execPath, [join(rootFolder, "main/serve.ts")], {
    cwd: rootFolder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  undo.defer(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  let printed = "";
  return new Promise((resolve, reject) => {
    const read = (text: string) => {
      printed += text;
      const [url] = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/.exec(printed) ?? [];
      if (url !== undefined) resolve({ url, startedAt, readyAt: now() });
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.once("error", reject);
    child.once("close", () => reject(new Error(`main/serve.ts ended before it served: ${printed}`)));
  });
}

/** Null where no Chromium is installed; CHROMIUM_PATH names another than the system's. */
export async function launchChromium(undo: AsyncDisposableStack): Promise<Browser | null> {
  const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) return null;
  const browser = await chromium.launch({
    executablePath,
    handleSIGINT: false,
    handleSIGTERM: false,
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  undo.defer(() => browser.close());
  return browser;
}

/** When the page was opened, had painted something, and showed the library: milliseconds since 1970. */
export interface Opened {
  readonly openedAt: number;
  readonly paintedAt: number;
  readonly usableAt: number;
}

/** Opens the library's page and waits until it shows the library: its first campaign, or that there is none. */
export async function openLibrary(page: Page, url: string): Promise<Opened> {
  await page.addInitScript(() => {
    const shown = () =>
      document.querySelector('main a[href^="/campaigns/"]') !== null ||
      document.querySelector("main")?.textContent.includes("No campaigns yet") === true;
    const observer = new MutationObserver(() => {
      if (!shown()) return;
      observer.disconnect();
      // The frame that holds the change has been handed on when the next task runs after its animation frame.
      requestAnimationFrame(() => setTimeout(() => performance.mark("tare-library-shown")));
    });
    observer.observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.goto(url, { waitUntil: "commit" });
  await page.waitForFunction(() => performance.getEntriesByName("tare-library-shown").length > 0);
  return page.evaluate(() => {
    const at = (name: string) =>
      performance.timeOrigin + (performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN);
    return {
      openedAt: performance.timeOrigin,
      paintedAt: at("first-contentful-paint"),
      usableAt: at("tare-library-shown"),
    };
  });
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
