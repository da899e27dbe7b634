// The way of a write and what is left of it, against what QEMU's manual and open(2) say.
import { expect, test } from "vitest";
import { durability } from "#shared/environments/io-durability.ts";
import { cacheModes, ioModeReason, ioModes } from "#shared/environments/io-modes.ts";
import { ioPath } from "#shared/environments/io-path.ts";
import { kvmFindings } from "#shared/environments/kvm-checks.ts";
import {
  configurationSchema,
  kvmConfigurationSchema,
  type Configuration,
  type KvmConfiguration,
} from "#shared/model/configuration.ts";
import { sampleFacts } from "../sample-facts.ts";
import { presetConfiguration } from "../../fixtures/preset-configuration.ts";

function withStorage(id: string, storage: object): Configuration {
  return configurationSchema.parse({ ...presetConfiguration(id), storage });
}

function guest(storage: Partial<KvmConfiguration["storage"]>): KvmConfiguration {
  const kvm = kvmConfigurationSchema.parse(presetConfiguration("kvm"));
  return { ...kvm, storage: { ...kvm.storage, ...storage } };
}

const idsOf = (configuration: Configuration) => ioPath(configuration, null).map(({ id }) => id);
const cacheOf = (configuration: Configuration, id: string) =>
  ioPath(configuration, null).find((hop) => hop.id === id)?.cache;

test("each choice has its own hops", () => {
  const file = ["host-page-cache", "file-system", "block-layer", "drive"];
  expect(idsOf(presetConfiguration("native"))).toEqual(["program", ...file]);
  expect(idsOf(withStorage("docker-host", { kind: "volume" }))).toEqual(["program", "bind-mount", ...file]);
  expect(idsOf(withStorage("docker-host", { kind: "layer" }))).toEqual(["program", "layer", ...file]);
  const device = { path: "/dev/nvme1n1", serial: "S1" };
  const raw = ["program", "host-page-cache", "device", "block-layer", "drive"];
  expect(idsOf(withStorage("native", { kind: "device", device }))).toEqual(raw);
  expect(idsOf(withStorage("docker-host", { kind: "device", device }))).toEqual(raw);
  const inGuest = ["virtio", "qemu"];
  expect(idsOf(guest({ format: "qcow2", cache: "none" }))).toEqual([
    "program",
    "guest-page-cache",
    "guest-file-system",
    ...inGuest,
    "format",
    "io-mode",
    ...file,
  ]);
  expect(idsOf(guest({ cache: "directsync", device }))).toEqual([
    "program",
    "guest-page-cache",
    "guest-device",
    ...inGuest,
    "io-mode",
    "host-page-cache",
    "device",
    "block-layer",
    "drive",
    "flush",
  ]);
});

test("the host's page cache takes a guest's writes exactly where QEMU does not open with O_DIRECT", () => {
  const used = cacheModes.filter(
    ({ value }) => cacheOf(guest({ cache: value }), "host-page-cache") === "used",
  );
  expect(used.map(({ value }) => value)).toEqual(["writeback", "writethrough", "unsafe"]);
  expect(cacheOf(presetConfiguration("native"), "host-page-cache")).toBe("passed");
});

/** qemu(1), the table of `cache=`: cache.writeback, cache.direct, cache.no-flush. */
const manual = {
  writeback: [true, false, false],
  none: [true, true, false],
  writethrough: [false, false, false],
  directsync: [false, true, false],
  unsafe: [true, false, true],
} as const;

test("what survives follows from the three switches of QEMU's manual", () => {
  for (const [cache, [writeback, direct, noFlush]] of Object.entries(manual)) {
    const mode = cacheModes.find(({ value }) => value === cache);
    expect(mode).toMatchObject({ writeback, direct });
    const rows = durability(guest({ cache: cache as KvmConfiguration["storage"]["cache"] }));
    const row = (act: string) => rows.find((each) => each.act === act);
    expect(row("buffered")).toMatchObject({ program: "yes", guest: "no", host: "no", power: "no" });
    // In a cache of the guest's drive it is gone with the host, unless QEMU passed that cache by or flushed at once.
    expect(row("direct")?.host).toBe(direct || !writeback ? "yes" : "no");
    expect(row("direct")?.power).toBe(writeback ? (direct ? "drive" : "no") : "yes");
    expect(row("synced")?.power).toBe(noFlush ? "no" : "yes");
    expect(rows.every((each) => each.program === "yes")).toBe(true);
  }
  expect(durability(presetConfiguration("native")).map(({ guest: own, power }) => [own, power])).toEqual([
    [null, "no"],
    [null, "drive"],
    [null, "yes"],
  ]);
});

test("of 15 pairs of modes the three that QEMU refuses have a reason, the same as the check's", () => {
  const refused = cacheModes.flatMap(({ value: cache }) =>
    ioModes.flatMap(({ value: io }) => {
      const reason = ioModeReason(cache, io);
      const found = kvmFindings(guest({ cache, io }), sampleFacts(), undefined).filter(
        ({ field }) => field === "storage.io",
      );
      expect(found.map(({ text }) => text)).toEqual(reason === null ? [] : [reason]);
      return reason === null ? [] : [`${cache} ${io}`];
    }),
  );
  expect(refused).toEqual(["writeback native", "writethrough native", "unsafe native"]);
});

test("io_uring is refused where Linux or QEMU is too old for it", () => {
  const texts = (change: Parameters<typeof sampleFacts>[0]) =>
    kvmFindings(guest({ cache: "none", io: "io_uring" }), sampleFacts(change), undefined)
      .filter(({ field }) => field === "storage.io")
      .map(({ text }) => text);
  const kernel = sampleFacts().kernel;
  expect(texts({ kernel: { ...kernel, release: "5.1.0-1-amd64" }, qemu: "5.0.0" })).toEqual([]);
  expect(texts({ kernel: { ...kernel, release: "4.19.0-27-amd64" } })[0]).toContain("needs Linux 5.1");
  expect(texts({ qemu: "4.2.1" })[0]).toContain("needs QEMU 5.0");
});
