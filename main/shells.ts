// Which shell the window opens in: Electron where its binary can run, else the browser, with the reason in a sentence.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

export type ShellChoice = { readonly electron: string } | { readonly reason: string };

/**
 * Path of Electron's binary, fetched once where it is missing (a failure is remembered in the cache folder for that
 * version). `TARE_SHELL=browser` asks for the browser.
 */
export async function chooseShell(root: string, cacheFolder: string): Promise<ShellChoice> {
  if (process.env["TARE_SHELL"] === "browser") return { reason: "The browser was asked for by TARE_SHELL." };
  const obstacle = desktopObstacle();
  if (obstacle !== null) return { reason: `${obstacle}, so the window opens in a browser.` };
  const installed = electronBinary(root);
  if (installed !== null) return { electron: installed };
  const failure = await fetchOnce(root, cacheFolder);
  const fetched = electronBinary(root);
  if (fetched !== null) return { electron: fetched };
  return {
    reason: `Electron's binary is not installed and could not be fetched (${failure}), so the window opens in a browser.`,
  };
}

/** Whether Electron can run here as it is; fetches nothing. */
export function electronReadiness(root: string): ShellChoice {
  const binary = electronBinary(root);
  if (binary === null) return { reason: "Electron's binary is not installed." };
  const obstacle = desktopObstacle();
  return obstacle === null ? { electron: binary } : { reason: `${obstacle}.` };
}

function desktopObstacle(): string | null {
  if (process.platform !== "linux") return null;
  if (process.getuid?.() === 0) return "Electron's sandbox does not run as root";
  const desktop = process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"];
  return desktop === undefined ? "This machine has no desktop" : null;
}

function electronBinary(root: string): string | null {
  const folder = join(root, "node_modules/electron");
  const override = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
  const pathFile = join(folder, "path.txt");
  const name = existsSync(pathFile) ? readFileSync(pathFile, "utf8") : null;
  if (override === undefined && name === null) return null;
  const binary = join(override ?? join(folder, "dist"), name ?? "electron");
  return existsSync(binary) ? binary : null;
}

async function fetchOnce(root: string, cacheFolder: string): Promise<string> {
  const folder = join(root, "node_modules/electron");
  if (!existsSync(join(folder, "install.js"))) return "it is not among the installed packages";
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  const marker = join(cacheFolder, `electron-${version}-not-fetched`);
  if (existsSync(marker)) return `tried before; delete ${marker} to try again`;
  process.stdout.write("Fetching Electron's binary, once…\n");
  const status = await new Promise<number>((resolve) => {
    const child = spawn(process.execPath, [join(folder, "install.js")], {
      stdio: "ignore",
      timeout: 180_000,
    });
    child.on("error", () => resolve(1));
    child.on("close", (code) => resolve(code ?? 1));
  });
  if (status === 0) return "";
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(marker, "");
  return "its download failed";
}
