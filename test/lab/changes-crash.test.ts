// Controllers that die at every step of applying and undoing, and random sequences of changes: the host is as before.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { array, assert, asyncProperty, constantFrom, record } from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { outstandingChanges } from "#main/hosts/change-journal.ts";
import { isOutstanding, type UndoFailure } from "#main/hosts/changes.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { byHandId } from "#shared/changes/by-hand.ts";
import { coveredAlone } from "#shared/changes/host-changes.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import { hostSettings } from "#shared/plan/host-settings.ts";
import { presetConfiguration } from "../fixtures/preset-configuration.ts";
import { sampleContext } from "../fixtures/sample-sut.ts";
import { addressChange } from "#shared/changes/address.ts";
import { bridgeChange } from "#shared/changes/bridge.ts";
import { fileChange } from "#shared/changes/file.ts";
import { hugePagesChange } from "#shared/changes/huge-pages.ts";
import { latestRecords } from "#shared/changes/latest-records.ts";
import type { Scripts } from "#shared/changes/script.ts";
import { sysctlChange } from "#shared/changes/sysctl.ts";
import { thpChange } from "#shared/changes/thp.ts";
import type { Change } from "#shared/model/change.ts";
import {
  changerOf,
  describeHost,
  openJournal,
  openJournalFile,
  prepareHost,
  scriptsOf,
  sh,
  unhurried,
} from "../fixtures/change-host.ts";
import {
  canMakeNamespaces,
  createLocalMachine,
  type Namespaces,
  openNamespaces,
} from "../fixtures/local-machine.ts";

const controller = fileURLToPath(new URL("../fixtures/change-and-die.ts", import.meta.url));
const minutes = 60_000;

describe.skipIf(!canMakeNamespaces)("the host is as before (needs root on Linux)", () => {
  let namespaces: Namespaces;
  let machine: RemoteMachine;
  let scripts: Scripts;
  let before: string;
  let globalSettings: string;
  const folder = mkdtempSync(join(tmpdir(), "tare-test-changes-"));

  async function recover(path: string): Promise<UndoFailure[]> {
    const journal = openJournalFile(path);
    const records = latestRecords([...journal.read(), ...(await outstandingChanges(machine, unhurried()))]);
    return [...(await changerOf(machine, journal, basename(path)).undoAll(records, unhurried())).failures];
  }

  beforeAll(async () => {
    namespaces = await openNamespaces();
    machine = createLocalMachine(namespaces);
    scripts = await scriptsOf(machine);
    await prepareHost(machine);
    before = await describeHost(machine);
    globalSettings = await sh(machine, saveGlobalSettings);
  });
  afterAll(async () => {
    await sh(machine, globalSettings);
    await namespaces.close();
    rmSync(folder, { recursive: true });
  });

  test.each(["before", "during"] as const)(
    "after a controller was killed %s any step, once its journals are undone",
    async (moment) => {
      let step = 1;
      for (let died = true; died; step += 1) {
        const path = join(folder, `${moment}-${step}`);
        died = await dies(namespaces.pid, path, step, moment);
        expect({ step, failures: await recover(path) }).toEqual({ step, failures: [] });
        // A command of the dead controller goes on alone, and may end after the recovery.
        await expect.poll(() => describeHost(machine), { timeout: 20_000 }).toBe(before);
        expect(await outstandingChanges(machine, unhurried())).toEqual([]);
        expect(latestRecords(openJournalFile(path).read()).filter(isOutstanding)).toEqual([]);
      }
      expect(step).toBeGreaterThan(25);
    },
    5 * minutes,
  );

  test(
    "after any sequence of changes is undone",
    async () => {
      await assert(
        asyncProperty(array(constantFrom(...Object.keys(choices)), { maxLength: 6 }), async (names) => {
          const journal = openJournal();
          const changer = changerOf(machine, journal);
          const made = names.map((name) => choices[name]?.(scripts));
          for (const change of made)
            // What exists already is refused; such a change must not disturb the others.
            if (change) await changer.apply(change, unhurried()).catch(() => undefined);
          const { failures } = await changer.undoAll(latestRecords(journal.read()), unhurried());
          expect(failures).toEqual([]);
          expect(await describeHost(machine)).toBe(before);
          await sh(machine, "rm -rf /var/lib/tare/changes");
        }),
        { numRuns: 12 },
      );
    },
    5 * minutes,
  );

  test(
    "after settings of any configurations were applied by hand, one over the other, and undone from the host's journal",
    async () => {
      const pages = record(
        {
          thp: constantFrom("always", "madvise", "never"),
          hugePages2M: constantFrom(0, 3, 7),
          hugePagesNode: constantFrom(0),
        },
        { requiredKeys: [] },
      );
      const contextOf = (chosen: Configuration["pages"]) => ({
        ...sampleContext({ ...presetConfiguration("native"), pages: chosen }),
        scripts,
      });
      await assert(
        asyncProperty(array(pages, { minLength: 1, maxLength: 4 }), async (choices) => {
          for (const [index, chosen] of choices.entries()) {
            const changer = changerOf(machine, openJournal(), byHandId("lab", new Date(index)));
            for (const change of hostSettings(contextOf(chosen))) await changer.apply(change, unhurried());
          }
          const records = await outstandingChanges(machine, unhurried());
          expect(coveredAlone(records, records)).toBeNull();
          const undoing = changerOf(machine, openJournal(), "by-hand");
          expect((await undoing.undoAll(records, unhurried())).failures).toEqual([]);
          expect(await describeHost(machine)).toBe(before);
          await sh(machine, "rm -rf /var/lib/tare/changes");
        }),
        { numRuns: 10 },
      );
    },
    5 * minutes,
  );
});

const path = "/var/lib/tare/file";

const choices: Record<string, (scripts: Scripts) => Change> = {
  never: (scripts) => thpChange("enabled", "never", scripts),
  always: (scripts) => thpChange("enabled", "always", scripts),
  defer: (scripts) => thpChange("defrag", "defer", scripts),
  "some pages": (scripts) => hugePagesChange({ sizeKiB: 2048, node: null, count: 6 }, scripts),
  "more pages": (scripts) => hugePagesChange({ sizeKiB: 2048, node: 0, count: 9 }, scripts),
  somaxconn: (scripts) => sysctlChange("net.core.somaxconn", "777", scripts),
  "other somaxconn": (scripts) => sysctlChange("net.core.somaxconn", "999", scripts),
  "three values": (scripts) => sysctlChange("net.ipv4.tcp_rmem", "4096 65536 1048576", scripts),
  file: (scripts) => fileChange({ path, commands: [{ argv: ["mkdir", path], root: true }] }, scripts),
  "failing file": (scripts) =>
    fileChange({ path: `${path}-2`, commands: [{ argv: ["chroot", "/", "false"], root: true }] }, scripts),
  address: (scripts) => addressChange({ address: "198.18.9.1/24", interface: "nic0" }, scripts),
  bridge: (scripts) =>
    bridgeChange({ bridge: "tare-br", nic: "nic0", managementAddress: "203.0.113.1" }, scripts),
};

/** Prints a script that brings back what all namespaces share. */
const saveGlobalSettings = `
for file in enabled defrag; do
  path=/sys/kernel/mm/transparent_hugepage/$file
  echo "echo $(sed 's/.*\\[\\(.*\\)\\].*/\\1/' $path) > $path"
done
echo "echo $(cat /proc/sys/vm/nr_hugepages) > /proc/sys/vm/nr_hugepages"`;

async function dies(pid: number, journal: string, step: number, moment: string): Promise<boolean> {
  const child = spawn(process.execPath, [controller, String(pid), journal, String(step), moment], {
    stdio: "inherit",
  });
  const [status, signal] = (await once(child, "exit")) as [number | null, string | null];
  if (signal === null && status !== 0) throw new Error(`the controller ended with status ${status}`);
  return signal === "SIGKILL";
}
