// Entry of the desktop application: the core, its window, and the rules that keep the window in its place.
import { join } from "node:path";
import { app } from "electron";
import { pathsOf } from "./paths.ts";
import { createCore } from "./core.ts";
import { allowNothingByDefault } from "./electron/permissions.ts";
import { registerScheme, serveScheme } from "./electron/app-scheme.ts";
import { openWindow } from "./electron/window.ts";
import { installMenu } from "./electron/menu.ts";

registerScheme();

if (!app.requestSingleInstanceLock()) app.quit();
else {
  app.enableSandbox();
  void app.whenReady().then(start);
}

function start(): void {
  const root = app.getAppPath();
  const core = createCore({ paths: pathsOf(process.env, root), version: app.getVersion() });
  // The window asks for it first.
  core.library.start();
  allowNothingByDefault();
  serveScheme(core);
  installMenu();
  const openCampaign = process.env["TARE_OPEN_CAMPAIGN"] ?? null;
  const window = openWindow(core, { preload: join(root, "out/preload/preload.cjs"), openCampaign });
  app.on("second-instance", () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  let closed = false;
  app.on("window-all-closed", () => app.quit());
  // Also reached by the menu's Quit and by a signal, where no window asks first.
  app.on("will-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    void core.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}
