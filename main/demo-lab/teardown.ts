// Ends a lab and removes all it left: by its names, so that it works as well for a lab whose starter was killed.
import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { TareError } from "#shared/model/error.ts";
import { hostRoles } from "#shared/model/lab.ts";
import { labScript } from "./assets.ts";
import {
  aloneWithLabs,
  claimedFolders,
  ownerLives,
  ownsId,
  readState,
  releaseClaims,
  slotsOf,
  withdrawPermit,
} from "./claims.ts";
import { mustRun, runChild } from "./child.ts";
import { labFolder, namespaceName, outerInterfaceName } from "./names.ts";
import { cgroupsOf, endProcesses, firstProcessOf } from "./processes.ts";
import { removeTrees } from "./trees.ts";

/**
 * Ends the lab of this id: processes (and with them mounts), links, namespaces, control groups and, unless `keep`, its
 * folder. Its hosts share this machine's kernel, so what a killed campaign changed in it is undone first.
 * Throws UNDO_FAILED, once all is removed, where that was not possible.
 */
export async function tearDown(stateFolder: string, id: string, keep: boolean): Promise<void> {
  const folder = labFolder(stateFolder, id);
  await withdrawPermit(folder);
  const notUndone: string[] = [];
  if (await ownsId(folder, id)) {
    const namespaces = hostRoles.map((role) => namespaceName(id, role));
    for (const namespace of namespaces) notUndone.push(...(await undoChanges(namespace)));
    await Promise.all(namespaces.map(endProcesses));
    for (const slot of await slotsOf(folder))
      for (const role of hostRoles) await removeLink(outerInterfaceName(slot, role));
    for (const namespace of namespaces) {
      await mustRun(`Removing ${namespace}`, ["sh", labScript("netns.sh"), "remove", namespace]);
      await removeCgroups(namespace);
    }
  }
  if (!keep) for (const role of hostRoles) await removeFolder(join(folder, role));
  await releaseClaims(folder, id);
  if (!keep) await removeFolder(folder);
  if (notUndone.length > 0)
    throw new TareError(
      "UNDO_FAILED",
      `The demo lab "${id}" is removed, but settings of this machine's kernel that a campaign changed may still be in force.`,
      { detail: notUndone.join("\n") },
    );
}

/** Undoes what the journal of changes on a host holds; returns what it said where that failed. Nothing to do after an orderly end. */
async function undoChanges(namespace: string): Promise<string[]> {
  const first = await firstProcessOf(namespace);
  if (first === undefined) return [];
  const undo =
    "[ ! -e /var/lib/tare/undo-all.sh ] || exec timeout -k 5 120 sh /var/lib/tare/undo-all.sh --force";
  const { status, stdout, stderr } = await runChild([
    "nsenter",
    `--target=${first}`,
    "--all",
    "sh",
    "-c",
    undo,
  ]);
  return status === 0 ? [] : [`${namespace}: ${stdout}${stderr}`.trim()];
}

/** Removes what killed labs left behind. Labs whose starter lives, and the files of labs that were to be kept, stay. */
export async function cleanDemoLabs(options: {
  readonly stateFolder: string;
  readonly signal: AbortSignal;
}): Promise<{ readonly removed: readonly string[]; readonly running: readonly string[] }> {
  const { stateFolder, signal } = options;
  const removed: string[] = [];
  const running: string[] = [];
  await aloneWithLabs(signal, async () => {
    for (const id of await readdir(stateFolder).catch(() => [])) {
      const folder = labFolder(stateFolder, id);
      const state = await readState(folder);
      if (state === undefined && (await readdir(folder)).length > 0) continue;
      if (state !== undefined && (await ownerLives(state))) {
        running.push(id);
        continue;
      }
      await tearDown(stateFolder, id, false);
      removed.push(id);
    }
  });
  return { removed, running };
}

/** Removes the cached trees and keys. Throws BUSY while a lab is on this machine, as it may use them. */
export async function purgeCache(cacheFolder: string, signal: AbortSignal): Promise<void> {
  await aloneWithLabs(signal, async () => {
    const folders = await claimedFolders();
    if (folders.length > 0)
      throw new TareError(
        "BUSY",
        "Demo labs are on this machine. Stop or clean them, then remove the cache.",
        {
          detail: folders.join("\n"),
        },
      );
    await removeTrees(cacheFolder, signal);
  });
}

async function removeLink(device: string): Promise<void> {
  const shown = await runChild(["ip", "link", "show", device]);
  if (shown.status !== 0) return;
  await mustRun(`Removing the link ${device}`, ["ip", "link", "delete", device]);
}

/** Control groups are removed from the leaves up; the kernel refuses one that is in use. */
async function removeCgroups(name: string): Promise<void> {
  for (const cgroup of await cgroupsOf(name)) await removeCgroup(cgroup);
}

async function removeCgroup(path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return;
  for (const entry of entries) if (entry.isDirectory()) await removeCgroup(join(path, entry.name));
  for (let left = 100; ; left -= 1) {
    try {
      await rmdir(path);
      return;
    } catch (error) {
      // A process that has just ended may still be counted for a moment.
      if ((error as NodeJS.ErrnoException).code !== "EBUSY" || left === 0) throw error;
      await sleep(20);
    }
  }
}

async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}
