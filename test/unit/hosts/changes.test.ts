// Changes on a real kernel: huge pages, sysctls, files, addresses and bridges in namespaces of their own.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { outstandingChanges } from "#main/hosts/change-journal.ts";
import type { RemoteMachine } from "#main/hosts/machine.ts";
import { addressChange } from "#shared/changes/address.ts";
import { bridgeChange } from "#shared/changes/bridge.ts";
import { fileChange } from "#shared/changes/file.ts";
import { hugePagesChange } from "#shared/changes/huge-pages.ts";
import { latestRecords } from "#shared/changes/latest-records.ts";
import type { Scripts } from "#shared/changes/script.ts";
import { sysctlChange } from "#shared/changes/sysctl.ts";
import {
  changerOf,
  describeHost,
  openJournal,
  prepareHost,
  scriptsOf,
  sh,
  unhurried,
} from "../../fixtures/change-host.ts";
import {
  canMakeNamespaces,
  createLocalMachine,
  type Namespaces,
  openNamespaces,
} from "../../fixtures/local-machine.ts";

const somaxconn = "net.core.somaxconn";
const readSomaxconn = "cat /proc/sys/net/core/somaxconn";
const bridge = { bridge: "tare-br", nic: "nic0", managementAddress: "203.0.113.1" };

describe.skipIf(!canMakeNamespaces)("a change of a host (needs root on Linux)", () => {
  let namespaces: Namespaces;
  let machine: RemoteMachine;
  let scripts: Scripts;

  beforeEach(async () => {
    namespaces = await openNamespaces();
    machine = createLocalMachine(namespaces);
    scripts = await scriptsOf(machine);
    await prepareHost(machine);
  });
  afterEach(() => namespaces.close());

  test("is in both journals before it takes effect, and gone from the host's once undone", async () => {
    const journal = openJournal();
    const changer = changerOf(machine, journal);
    const before = await describeHost(machine);
    const applied = await changer.apply(sysctlChange(somaxconn, "777", scripts), unhurried());
    expect(await sh(machine, readSomaxconn)).toBe("777");
    expect(await outstandingChanges(machine, unhurried())).toEqual([{ ...applied, at: expect.any(String) }]);
    await changer.undo(applied, unhurried());
    expect(await describeHost(machine)).toBe(before);
    expect(journal.read().map(({ status }) => status)).toEqual(["journalled", "applied", "undone"]);
    expect(await outstandingChanges(machine, unhurried())).toEqual([]);
  });

  test("that finds the wanted state does nothing, and undo leaves that state", async () => {
    const journal = openJournal();
    const changer = changerOf(machine, journal);
    const wanted = await sh(machine, readSomaxconn);
    const record = await changer.apply(sysctlChange(somaxconn, wanted, scripts), unhurried());
    expect(await outstandingChanges(machine, unhurried())).toEqual([]);
    await sh(machine, "echo 555 > /proc/sys/net/core/somaxconn");
    await changer.undo(record, unhurried());
    expect(await sh(machine, readSomaxconn)).toBe("555");
  });

  test("that the host does not offer is recorded as unavailable, and the rest goes on", async () => {
    const journal = openJournal();
    const changer = changerOf(machine, journal);
    const record = await changer.apply(sysctlChange("net.tare.absent", "1", scripts), unhurried());
    expect(record.status).toBe("unavailable");
    expect((await changer.undo(record, unhurried())).status).toBe("unavailable");
  });

  test("that the kernel grants in part says how much, and is undone at once", async () => {
    const journal = openJournal();
    const changer = changerOf(machine, journal);
    const before = await describeHost(machine);
    const tooMany = hugePagesChange({ sizeKiB: 1_048_576, node: null, count: 100_000 }, scripts);
    await expect(changer.apply(tooMany, unhurried())).rejects.toMatchObject({
      code: "CHANGE_FAILED",
      message: expect.stringMatching(/root@local.*reserved \d+ of 100000 huge pages.*undone/),
    });
    expect(journal.read().at(-1)?.status).toBe("failed");
    expect(await describeHost(machine)).toBe(before);
  });

  test("never replaces a file, and never removes one that Tare did not make", async () => {
    const changer = changerOf(machine, openJournal());
    const path = "/var/lib/libvirt/images/disk image $(x).raw";
    const make = fileChange(
      { path, commands: [{ argv: ["chroot", "/", "truncate", "-s", "1M", path], root: true }] },
      scripts,
    );
    await machine.writeFile(path, "mine", { mode: 0o644, signal: unhurried() });
    await expect(changer.apply(make, unhurried())).rejects.toMatchObject({ code: "CHANGE_FAILED" });
    expect((await machine.readFile(path, unhurried())).toString()).toBe("mine");
  });

  test("may find its object gone at undo: then it is undone", async () => {
    const changer = changerOf(machine, openJournal());
    const before = await describeHost(machine);
    const path = "/var/lib/tare/data/tree/file";
    const made = await changer.apply(
      fileChange(
        {
          path: "/var/lib/tare/tree",
          commands: [{ argv: ["mkdir", "-p", "/var/lib/tare/tree/a"], root: true }],
        },
        scripts,
      ),
      unhurried(),
    );
    const added = await changer.apply(
      addressChange({ address: "198.18.9.1/24", interface: "nic0" }, scripts),
      unhurried(),
    );
    await sh(machine, `rm -r /var/lib/tare/tree; ip address delete 198.18.9.1/24 dev nic0; ! [ -e ${path} ]`);
    expect((await changer.undoAll([made, added], unhurried())).failures).toEqual([]);
    expect(await describeHost(machine)).toBe(before);
  });

  test("that somebody changed since is left and reported, unless it is to be overwritten", async () => {
    const changer = changerOf(machine, openJournal());
    const before = await describeHost(machine);
    const applied = await changer.apply(sysctlChange(somaxconn, "777", scripts), unhurried());
    await sh(machine, "echo 888 > /proc/sys/net/core/somaxconn");
    await expect(changer.undo(applied, unhurried())).rejects.toMatchObject({
      code: "UNDO_FAILED",
      message: expect.stringMatching(/set it to 777; somebody changed it to 888 since/),
    });
    expect(await sh(machine, readSomaxconn)).toBe("888");
    const outstanding = await outstandingChanges(machine, unhurried());
    await changer.undo(outstanding[0] ?? applied, unhurried(), { overwrite: true });
    expect(await describeHost(machine)).toBe(before);
  });

  test("that was undone is not undone a second time, even where the laptop lost the record of it", async () => {
    const changer = changerOf(machine, openJournal());
    const applied = await changer.apply(sysctlChange(somaxconn, "777", scripts), unhurried());
    await changer.undo(applied, unhurried());
    await sh(machine, "echo 777 > /proc/sys/net/core/somaxconn");
    expect((await changer.undo(applied, unhurried())).status).toBe("undone");
    expect(await sh(machine, readSomaxconn)).toBe("777");
  });

  test("fails alone: the others are undone all the same, in reverse order", async () => {
    const journal = openJournal();
    const changer = changerOf(machine, journal);
    const records = [
      await changer.apply(sysctlChange(somaxconn, "777", scripts), unhurried()),
      await changer.apply(sysctlChange("net.ipv4.ip_default_ttl", "77", scripts), unhurried()),
      await changer.apply(
        addressChange({ address: "198.18.9.1/24", interface: "nic0" }, scripts),
        unhurried(),
      ),
    ];
    await sh(machine, "echo 99 > /proc/sys/net/ipv4/ip_default_ttl");
    const { failures } = await changer.undoAll(records, unhurried());
    expect(failures.map(({ record }) => record.id)).toEqual(["c0002-sysctl"]);
    expect(
      journal
        .read()
        .slice(-3)
        .map(({ id }) => id),
    ).toEqual(["c0003-address", "c0002-sysctl", "c0001-sysctl"]);
  });

  test("runs no program as root that Tare must not run as root", async () => {
    const changer = changerOf(machine, openJournal());
    const before = await describeHost(machine);
    const path = "/var/lib/tare/file";
    const made = fileChange({ path, commands: [{ argv: ["touch", path], root: true }] }, scripts);
    await expect(changer.apply(made, unhurried())).rejects.toThrow(/touch is not among the programs/);
    expect(await describeHost(machine)).toBe(before);
  });

  test("is found and undone from the host's journal alone, by the script that it leaves there", async () => {
    const before = await describeHost(machine);
    for (const campaign of ["campaign-1", "campaign-2"]) {
      const changer = changerOf(machine, openJournal(), campaign);
      const value = campaign === "campaign-1" ? "111" : "222";
      await changer.apply(sysctlChange(somaxconn, value, scripts), unhurried());
    }
    await changerOf(machine, openJournal(), "campaign-3").apply(bridgeChange(bridge, scripts), unhurried());
    expect(await sh(machine, "sh /var/lib/tare/undo-all.sh")).toBe(
      [
        "undone: Make bridge tare-br over nic0 and move its IPv4 addresses and routes to it",
        "undone: Set net.core.somaxconn to 222",
        "undone: Set net.core.somaxconn to 111",
      ].join("\n"),
    );
    expect(await describeHost(machine)).toBe(before);
    expect(await sh(machine, "sh /var/lib/tare/undo-all.sh")).toBe("");
  });

  test("of the whole network is a bridge with the interface's addresses and routes, and moves back exactly", async () => {
    const changer = changerOf(machine, openJournal());
    const before = await describeHost(machine);
    const record = await changer.apply(bridgeChange(bridge, scripts), unhurried());
    expect(await sh(machine, "ip -4 -o address show dev nic0")).toBe("");
    expect(
      await sh(machine, "ip -4 route show table all | grep tare-br | grep -v -e local -e broadcast"),
    ).toBe(
      before
        .split("\n")
        .filter((line) => / dev nic0/.test(line) && !/^(local|broadcast)/.test(line))
        .join("\n")
        .replaceAll("nic0", "tare-br")
        .trim(),
    );
    await changer.undo(record, unhurried());
    expect(await describeHost(machine)).toBe(before);
  });

  test("never touches the interface of the SSH connection or of the default route", async () => {
    const changer = changerOf(machine, openJournal());
    const before = await describeHost(machine);
    const attempt = (managementAddress: string) =>
      changer.apply(bridgeChange({ ...bridge, managementAddress }, scripts), unhurried());
    await expect(attempt("198.18.0.9")).rejects.toThrow(/carries 198\.18\.0\.9.*connected/);
    await sh(machine, "ip route add default via 198.18.0.2");
    await expect(attempt("203.0.113.1")).rejects.toThrow(/default route/);
    await sh(machine, "ip route delete default");
    expect(await describeHost(machine)).toBe(before);
  });

  test("that fails half-way on the network rolls back by itself", async () => {
    const changer = changerOf(machine, openJournal());
    const before = await describeHost(machine);
    // The parent of a macvlan cannot join a bridge: that shows only when its addresses have been taken off already.
    await sh(machine, "ip link add link nic0 name mac0 type macvlan mode bridge");
    const withObstacle = await describeHost(machine);
    await expect(changer.apply(bridgeChange(bridge, scripts), unhurried())).rejects.toMatchObject({
      code: "CHANGE_FAILED",
    });
    expect(await describeHost(machine)).toBe(withObstacle);
    await sh(machine, "ip link delete mac0");
    expect(await describeHost(machine)).toBe(before);
  });

  test("whose step still runs after a lost link is ended before it is undone", async () => {
    const changer = changerOf(machine, openJournal());
    const before = await describeHost(machine);
    const path = "/var/lib/tare/slow";
    const slow = fileChange(
      {
        path,
        commands: [
          {
            argv: ["chroot", "/", "sh", "-c", `echo half > ${path}; sleep 300; echo whole > ${path}`],
            root: true,
          },
        ],
      },
      scripts,
    );
    const leaving = new AbortController();
    const applying = changer.apply(slow, leaving.signal);
    applying.catch(() => undefined);
    await expect.poll(() => sh(machine, `cat ${path} 2>&1 || true`), { timeout: 10_000 }).toBe("half");
    const left = latestRecords(await outstandingChanges(machine, unhurried()));
    await changerOf(machine, openJournal()).undoAll(left, unhurried());
    expect(await describeHost(machine)).toBe(before);
    await expect(applying).rejects.toMatchObject({ code: "CHANGE_FAILED" });
    expect(await describeHost(machine)).toBe(before);
  });
});
