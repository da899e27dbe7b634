// The trees that a lab's hosts run on: built once for each recipe, kept in a cache, shared read-only by all labs.
import { access, chmod, mkdir, readdir, rename, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { TareError } from "#shared/model/error.ts";
import { labScript } from "./assets.ts";
import { mustRun, untilWeEnd } from "./child.ts";
import { withLock } from "./lock.ts";
import { installProgress, type Progress } from "./progress.ts";
import { excludedPaths, hostPackages, type Recipe, sutPackages } from "./recipe.ts";
import { buildRepository, offeredBy } from "./repository.ts";

export interface Trees {
  /** Root file system of both hosts. */
  readonly host: string;
  /** Layer that the SUT has on top of it. */
  readonly sut: string;
  /** Flat apt repository for what is built on the SUT. */
  readonly repository: string;
  /** What Tare builds on the SUT for its environments, by content; kept for the next lab. */
  readonly userlands: string;
}

export const defaultCacheFolder = "/var/cache/tare";
const unfinished = ".building";
/** Finished trees take some 1.4 GB; a build holds packages twice for a while. */
const neededBytes = 2.5 * 2 ** 30;

/** The recipe's trees, built where the cache lacks them. An interrupted build never counts. Needs root. */
export async function ensureTrees(options: {
  readonly cacheFolder: string;
  readonly recipe: Recipe;
  readonly onProgress: Progress;
  readonly signal: AbortSignal;
}): Promise<Trees> {
  const { cacheFolder, recipe, onProgress, signal } = options;
  const trees: Trees = {
    host: join(cacheFolder, recipe.names.host),
    sut: join(cacheFolder, recipe.names.sut),
    repository: join(cacheFolder, recipe.names.repository),
    userlands: join(cacheFolder, "userlands"),
  };
  await mkdir(trees.userlands, { recursive: true });
  const missing = async () => (await Promise.all(Object.values(trees).map(exists))).includes(false);
  if (!(await missing())) return trees;

  onProgress("Waiting for another lab that builds the same trees", null);
  await withLock(lockFile(cacheFolder), signal, async () => {
    await removeUnfinished(cacheFolder);
    if (await missing()) await mustHaveSpace(cacheFolder);
    await build(trees.repository, (folder) => buildRepository({ folder, recipe, onProgress, signal }));
    await build(trees.host, async (folder) => {
      const packages = [...hostPackages, ...(await offeredBy(trees.repository))].join(",");
      const script = labScript("build-host.sh");
      const argv = ["sh", script, folder, trees.repository, recipe.release, packages, ...excludedPaths];
      onProgress("Building the hosts' file system", null);
      await mustRun("Building the hosts' file system", [...untilWeEnd, ...argv], {
        signal,
        onLine: installProgress("Building the hosts' file system", onProgress),
      });
    });
    await build(trees.sut, async (folder) => {
      const script = labScript("build-sut.sh");
      const argv = ["sh", script, folder, trees.host, trees.repository, ...sutPackages, recipe.qemu];
      onProgress("Installing Docker Engine and libvirt for the system under test", null);
      await mustRun("Installing Docker Engine and libvirt", [...untilWeEnd, ...argv], {
        signal,
        onLine: installProgress("Installing Docker Engine and libvirt for the system under test", onProgress),
      });
    });
  });
  return trees;
}

/** What the cache holds beside trees. */
const removable: ReadonlySet<string> = new Set(["keys", "userlands"]);

/** Removes every cached tree; what else stands in the folder stays. */
export async function removeTrees(cacheFolder: string, signal: AbortSignal): Promise<void> {
  if (!(await exists(cacheFolder))) return;
  await withLock(lockFile(cacheFolder), signal, async () => {
    for (const name of await readdir(cacheFolder))
      if (/^(repository|host|sut)-[0-9a-f]{12}(\.building.*)?$/.test(name) || removable.has(name))
        await rm(join(cacheFolder, name), { recursive: true, force: true });
  });
}

async function mustHaveSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= neededBytes) return;
  throw new TareError(
    "DISK_FULL",
    `The demo lab's file systems need ${gib(neededBytes)} below ${folder} on this machine; ${gib(free)} are free.`,
  );
}

/** Builds under another name and renames when it is whole. */
async function build(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  if (await exists(target)) return;
  const folder = `${target}${unfinished}`;
  await mkdir(folder);
  await chmod(folder, 0o755);
  await fill(folder);
  await rename(folder, target);
}

function gib(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

async function removeUnfinished(cacheFolder: string): Promise<void> {
  for (const name of await readdir(cacheFolder))
    if (name.includes(unfinished)) await rm(join(cacheFolder, name), { recursive: true, force: true });
}

function lockFile(cacheFolder: string): string {
  return join(cacheFolder, "lock");
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
