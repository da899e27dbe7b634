// Where the lab's shell scripts are.
import { fileURLToPath } from "node:url";

/** Path of a script of assets/lab; the built program stands as deep in the project as this file. */
export function labScript(name: string): string {
  return fileURLToPath(new URL(`../../assets/lab/${name}`, import.meta.url));
}
