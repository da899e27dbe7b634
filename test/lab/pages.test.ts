// Pages of configurations on this machine's kernel: modes and reservations by node are made, and undone to the last file.
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { latestRecords } from "#shared/changes/latest-records.ts";
import { pagesChanges } from "#shared/environments/session-changes.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import { native } from "../unit/sample-campaign.ts";
import { changerOf, openJournal, scriptsOf, sh, unhurried } from "../fixtures/change-host.ts";
import {
  canMakeNamespaces,
  createLocalMachine,
  openNamespaces,
  type Namespaces,
} from "../fixtures/local-machine.ts";
import { sampleContext } from "../fixtures/sample-sut.ts";

/** Every file of sysfs that pages of a configuration touch, with its contents. */
const settings = `cd /sys; for file in kernel/mm/transparent_hugepage/enabled kernel/mm/transparent_hugepage/defrag \
  kernel/mm/hugepages/*/nr_hugepages devices/system/node/node*/hugepages/*/nr_hugepages; do
  echo "$file $(cat $file)"; done`;

describe.skipIf(!canMakeNamespaces)("pages of a configuration (needs root on Linux)", () => {
  let namespaces: Namespaces;
  let machine: RemoteMachine;

  beforeAll(async () => {
    namespaces = await openNamespaces();
    machine = createLocalMachine(namespaces);
  });
  afterAll(() => namespaces.close());

  async function changesOf(pages: Configuration["pages"]) {
    const scripts = await scriptsOf(machine);
    return pagesChanges({ ...sampleContext(native), configuration: { ...native, pages }, scripts });
  }

  /** Sysfs while the pages of the configuration are in force. */
  async function during(pages: Configuration["pages"]): Promise<string> {
    const journal = openJournal();
    const changer = changerOf(machine, journal);
    const before = await sh(machine, settings);
    try {
      for (const change of await changesOf(pages)) await changer.apply(change, unhurried());
      return await sh(machine, settings);
    } finally {
      const { failures } = await changer.undoAll(latestRecords(journal.read()), unhurried());
      expect(failures).toEqual([]);
      expect(await sh(machine, settings)).toBe(before);
      await sh(machine, "rm -rf /var/lib/tare/changes");
    }
  }

  test("mode, defragmentation and a node's pages are as chosen, and then as before", async () => {
    const found = await during({
      thp: "always",
      thpDefrag: "defer",
      perNode: [{ node: 0, hugePages2M: 12 }],
    });
    expect(found).toContain("transparent_hugepage/enabled [always] madvise never");
    expect(found).toContain("transparent_hugepage/defrag always [defer] defer+madvise madvise never");
    expect(found).toContain("devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages 12");
  });

  test("after any choice is undone, sysfs is as before", async () => {
    const any = fc.record(
      {
        thp: fc.constantFrom("always" as const, "madvise" as const, "never" as const),
        thpDefrag: fc.constantFrom(
          "always" as const,
          "defer" as const,
          "defer+madvise" as const,
          "madvise" as const,
          "never" as const,
        ),
        perNode: fc.tuple(
          fc.record({ node: fc.constant(0), hugePages2M: fc.nat(24) }, { requiredKeys: ["node"] }),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(any, async (pages) => {
        await during(pages);
      }),
      { numRuns: 4 },
    );
  });
});
