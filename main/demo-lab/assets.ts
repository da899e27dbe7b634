// Where the lab's shell scripts are.
import { assetPath } from "#main/installation.ts";

/** Path of a script of assets/lab. */
export function labScript(name: string): string {
  return assetPath("lab", name);
}
