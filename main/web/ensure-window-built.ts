// The window is built from its sources when it is older than they are: a fresh clone needs no build step.
import { existsSync, globSync, statSync } from "node:fs";
import { join } from "node:path";

/** Builds `out/renderer` with Vite where it is missing or stale; a packaged Tare, which has no sources, is left alone. */
export async function ensureWindowBuilt(
  root: string,
  tell: (text: string) => void = (text) => void process.stdout.write(text),
): Promise<void> {
  const config = join(root, "vite.config.ts");
  if (!existsSync(config) || isFresh(root, "out/renderer/index.html", windowSources)) return;
  tell("Building the window…\n");
  const { build } = await import("vite");
  await build({ root: join(root, "renderer"), configFile: config, logLevel: "warn" });
}

/** Builds all three parts of the desktop application where one is missing or stale. */
export async function ensureDesktopBuilt(root: string): Promise<void> {
  const fresh = ["out/renderer/index.html", "out/main/electron.js", "out/preload/preload.cjs"].every((file) =>
    isFresh(root, file, desktopSources),
  );
  if (fresh || !existsSync(join(root, "electron.vite.config.ts"))) return;
  process.stdout.write("Building the desktop application…\n");
  const { build } = await import("electron-vite");
  await build({ root, logLevel: "warn" });
}

const windowSources = ["renderer/**/*", "shared/**/*.ts", "package-lock.json", "*.config.ts"];
const desktopSources = [...windowSources, "main/**/*.ts", "preload/*.ts"];

function isFresh(root: string, product: string, sources: readonly string[]): boolean {
  const built = statSync(join(root, product), { throwIfNoEntry: false });
  if (built === undefined) return false;
  return globSync(sources, { cwd: root }).every(
    (file) => statSync(join(root, file)).mtimeMs <= built.mtimeMs,
  );
}
