// What test runs that were killed left behind: their labs are taken down, those of runs that live are left alone.
// Run by itself it does just that: node test/lab/killed-tests.ts
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { cleanDemoLabs } from "#main/demo-lab/teardown.ts";
import { defaultCacheFolder } from "#main/demo-lab/trees.ts";

/** Where the state folders of tests stand, on a real file system, and how their names begin. */
export const testFolders = "/var/lib/tare-test-";

export async function cleanKilledTests(signal: AbortSignal): Promise<void> {
  for (const folder of await readdir("/var/lib")) {
    const stateFolder = join("/var/lib", folder);
    if (!stateFolder.startsWith(testFolders)) continue;
    const { removed } = await cleanDemoLabs({ stateFolder, signal });
    for (const id of removed) await removeKeys(id);
  }
}

/** Keys outlive their lab; those of a test's lab should not. */
export async function removeKeys(id: string): Promise<void> {
  await rm(join(defaultCacheFolder, "keys", id), { recursive: true, force: true });
}

if (import.meta.main) await cleanKilledTests(AbortSignal.timeout(60_000));
