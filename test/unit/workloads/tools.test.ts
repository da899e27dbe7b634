// The workloads' programs run with the real fio, nuttcp and redis-benchmark, on a scratch folder and the loopback interface.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Surroundings } from "#shared/model/workload.ts";
import { bindCondition } from "#shared/workloads/registry.ts";
import type { BoundCondition } from "#shared/workloads/registry.ts";
import { freePorts, installed, runOk, startServer } from "./local.ts";
import { bound, valuesOf } from "./samples.ts";

const scratch = mkdtempSync(join(tmpdir(), "tare-workloads-"));
const surroundings: Surroundings = {
  serverAddress: "127.0.0.1",
  dataFolder: scratch,
  kernelFolder: scratch,
  loadgenKernelFolder: scratch,
  device: null,
  cpus: 2,
};

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function changed({ condition }: BoundCondition, parameters: object): BoundCondition {
  return bindCondition({ ...condition, parameters: { ...condition.parameters, ...parameters } });
}

const hasFio = installed("fio on a file", "fio");
const hasNuttcp = installed("nuttcp over loopback", "nuttcp");
const hasBenchmark = installed("redis-benchmark", "redis-server", "redis-benchmark", "redis-cli");

const small = { fileBytes: 16 * 2 ** 20, warmUpSeconds: 0.2 };
const file = join(scratch, "tare-fio.dat");

test.skipIf(!hasFio).each(["fio-read-d2", "fio-randwrite-d16", "fio-randrw-d16"])(
  "%s: lays the file out, measures, and deletes it",
  async (id) => {
    const condition = changed(bound("fio", "quick", id), small);
    const { prepare, measure, finish } = condition.program(surroundings);
    for (const step of prepare) await runOk(step);
    expect(statSync(file).size).toBe(small.fileBytes);
    expect(statSync(file).blocks * 512).toBeGreaterThanOrEqual(small.fileBytes);
    const reading = condition.parse(await runOk(measure));
    const values = valuesOf(reading);
    const sides = id.includes("randrw") ? ["read", "write"] : [id.includes("write") ? "write" : "read"];
    for (const side of sides) {
      const [iops = 0, bandwidth = 0] = [values[`${side}-iops`], values[`${side}-bandwidth`]];
      const blockBytes = condition.condition.parameters.blockBytes as number;
      expect((bandwidth * 1e6) / blockBytes / iops).toBeCloseTo(1, 2);
      expect(values[`${side}-latency-p50`]).toBeLessThanOrEqual(values[`${side}-latency-p99`] ?? 0);
    }
    expect(reading.distributions.map(({ metric }) => metric)).toEqual(sides.map((side) => `${side}-latency`));
    for (const step of finish) await runOk(step);
    expect(existsSync(file)).toBe(false);
  },
);

test.skipIf(!hasFio)("one pass of the paper's fill job writes the whole file once", async () => {
  const condition = changed(bound("fio", "as run", "fio-write-d16"), { fileBytes: 8 * 2 ** 20 });
  const { measure, finish } = condition.program(surroundings);
  const raw = await runOk(measure);
  const { counts } = condition.parse(raw).distributions[0] ?? { counts: [] };
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(8);
  for (const step of finish) await runOk(step);
});

/** Bytes that the loopback interface has carried since the machine started. */
function loopbackBytes(): number {
  const line = /^\s*lo:\s*(\d+)/m.exec(readFileSync("/proc/net/dev", "utf8"));
  return Number(line?.[1] ?? 0);
}

test.skipIf(!hasNuttcp).each(["transmit", "receive"])(
  "nuttcp %s: what it reports was really carried",
  async (direction) => {
    const [port = 0, dataPort = 0] = await freePorts(2);
    const condition = changed(bound("nuttcp", "quick", `nuttcp-${direction}`), { port, dataPort });
    const { server, warmUp, measure } = condition.program(surroundings);
    if (server === null) throw new Error("nuttcp needs a server");
    const stop = await startServer(server);
    try {
      for (const step of warmUp) await runOk(step);
      const before = loopbackBytes();
      const values = valuesOf(condition.parse(await runOk(measure)));
      const carried = (8 * (loopbackBytes() - before)) / 1e9;
      // Headers and other programs' traffic can only add; the time is 1 s to within a few per cent.
      expect(carried).toBeGreaterThan(0.9 * (values.throughput ?? Infinity));
      expect(values.throughput).toBeGreaterThan(0.01);
    } finally {
      await stop();
    }
  },
);

test.skipIf(!hasBenchmark)(
  "redis-benchmark as the paper ran it: the server counts as many SETs and GETs",
  async () => {
    const [port = 0] = await freePorts(1);
    const requests = 20_000;
    const condition = changed(bound("redis", "as run", "redis-c10"), { port, requests });
    const { server, measure } = condition.program(surroundings);
    if (server === null) throw new Error("Redis needs a server");
    const stop = await startServer(server);
    try {
      const reading = condition.parse(await runOk(measure));
      for (const { counts } of reading.distributions) expect(counts.reduce((a, b) => a + b)).toBe(requests);
      expect(reading.distributions).toHaveLength(2);
      const { stdout } = await runOk({ argv: ["redis-cli", "-p", String(port), "info", "commandstats"] });
      expect(stdout).toContain(`cmdstat_set:calls=${requests},`);
      expect(stdout).toContain(`cmdstat_get:calls=${requests},`);
    } finally {
      await stop();
    }
  },
);
