// Whether the built-in lab can run on this machine, and if not, why.
import { existsSync, readFileSync } from "node:fs";
import { TareError } from "#shared/model/error.ts";
import { mustRun } from "./child.ts";
import { architectures, type Recipe, recipeFor } from "./recipe.ts";
import { canInstall, findProgram, labPackages, missingPackages } from "./system-packages.ts";

/** The answer for the window: cheap, and nothing is changed. `reason` is a sentence in both cases. */
export function demoLabAvailability(): { readonly available: boolean; readonly reason: string } {
  if (process.platform !== "linux")
    return no("The demo lab needs Linux: its hosts are namespaces of its kernel.");
  if (process.getuid?.() !== 0) return no("The demo lab needs root: it makes namespaces, links and mounts.");
  if (debianRelease() === undefined)
    return no("The demo lab needs Debian: it builds its hosts from this machine's own package sources.");
  if (architectures[architectureOfNode()] === undefined)
    return no(`The demo lab has no recipe for ${process.arch}; it has one for x64 and arm64.`);
  const absent = ["overlay", "cgroup"].filter((name) => !kernelHas(name));
  if (absent.length > 0) return no(`This machine's kernel does not offer ${absent.join(" and ")}.`);
  const missing = missingPackages(labPackages).map((each) => each.package);
  if (missing.length > 0 && !canInstall())
    return no(`The demo lab needs these packages on this machine: ${missing.join(", ")}.`);
  return { available: true, reason: "The demo lab can run on this machine." };
}

function no(reason: string): { readonly available: false; readonly reason: string } {
  return { available: false, reason };
}

/** The recipe for this machine. Throws UNSUPPORTED with the reason where there is none. */
export async function mustBeAvailable(): Promise<Recipe> {
  const { available, reason } = demoLabAvailability();
  if (!available) throw new TareError("UNSUPPORTED", reason);
  const missing = missingPackages(labPackages).map((each) => each.package);
  if (missing.length > 0)
    throw new TareError(
      "TOOL_MISSING",
      `The demo lab needs these packages on this machine: ${missing.join(", ")}.`,
    );
  const { stdout } = await mustRun("Reading the architecture", ["dpkg", "--print-architecture"]);
  const architecture = stdout.trim();
  const parts = architectures[architecture];
  const release = debianRelease();
  if (parts === undefined || release === undefined) throw new TareError("UNSUPPORTED", reason);
  return recipeFor(release, architecture, parts);
}

/** Code name of the Debian release of this machine. */
function debianRelease(): string | undefined {
  if (findProgram("apt-get") === undefined) return undefined;
  const text = readFileSync("/etc/os-release", "utf8");
  if (!/^ID=debian$/m.test(text)) return undefined;
  return /^VERSION_CODENAME=(\w+)$/m.exec(text)?.[1];
}

function architectureOfNode(): string {
  return process.arch === "x64" ? "amd64" : process.arch;
}

/** True where the file system is known; one in a module that is not loaded yet is looked for by `mount` itself. */
function kernelHas(fileSystem: string): boolean {
  const known = readFileSync("/proc/filesystems", "utf8");
  return existsSync("/proc/modules") || new RegExp(`\\b${fileSystem}\\d?$`, "m").test(known);
}
