// The lab's package repository: everything its trees and its userland need, fetched once from this machine's own apt sources.
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TareError } from "#shared/model/error.ts";
import { assetPath } from "#main/installation.ts";
import { mustRun, runChild, untilWeEnd } from "./child.ts";
import type { Progress } from "./progress.ts";
import {
  extraComponent,
  hostPackages,
  optionalHostPackages,
  type Recipe,
  sutPackages,
  userlandPackages,
} from "./recipe.ts";

interface Building {
  readonly folder: string;
  readonly recipe: Recipe;
  readonly onProgress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Fills `folder` with a flat apt repository of the recipe's release: `deb [trusted=yes] copy:<folder> ./`.
 * apt checks the packages against this machine's keys while it fetches them; its own state stays untouched.
 */
export async function buildRepository(building: Building): Promise<void> {
  const { folder, recipe, onProgress, signal } = building;
  const apt = join(folder, "apt");
  const options = await privateApt(apt, recipe.release);
  const run = (step: string, argv: readonly string[], onStatus?: (line: string) => void) =>
    mustRun(step, [...untilWeEnd, ...argv], { signal, cwd: folder, ...(onStatus ? { onStatus } : {}) });

  onProgress("Reading the package lists of this machine's apt sources", null);
  const offered = await readLists(apt, options, { recipe, run });
  const base = await requiredPackages(options, signal);
  const kernel = await kernelPackage(options, recipe.kernel, signal);

  const wanted = [...hostPackages, ...offered, ...sutPackages, ...userlandPackages];
  const packages = new Set([...base, ...wanted, recipe.qemu]);
  onProgress("Fetching packages", 0);
  const onStatus = (line: string) => {
    const share = /^dlstatus:\d+:([\d.]+):/.exec(line)?.[1];
    if (share !== undefined) onProgress("Fetching packages", Number(share) / 100);
  };
  const install = ["install", "--yes", "--download-only", "--no-install-recommends"];
  await run(
    "Fetching packages",
    ["apt-get", ...options, "-o", "APT::Status-Fd=3", ...install, ...packages],
    onStatus,
  );
  await run("Fetching the guests' kernel", ["apt-get", ...options, "download", recipe.kernel, kernel]);

  onProgress("Indexing packages", null);
  await collectPackages(join(apt, "cache/archives"), folder);
  await rm(apt, { recursive: true });
  const index = await run("Indexing packages", ["apt-ftparchive", "packages", "."]);
  await writeFile(join(folder, "Packages"), index.stdout);
  // Without a code name mmdebstrap finds no essential packages.
  const names = ["Origin=Debian", `Suite=${recipe.release}`, `Codename=${recipe.release}`];
  const release = names.flatMap((name) => ["-o", `APT::FTPArchive::Release::${name}`]);
  const signed = await run("Indexing packages", ["apt-ftparchive", ...release, "release", "."]);
  await writeFile(join(folder, "Release"), signed.stdout);
}

/** Options that give apt its own lists, cache and an empty package database, and let only Debian's own packages of the release in. */
async function privateApt(folder: string, release: string): Promise<string[]> {
  await mkdir(join(folder, "lists/partial"), { recursive: true });
  await mkdir(join(folder, "cache/archives/partial"), { recursive: true });
  await writeFile(join(folder, "status"), "");
  const preferences = [
    `Package: *\nPin: release o=Debian, n=/^${release}(-updates|-security|-lts)?$/\nPin-Priority: 900\n`,
    "Package: *\nPin: release a=*\nPin-Priority: -1\n",
  ];
  await writeFile(join(folder, "preferences"), preferences.join("\n"));
  return Object.entries({
    "Dir::Etc::sourcelist": "/dev/null",
    "Dir::Etc::sourceparts": join(folder, "sources"),
    "Dir::State::lists": join(folder, "lists"),
    "Dir::State::status": join(folder, "status"),
    "Dir::State::extended_states": join(folder, "extended_states"),
    "Dir::Cache": join(folder, "cache"),
    "Dir::Etc::preferences": join(folder, "preferences"),
    "Dir::Etc::preferencesparts": "/dev/null",
    "APT::Keep-Downloaded-Packages": "true",
    "APT::Sandbox::User": "root",
    "Debug::NoLocking": "true",
  }).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
}

type Run = (step: string, argv: readonly string[]) => ReturnType<typeof mustRun>;

/**
 * Reads the lists of this machine's sources of the release with the further component, and without it where the mirror
 * has none. Returns the optional packages that are offered.
 */
async function readLists(
  apt: string,
  options: readonly string[],
  { recipe, run }: { recipe: Recipe; run: Run },
): Promise<readonly string[]> {
  const sources = join(apt, "sources");
  const update = async (component: string) => {
    await rm(sources, { recursive: true, force: true });
    const script = assetPath("host", "apt-sources.sh");
    await run("Reading package sources", ["sh", script, "copy", sources, recipe.release, component]);
    await run("Reading package lists", ["apt-get", ...options, "update"]);
  };
  try {
    await update(extraComponent);
  } catch (error) {
    if (!(error instanceof TareError) || error.code !== "TOOL_FAILED") throw error;
    await update("");
  }
  const offered: string[] = [];
  for (const name of optionalHostPackages) {
    const shown = await runChild(["apt-cache", ...options, "show", name]);
    if (/^Version: /m.test(shown.stdout)) offered.push(name);
  }
  return offered;
}

/** Those of the optional packages that a finished repository holds. */
export async function offeredBy(repository: string): Promise<readonly string[]> {
  const index = await readFile(join(repository, "Packages"), "utf8");
  return optionalHostPackages.filter((name) => index.split("\n").includes(`Package: ${name}`));
}

/** What a minimal Debian consists of, and apt. */
async function requiredPackages(options: readonly string[], signal: AbortSignal): Promise<string[]> {
  const found = new Set(["apt"]);
  let name = "";
  const onLine = (line: string) => {
    if (line.startsWith("Package: ")) name = line.slice(9);
    if (line === "Essential: yes" || line === "Priority: required") found.add(name);
  };
  await mustRun("Reading package lists", ["apt-cache", ...options, "dumpavail"], { signal, onLine });
  return [...found];
}

async function kernelPackage(options: readonly string[], meta: string, signal: AbortSignal): Promise<string> {
  const shown = await runChild(["apt-cache", ...options, "--no-all-versions", "show", meta], { signal });
  const name = /^Depends:.*?\b(linux-image-[\w.+-]+)/m.exec(shown.stdout)?.[1];
  if (name === undefined)
    throw new TareError("TOOL_FAILED", `This machine's apt sources offer no ${meta}, which guests boot.`, {
      detail: shown.stderr,
    });
  return name;
}

/** Moves the packages to the repository's top; without the version's epoch, whose ":" apt would decode twice. */
async function collectPackages(archives: string, folder: string): Promise<void> {
  for (const from of [archives, folder])
    for (const file of await readdir(from))
      if (file.endsWith(".deb")) await rename(join(from, file), join(folder, file.replace(/_\d+%3a/i, "_")));
}
