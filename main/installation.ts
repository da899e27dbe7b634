// Where Tare itself is installed and which version it is.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** Folder that holds package.json, assets/ and out/. */
export const rootFolder = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Version from package.json. */
export async function tareVersion(): Promise<string> {
  return z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(rootFolder, "package.json"), "utf8"))).version;
}
