// Opens Tare's window and returns when it is closed: in Electron with a core of its own, or in the browser over this one.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rootFolder } from "./installation.ts";
import { pathsOf } from "./paths.ts";
import { chooseShell } from "./shells.ts";
import { ensureDesktopBuilt } from "./web/ensure-window-built.ts";
import { serveUntilEnded } from "./web/serve-until-ended.ts";

export async function openTare(openCampaign: string | null, port = 0): Promise<void> {
  const shell = await chooseShell(rootFolder, pathsOf(process.env, rootFolder).cache);
  if ("reason" in shell) {
    process.stdout.write(`${shell.reason}\n`);
    return serveUntilEnded({ port, shellReason: shell.reason, openCampaign });
  }
  await ensureDesktopBuilt(rootFolder);
  const open = openCampaign === null ? {} : { TARE_OPEN_CAMPAIGN: openCampaign };
  const child = spawn(shell.electron, [rootFolder], { stdio: "inherit", env: { ...process.env, ...open } });
  await once(child, "close");
}
