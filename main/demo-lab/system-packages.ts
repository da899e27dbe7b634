// Programs that must be installed on this machine, and their installation with apt where that is possible.
import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { TareError } from "#shared/model/error.ts";
import { mustRun, programPath } from "./child.ts";
import { installProgress, type Progress } from "./progress.ts";

export interface SystemPackage {
  /** Name of the program, or where it can have several, of any one of them. */
  readonly programs: readonly string[];
  /** Debian package that has it. */
  readonly package: string;
}

/** What the demo lab runs on this machine itself. */
export const labPackages: readonly SystemPackage[] = [
  { programs: ["mmdebstrap"], package: "mmdebstrap" },
  { programs: ["apt-ftparchive"], package: "apt-utils" },
  { programs: ["ip"], package: "iproute2" },
  { programs: ["ssh-keygen"], package: "openssh-client" },
  { programs: ["openssl"], package: "openssl" },
  { programs: ["unshare"], package: "util-linux" },
  { programs: ["mount"], package: "mount" },
];

const listsFolder = "/var/lib/apt/lists";
const listsStaleAfterMs = 24 * 3600 * 1000;

/** Path of a program on this machine, or undefined. */
export function findProgram(name: string): string | undefined {
  return programPath
    .split(":")
    .map((folder) => `${folder}/${name}`)
    .find(isExecutable);
}

export function missingPackages(wanted: readonly SystemPackage[]): SystemPackage[] {
  return wanted.filter(({ programs }) => !programs.some(findProgram));
}

/** True where this process may install packages with apt. */
export function canInstall(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0 && findProgram("apt-get") !== undefined;
}

/** Installs the packages of which no program is there. Throws TOOL_MISSING, with their names, where this machine or account cannot. */
export async function ensurePackages(
  wanted: readonly SystemPackage[],
  options: { readonly onProgress: Progress; readonly signal: AbortSignal },
): Promise<void> {
  const packages = missingPackages(wanted).map((each) => each.package);
  if (packages.length === 0) return;
  const { signal, onProgress } = options;
  if (!canInstall())
    throw new TareError(
      "TOOL_MISSING",
      `These packages are needed on this machine: ${packages.join(", ")}. Install them, or run as root on Debian.`,
    );
  const environment = { DEBIAN_FRONTEND: "noninteractive" };
  if (listsAreStale()) {
    onProgress("Reading package lists", null);
    await mustRun("Reading package lists", ["apt-get", "-q", "update"], { signal, environment });
  }
  const stage = `Installing ${packages.join(", ")}`;
  onProgress(stage, null);
  const argv = ["apt-get", "-q", "install", "--yes", "--no-install-recommends", ...packages];
  await mustRun(stage, argv, { signal, environment, onLine: installProgress(stage, onProgress) });
  const still = missingPackages(wanted);
  if (still.length > 0)
    throw new TareError(
      "TOOL_MISSING",
      `After installing ${packages.join(", ")} these programs are still missing: ${still.map(({ programs }) => programs[0]).join(", ")}.`,
    );
}

/** Installs what the demo lab needs on this machine. */
export async function installSystemPackages(options: {
  readonly onProgress: Progress;
  readonly signal: AbortSignal;
}): Promise<void> {
  await ensurePackages(labPackages, options);
}

function listsAreStale(): boolean {
  try {
    const lists = readdirSync(listsFolder).filter((name) => name.includes("_Packages"));
    return lists.length === 0 || Date.now() - statSync(listsFolder).mtimeMs > listsStaleAfterMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return true;
    throw error;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
