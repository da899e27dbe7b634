// Ends a lab and removes all it left: by its names, so that it works as well for a lab whose starter was killed.
import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { hostRoles } from "#shared/model/lab.ts";
import { labScript } from "./assets.ts";
import { ownerLives, ownsId, readState, releaseClaims, slotsOf } from "./claims.ts";
import { mustRun, runChild } from "./child.ts";
import { labFolder, namespaceName, outerInterfaceName } from "./names.ts";
import { endProcesses } from "./processes.ts";

const cgroupRoot = "/sys/fs/cgroup";

/** Ends the lab of this id: processes (and with them mounts), links, namespaces, control groups and, unless `keep`, its folder. */
export async function tearDown(stateFolder: string, id: string, keep: boolean): Promise<void> {
  const folder = labFolder(stateFolder, id);
  if (await ownsId(folder, id)) {
    const namespaces = hostRoles.map((role) => namespaceName(id, role));
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
}

/** Removes what killed labs left behind. Labs whose starter lives are left alone. */
export async function cleanDemoLabs(options: { readonly stateFolder: string }): Promise<{
  readonly removed: readonly string[];
  readonly running: readonly string[];
}> {
  const removed: string[] = [];
  const running: string[] = [];
  for (const id of await readdir(options.stateFolder).catch(() => [])) {
    const state = await readState(labFolder(options.stateFolder, id));
    if (state !== undefined && (await ownerLives(state))) {
      running.push(id);
      continue;
    }
    await tearDown(options.stateFolder, id, false);
    removed.push(id);
  }
  return { removed, running };
}

async function removeLink(device: string): Promise<void> {
  const shown = await runChild(["ip", "link", "show", device]);
  if (shown.status !== 0) return;
  await mustRun(`Removing the link ${device}`, ["ip", "link", "delete", device]);
}

/** Control groups are removed from the leaves up; the kernel refuses one that is in use. */
async function removeCgroups(name: string): Promise<void> {
  const hierarchies = (await readdir(cgroupRoot, { withFileTypes: true }).catch(() => [])).filter((entry) =>
    entry.isDirectory(),
  );
  const tops = [join(cgroupRoot, name), ...hierarchies.map((each) => join(cgroupRoot, each.name, name))];
  for (const top of tops) await removeCgroup(top);
}

async function removeCgroup(path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return;
  for (const entry of entries) if (entry.isDirectory()) await removeCgroup(join(path, entry.name));
  await rmdir(path);
}

async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}
