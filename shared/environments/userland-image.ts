// The userland as a Docker image.
import type { Change } from "../model/change.ts";
import { imageChange } from "../changes/image.ts";
import type { Scripts } from "../changes/script.ts";
import { imageTag, userlandRoot } from "./names.ts";

/**
 * Imports the userland. Applied once before all sessions it stays for the whole campaign: a session then finds the
 * image there and leaves it alone, and the import is not repeated in every block.
 */
export function userlandImageChange(userlandFolder: string, scripts: Scripts): Change {
  return imageChange(
    { tag: imageTag(userlandFolder), source: { tree: userlandRoot(userlandFolder) } },
    scripts,
  );
}
