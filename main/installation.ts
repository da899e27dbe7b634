// Where Tare itself is installed and which version it is; the same for sources, a bundle and a packaged application.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { TareError } from "#shared/model/error.ts";

/** Folder that holds package.json, assets/ and out/: the nearest one above this file. */
export const rootFolder = findRoot(dirname(fileURLToPath(import.meta.url)));

/** Path of a file of assets/. */
export function assetPath(...parts: readonly string[]): string {
  return join(rootFolder, "assets", ...parts);
}

/** Version from package.json. */
export async function tareVersion(): Promise<string> {
  const text = await readFile(join(rootFolder, "package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

function findRoot(folder: string): string {
  if (existsSync(join(folder, "package.json")) && existsSync(join(folder, "assets"))) return folder;
  const above = dirname(folder);
  if (above === folder)
    throw new TareError("INTERNAL", "Tare's own folder was not found: package.json and assets are missing.");
  return findRoot(above);
}
