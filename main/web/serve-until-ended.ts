// Serves a core to a browser until SIGINT or SIGTERM: running campaigns are paused and their hosts put back first.
import { createInterface } from "node:readline";
import { ensureWindowBuilt } from "./ensure-window-built.ts";
import { startBrowserServer, type BrowserServer, type BrowserServerOptions } from "./browser-server.ts";
import { createCore, type Core } from "../core.ts";
import { rootFolder, tareVersion } from "../installation.ts";
import { pathsOf } from "../paths.ts";
import { openInBrowser } from "./open-in-browser.ts";

/** Returns when the server has stopped. `core`: one that exists already, else a new one. */
export async function serveUntilEnded(options: BrowserServerOptions, existing?: Core): Promise<void> {
  const core =
    existing ?? createCore({ paths: pathsOf(process.env, rootFolder), version: await tareVersion() });
  // The window asks for it first.
  core.library.start();
  await ensureWindowBuilt(rootFolder);
  const server = await startBrowserServer(core, options);
  process.stdout.write(`Tare is open at ${server.url}\n`);
  const stopAsking = startNewAddresses(server);
  openInBrowser(server.url);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  stopAsking();
  if (core.campaigns.running().length > 0) {
    process.stdout.write(
      "\nPausing the campaign after its current run and putting the hosts back as they were…\n",
    );
  }
  await core.close();
  await server.stop();
}

/** Enter prints another one-time address: a browser that was closed has lost its session. */
function startNewAddresses(server: BrowserServer): () => void {
  if (!process.stdin.isTTY) {
    process.stdout.write("Press Ctrl+C to end it.\n");
    return () => undefined;
  }
  process.stdout.write("Press Enter for another address (each signs in one browser), Ctrl+C to end it.\n");
  const lines = createInterface({ input: process.stdin });
  lines.on("line", () => process.stdout.write(`${server.newUrl()}\n`));
  return () => lines.close();
}
