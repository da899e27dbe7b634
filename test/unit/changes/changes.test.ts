// Changes as data: what they refuse to be made of, what a dry run shows of them, how undo is filled in.
import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { bridgeChange } from "#shared/changes/bridge.ts";
import { containerChange } from "#shared/changes/container.ts";
import { fileChange } from "#shared/changes/file.ts";
import { governorChange } from "#shared/changes/governor.ts";
import { guestChange } from "#shared/changes/guest.ts";
import { latestRecords } from "#shared/changes/latest-records.ts";
import { dockerNetworkChange } from "#shared/changes/docker-network.ts";
import { dockerProxyChange } from "#shared/changes/docker-proxy.ts";
import { changedNothing, hasDrifted, holds } from "#shared/changes/judge.ts";
import { changePreview } from "#shared/changes/preview.ts";
import { changeScripts } from "#shared/changes/script.ts";
import { sysctlChange } from "#shared/changes/sysctl.ts";
import { undoCommands } from "#shared/changes/undo-commands.ts";
import { type Change, changeSchema, type ChangeRecord } from "#shared/model/change.ts";

const scripts = Object.fromEntries(changeScripts.map((name) => [name, `/s/${name}`]));
const recordOf = (change: Change, rest: Partial<ChangeRecord> = {}): ChangeRecord => ({
  id: "c0001-sysctl",
  campaignId: "c",
  machine: "sut",
  change,
  before: "1",
  status: "applied",
  at: "2026-01-01T00:00:00.000Z",
  ...rest,
});

test("a dry run shows what is looked at, done and undone, as commands", () => {
  expect(changePreview(sysctlChange("vm.swappiness", " 10 ", scripts))).toEqual([
    "# Set vm.swappiness to 10",
    "# look",
    "# as root",
    "sh /s/settings.sh sysctl-probe vm.swappiness",
    "# do",
    "# as root",
    "sh /s/settings.sh sysctl-set vm.swappiness 10",
    "# must then be: 10",
    "# undo",
    "# as root",
    "sh /s/settings.sh sysctl-set vm.swappiness '{before}'",
  ]);
});

test("undo puts the state of before, whatever text it is, in one argument", () => {
  assert(
    property(string(), (before) => {
      const [command] = undoCommands(governorChange("performance", scripts), before);
      expect(command?.argv).toEqual(["sh", "/s/settings.sh", "governor-set", before]);
    }),
  );
});

test.each([
  "/etc/passwd",
  "/var/lib/tare",
  "/var/lib/tare/",
  "/var/lib/tare/../docker",
  "/var/lib/tare/a/./b",
  "/var/lib/tare//a",
  "/var/lib/tarewell/a",
  "relative",
  "",
])("no file is made at %j", (path) => {
  expect(() => fileChange({ path, commands: [] }, scripts)).toThrow(/outside of the folders/);
});

test("a folder that the user named for data is allowed, the root folder never", () => {
  expect(fileChange({ path: "/srv/bench/x", below: "/srv/bench", commands: [] }, scripts).target).toBe(
    "/srv/bench/x",
  );
  expect(() => fileChange({ path: "/etc/x", below: "", commands: [] }, scripts)).toThrow(/outside/);
  expect(() => fileChange({ path: "/etc/x", below: "/", commands: [] }, scripts)).toThrow(/outside/);
});

test.each(["nginx", "tare", "tare-", "--tare-x", "tare-a b", "tare-$(id)", "tare-a\nb"])(
  "nothing called %j is made or removed",
  (name) => {
    const bridge = { bridge: name, nic: "eth1", managementAddress: "" };
    expect(() => containerChange({ name, runArguments: [] }, scripts)).toThrow(/must start with/);
    expect(() => guestChange({ name, xml: `<name>${name}</name>` }, scripts)).toThrow(/must start with/);
    expect(() => bridgeChange(bridge, scripts)).toThrow(/must start with/);
  },
);

test("a sysctl's name cannot leave /proc/sys", () => {
  for (const name of ["../etc", "vm/../../x", "vm", "vm.swap piness", "vm..x"])
    expect(() => sysctlChange(name, "1", scripts)).toThrow(/not a sysctl name/);
});

test("a change is valid data", () => {
  const change = containerChange({ name: "tare-x", runArguments: ["img", "sh"] }, scripts);
  expect(changeSchema.parse(JSON.parse(JSON.stringify(change)))).toEqual(change);
});

test("a setting has drifted when it is neither what Tare set nor what it was; an object never has", () => {
  const setting = recordOf(sysctlChange("vm.swappiness", "10", scripts), { before: "60" });
  expect(["10", "60", "33"].map((state) => hasDrifted(setting, state))).toEqual([false, false, true]);
  const container = containerChange({ name: "tare-x", runArguments: ["img"] }, scripts);
  expect(hasDrifted(recordOf(container, { before: "absent" }), "present 12ab")).toBe(false);
});

test("of several records of a change the last one counts, in the order of the first ones", () => {
  const change = sysctlChange("vm.swappiness", "10", scripts);
  const record = (id: string, status: ChangeRecord["status"]) => recordOf(change, { id, status });
  const latest = latestRecords([
    record("a", "journalled"),
    record("b", "journalled"),
    record("a", "applied"),
    record("b", "undone"),
  ]);
  expect(latest.map(({ id, status }) => `${id} ${status}`)).toEqual(["a applied", "b undone"]);
});

test("a setting whose state has more lines holds by its first; the others are what undo restores", () => {
  const change = dockerProxyChange(false, scripts);
  expect(holds(change, "off\nfile 44136fa3")).toBe(true);
  expect(holds(change, "unfinished\nfile 44136fa3")).toBe(false);
  expect(changedNothing(recordOf(change, { before: "off\nfile absent" }))).toBe(true);
  const record = recordOf(change, { before: "on\nfile absent" });
  expect(hasDrifted(record, "off\nfile 44136fa3")).toBe(false);
  expect(hasDrifted(record, "on\nfile 44136fa3")).toBe(true);
  expect(undoCommands(change, record.before)[0]?.argv.at(-1)).toBe("on\nfile absent");
});

test("a network must be named as Tare's own", () => {
  const network = { name: "bridge", parent: "eth1", subnet: "198.18.4.0/24", gateway: "198.18.4.2" };
  expect(() => dockerNetworkChange(network, scripts)).toThrow(/must start with "tare-"/);
});
