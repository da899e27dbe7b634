// What a plan writes: counted by hand for a few designs, and bounded for all presets.
import { expect, test } from "vitest";
import type { Configuration } from "#shared/model/configuration.ts";
import { presetNames, type Condition } from "#shared/model/workload.ts";
import {
  bytesAtRate,
  expectedWrites,
  guestImageBytes,
  writesByPlace,
  writingSeconds,
} from "#shared/plan/expected-writes.ts";
import { presetConditions, workloads } from "#shared/workloads/registry.ts";
import { presetConfiguration } from "../../fixtures/preset-configuration.ts";

const gibibyte = 2 ** 30;

function design(configurations: readonly Configuration[], conditions: readonly Condition[], blocks = 1) {
  return { configurations: [...configurations], conditions: [...conditions], blocks, control: false };
}

const native = presetConfiguration("native");
const fio = presetConditions("fio", "as described");
const of = (conditions: readonly Condition[], pattern: string) =>
  conditions.filter(({ parameters }) => parameters["pattern"] === pattern);

test("the paper's fio: eight files of 16 GiB, and 65 s of each job that writes, mixed ones by their share", () => {
  const [all] = expectedWrites(design([native], fio, 10), workloads);
  expect(all).toMatchObject({ place: "data", certainBytes: 10 * 8 * 16 * gibibyte, serverSeconds: 0 });
  expect(all?.atOnceBytes).toBe(16 * gibibyte);
  // One sequential and two random jobs write, one mixed job writes 30 %.
  expect(writingSeconds(all!)).toBeCloseTo(10 * (3 * 65 + 0.3 * 65), 6);
  expect(bytesAtRate(all!, 2e8)).toBeCloseTo(all!.certainBytes + 2e8 * 10 * 3.3 * 65, 0);
});

test("a pass that ends by itself is certain; one that time may cut short is bounded", () => {
  const run = presetConditions("fio", "as run");
  const [sequential] = expectedWrites(design([native], of(run, "write")), workloads);
  expect(sequential).toMatchObject({ certainBytes: 16 * gibibyte, timed: [] });
  const eight = of(run, "randwrite").filter(({ parameters }) => parameters["jobs"] === 8);
  const [random] = expectedWrites(design([native], eight), workloads);
  expect(random?.timed).toEqual([{ seconds: 60, share: 1, mostBytes: 8 * 16 * gibibyte }]);
  expect(bytesAtRate(random!, 1e15)).toBe((1 + 8) * 16 * gibibyte);
});

test("the control doubles native, blocks multiply, and what lies there at once grows with neither", () => {
  const one = expectedWrites(design([native], fio), workloads)[0];
  const twice = expectedWrites({ ...design([native], fio, 3), control: true }, workloads)[0];
  expect(twice?.certainBytes).toBe(6 * one!.certainBytes);
  expect(writingSeconds(twice!)).toBeCloseTo(6 * writingSeconds(one!), 6);
  expect(twice?.atOnceBytes).toBe(one?.atOnceBytes);
});

test("MySQL fills its tables once a session, and runs that write work on a copy", () => {
  const set = 160 * 2 ** 20 + 260 * 2_000_000;
  const writing = presetConditions("mysql", "as described");
  const [tables] = expectedWrites(design([native], writing), workloads);
  expect(tables).toMatchObject({ certainBytes: (1 + 15) * set, atOnceBytes: 2 * set, timed: [] });
  expect(tables?.serverSeconds).toBe(15 * 70);
  const [reading] = expectedWrites(design([native], presetConditions("mysql", "as run")), workloads);
  expect(reading).toMatchObject({ certainBytes: set, atOnceBytes: set, serverSeconds: 0 });
});

test("fio's data goes to a block device, everything else stays where it was; a guest's disk is copied each session", () => {
  const device = { path: "/dev/nvme1n1", serial: "S1" };
  const kvm = presetConfiguration("kvm");
  if (kvm.environment !== "kvm") throw new Error("the preset is no guest");
  const docker = presetConfiguration("docker-host");
  if (docker.environment !== "docker") throw new Error("the preset is no container");
  const configurations: Configuration[] = [
    { ...kvm, storage: { ...kvm.storage, device } },
    { ...docker, id: "on-device", storage: { kind: "device", device } },
    { ...docker, id: "in-layer", storage: { kind: "layer" } },
  ];
  const mysql = presetConditions("mysql", "quick");
  const writes = expectedWrites(design(configurations, [...of(fio, "randwrite"), ...mysql]), workloads);
  expect(writes.map(({ configurationId, place }) => `${configurationId} ${place}`)).toEqual([
    "kvm /dev/nvme1n1",
    "kvm data",
    "on-device /dev/nvme1n1",
    "on-device layers",
    "in-layer layers",
  ]);
  const data = writes.find(({ place }) => place === "data");
  expect(data?.certainBytes).toBeGreaterThan(guestImageBytes);
  const places = writesByPlace(writes);
  expect(places.map(({ place }) => place)).toEqual(["/dev/nvme1n1", "data", "layers"]);
  expect(places[0]?.certainBytes).toBe(2 * writes[0]!.certainBytes);
  expect(places[0]?.atOnceBytes).toBe(writes[0]?.atOnceBytes);
});

test("no preset writes less than it needs room for, and workloads without data on disk write nothing", () => {
  for (const name of presetNames)
    for (const workload of ["fio", "mysql", "redis", "stream", "netperf"] as const) {
      const conditions = presetConditions(workload, name);
      const writes = expectedWrites(design([native], conditions), workloads);
      if (workload !== "fio" && workload !== "mysql") expect(writes).toEqual([]);
      for (const { certainBytes, atOnceBytes } of writes)
        expect(certainBytes).toBeGreaterThanOrEqual(atOnceBytes);
    }
});
