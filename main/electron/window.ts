// The one window: sandboxed, with a port to the core; closing it while a campaign runs asks first.
import { BrowserWindow, MessageChannelMain, dialog, ipcMain } from "electron";
import { RPCHandler } from "@orpc/server/message-port";
import { createRouter } from "../api/router.ts";
import type { Core } from "../core.ts";
import { isOwnAddress, windowOrigin } from "./own-address.ts";

export function openWindow(
  core: Core,
  options: { preload: string; openCampaign: string | null },
): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 920,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: "Tare",
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  });
  const rpc = new RPCHandler(
    createRouter(core, { shell: "electron", shellReason: null, openCampaign: options.openCampaign }),
  );

  ipcMain.on("tare:port-wanted", (event) => {
    // Only the window's own top frame on its own origin gets a port.
    if (event.sender !== window.webContents || event.senderFrame?.parent !== null) return;
    if (!isOwnAddress(event.senderFrame.url)) return;
    const { port1, port2 } = new MessageChannelMain();
    rpc.upgrade(port1);
    port1.start();
    event.senderFrame.postMessage("tare:port", null, [port2]);
  });

  window.once("ready-to-show", () => window.show());
  window.on("close", (event) => {
    if (core.campaigns.running().length > 0 && !mayClose(window)) event.preventDefault();
  });
  void window.loadURL(`${windowOrigin}/`);
  return window;
}

/** Whether the person wants to close although a campaign is under way. */
function mayClose(window: BrowserWindow): boolean {
  const answer = dialog.showMessageBoxSync(window, {
    type: "question",
    message: "A campaign is running.",
    detail:
      "Closing Tare pauses it after the current run and puts both hosts back as they were. " +
      "What was measured is kept, and the campaign can be resumed.",
    buttons: ["Keep running", "Pause and close"],
    defaultId: 0,
    cancelId: 0,
  });
  return answer === 1;
}
