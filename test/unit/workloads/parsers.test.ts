// What the parsers read from outputs that the real tools printed, held against values worked out another way.
import { expect, test } from "vitest";
import { TareError } from "#shared/model/error.ts";
import { percentile } from "#shared/workloads/distribution.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { bound, fixture, referenceLog, valuesOf } from "./samples.ts";

const read = (file: string) => valuesOf(workloads.nuttcp.parseFile(fixture(`nuttcp/${file}`))[0]);

const output = (stdout: string, stderr = "") => ({ stdout, stderr });

test("STREAM's table becomes best and mean rates, with threads and huge pages", () => {
  const text = fixture("stream/tare.txt");
  const reading = bound("stream", "quick", "stream").parse(output(text));
  const [, rate = "", mean = "", best = ""] = /Triad:\s+(\S+)\s+(\S+)\s+(\S+)/.exec(text) ?? [];
  // 3 arrays x 8 bytes x 2^20 elements in the best and in the mean time.
  const bytes = 24 * 2 ** 20;
  expect(valuesOf(reading).triad).toBe(Number(rate));
  expect(valuesOf(reading).triad).toBeCloseTo(bytes / Number(best) / 1e9, 3);
  expect(valuesOf(reading)["triad-mean"]).toBeCloseTo(bytes / Number(mean) / 1e9, 3);
  expect(valuesOf(reading)["huge-pages"]).toBe(100);
  expect(reading.remarks).toEqual([
    "threads: 2",
    "an array (8.0 MiB) is smaller than four times the last-level cache (32.0 MiB): the figures contain cache hits",
    "transparent huge pages: 24.0 of 24.0 MiB",
  ]);
});

test("STREAM 5.10 prints MB/s, and arrays that fail the check are no result", () => {
  const table = [
    "Function    Best Rate MB/s  Avg time     Min time     Max time",
    "Copy:           10000.0     0.017000     0.016000     0.018000",
    "Scale:          11000.0     0.017000     0.016000     0.018000",
    "Add:            12000.0     0.025000     0.024000     0.026000",
    "Triad:          12500.0     0.025000     0.024000     0.026000",
    "",
  ].join("\n");
  const [reading] = workloads.stream.parseFile(
    `${table}Solution Validates: avg error less than 1.000000e-13 on all three arrays\n`,
  );
  expect(valuesOf(reading)).toMatchObject({
    copy: 10,
    scale: 11,
    add: 12,
    triad: 12.5,
    "triad-mean": expect.closeTo(12, 9),
  });
  expect(() => workloads.stream.parseFile(`${table}Failed Validation on array a[]\n`)).toThrow(
    /did not hold what they must \(line 6/,
  );
});

test("nuttcp's parseable and brief formats give the same metrics; interval lines are passed over", () => {
  expect(read("transmit-parse.txt")).toEqual({
    throughput: expect.closeTo(15.8830795, 9),
    retransmits: 0,
    "cpu-transmitter": 93,
    "cpu-receiver": 32,
  });
  expect(read("receive-parse.txt")).toMatchObject({
    throughput: expect.closeTo(14.0100495, 9),
    "cpu-transmitter": 96,
  });
  expect(read("transmit-classic.txt")).toEqual({
    throughput: expect.closeTo(16.1746892, 9),
    retransmits: 0,
    "cpu-transmitter": 98,
    "cpu-receiver": 29,
  });
  expect(read("receive-classic.txt")).toMatchObject({
    throughput: expect.closeTo(15.5568273, 9),
    "cpu-receiver": 31,
  });
  expect(read("intervals-parse.txt")).toMatchObject({ throughput: expect.closeTo(14.1931974, 9) });
});

test("nuttcp's retransmits and its fall back to classic mode are remarked", () => {
  const line = fixture("nuttcp/transmit-parse.txt").replace("retrans=0", "retrans=17");
  const nuttcp = bound("nuttcp", "quick", "nuttcp-transmit");
  expect(nuttcp.parse(output(line, fixture("nuttcp/refused-stderr.txt"))).remarks).toEqual([
    "17 segments retransmitted",
    "nuttcp fell back to its classic mode: the figures are the sender's alone",
  ]);
});

test("fio's bins give the very percentiles and the mean that fio worked out itself", () => {
  const text = fixture("fio/randrw-json-plus.txt");
  const [job] = (JSON.parse(text) as { jobs: Record<"read" | "write", RawSide>[] }).jobs;
  const reading = bound("fio", "quick", "fio-randrw-d16").parse(output(text));
  const values = valuesOf(reading);
  for (const side of ["read", "write"] as const) {
    const raw = job?.[side];
    const distribution = reading.distributions.find(({ metric }) => metric === `${side}-latency`);
    if (raw === undefined || distribution === undefined) throw new Error("a side is missing");
    for (const [share, nanoseconds] of Object.entries(raw.clat_ns.percentile))
      expect(percentile(distribution, Number(share) / 100), `${side} p${share}`).toBe(nanoseconds / 1000);
    const sum = distribution.values.reduce(
      (total, value, i) => total + value * (distribution.counts[i] ?? 0),
      0,
    );
    expect(sum / raw.clat_ns.N / (values[`${side}-latency-mean`] ?? 0)).toBeCloseTo(1, 2);
    expect(values[`${side}-latency-p99`]).toBe((raw.clat_ns.percentile["99.000000"] ?? 0) / 1000);
    expect(values[`${side}-iops`]).toBeCloseTo((1000 * raw.total_ios) / raw.runtime, 3);
    expect(values[`${side}-bandwidth`]).toBeCloseTo(raw.io_bytes / raw.runtime / 1000, 3);
  }
  expect(values.iops).toBeCloseTo((values["read-iops"] ?? 0) + (values["write-iops"] ?? 0), 6);
  expect(values).not.toHaveProperty("bandwidth");
});

interface RawSide {
  io_bytes: number;
  runtime: number;
  total_ios: number;
  clat_ns: { N: number; percentile: Record<string, number> };
}

test("fio's notes before the JSON do not disturb, and large blocks are judged by bandwidth", () => {
  const [reading] = workloads.fio.parseFile(fixture("fio/read-with-notes.txt"));
  const values = valuesOf(reading);
  expect(values.bandwidth).toBe(values["read-bandwidth"]);
  expect(values).not.toHaveProperty("iops");
  expect(values).not.toHaveProperty("write-iops");
  expect(reading?.remarks).toEqual(["job read"]);
});

test("a job that fio ended with an error is not a result", () => {
  const text = fixture("fio/randrw-json-plus.txt").replace('"error" : 0', '"error" : 28');
  expect(() => workloads.fio.parseFile(text)).toThrow("fio's job randrw ended with error 28.");
});

test("redis-load's histograms are whole: counts, sums and percentiles agree", () => {
  const text = fixture("redis/redis-load.txt");
  const raw = JSON.parse(text.split("\n")[1] ?? "") as Record<"get" | "set", RawTally> & { seconds: number };
  const reading = bound("redis", "quick", "redis-c1").parse(output(text));
  const values = valuesOf(reading);
  expect(values.throughput).toBeCloseTo((raw.get.count + raw.set.count) / raw.seconds, 6);
  for (const operation of ["get", "set"] as const) {
    const every = raw[operation].buckets.flatMap(([value, count]) =>
      Array.from({ length: count }, () => value),
    );
    const at = (share: number) => (every[Math.ceil(share * every.length) - 1] ?? 0) / 1000;
    expect(every.length).toBe(raw[operation].count);
    expect(values[`${operation}-latency-p50`]).toBe(at(0.5));
    expect(values[`${operation}-latency-p99`]).toBe(at(0.99));
    const mean = every.reduce((sum, value) => sum + value, 0) / every.length / 1000;
    expect((values[`${operation}-latency-mean`] ?? 0) / mean).toBeCloseTo(1, 2);
  }
});

interface RawTally {
  count: number;
  buckets: [number, number][];
}

test("redis-load's errors, misses and a saturated generator are remarked", () => {
  const text = fixture("redis/redis-load.txt")
    .replace('"errors":0', '"errors":3')
    .replace('"misses":0', '"misses":5')
    .replace(/"cpuShare":[\d.]+/, '"cpuShare":0.97');
  const { remarks } = bound("redis", "quick", "redis-c1").parse(output(text));
  expect(remarks).toEqual([
    "2 clients",
    "3 requests were answered with an error",
    expect.stringMatching(/^5 of \d+ GETs found no value$/),
    "the load generator's one thread was busy 97 % of the time and may have limited the load",
  ]);
});

test("redis-benchmark 7: rates and latencies of SET and GET, throughput over both, distribution to the last request", () => {
  const text = fixture("redis/redis-benchmark-7.0.txt");
  const reading = bound("redis", "as run", "redis-c10").parse(output(text));
  const [set = 0, get = 0] = [...text.matchAll(/throughput summary: ([\d.]+)/g)].map((each) =>
    Number(each[1]),
  );
  const values = valuesOf(reading);
  expect(values).toMatchObject({ "set-throughput": set, "get-throughput": get });
  expect(values.throughput).toBeCloseTo(2 / (1 / set + 1 / get), 6);
  const summary = /avg\s+min\s+p50\s+p95\s+p99\s+max\s+([\d.]+)\s+[\d.]+\s+([\d.]+)\s+[\d.]+\s+([\d.]+)/.exec(
    text,
  );
  expect(values["set-latency-mean"]).toBeCloseTo(1000 * Number(summary?.[1]), 9);
  expect(values["set-latency-p50"]).toBeCloseTo(1000 * Number(summary?.[2]), 9);
  expect(values["set-latency-p99"]).toBeCloseTo(1000 * Number(summary?.[3]), 9);
  for (const { counts } of reading.distributions) expect(counts.reduce((a, b) => a + b)).toBe(20_000);
});

const streamLog = referenceLog("stream-native-1socket.log");
test.skipIf(streamLog === null)("the paper's STREAM log holds ten runs", () => {
  const readings = workloads.stream.parseFile(streamLog ?? "");
  expect(readings.map((reading) => valuesOf(reading).triad)).toEqual(
    [...(streamLog ?? "").matchAll(/Triad:\s+(\S+)/g)].map((match) => Number(match[1])),
  );
  expect(readings).toHaveLength(10);
  expect(readings[0]?.remarks).toEqual(["threads: 16"]);
});

const fioLog = referenceLog("fio-native.log");
test.skipIf(fioLog === null)("the paper's fio log holds eight jobs; its KB are 1024 bytes", () => {
  const readings = workloads.fio.parseFile(fioLog ?? "");
  expect(readings.map(({ remarks }) => remarks[0])).toEqual([
    "job sequential-fill",
    "job seq-read-1",
    "job seq-read-2",
    "job random-write-16",
    "job random-write-16x8",
    "job random-read-16",
    "job random-read-16x8",
    "job mixed-random-rw-32x8",
  ]);
  // 16384 MiB in 20.800 s.
  expect(valuesOf(readings[2]).bandwidth).toBeCloseTo((16_384 * 2 ** 20) / 20.8 / 1e6, 1);
  // The log counts 3523849 requests in 60.001 s.
  expect(valuesOf(readings[5]).iops).toBeCloseTo(3_523_849 / 60.001, -1);
  expect(valuesOf(readings[5])).toMatchObject({ "read-latency-p50": 258, "read-latency-p99": 358 });
  // Percentiles in msec and usec end up in µs alike.
  expect(valuesOf(readings[0])).toMatchObject({ "write-latency-mean": 21_660, "write-latency-p50": 22_400 });
  expect(valuesOf(readings[7])).toMatchObject({ "read-iops": 73_177, "write-iops": 31_376, iops: 104_553 });
});

const redisLog = referenceLog("redis-native.txt");
test.skipIf(redisLog === null)("the paper's Redis log: each pass over the commands is a reading", () => {
  const readings = workloads.redis.parseFile(redisLog ?? "");
  const runs = [...(redisLog ?? "").matchAll(/^\[DBG\] Run #\d+: Connections (\d+)\./gm)];
  expect(readings.map(({ remarks }) => remarks[0])).toEqual(runs.map((run) => `${run[1]} clients`));
  const gets = [...(redisLog ?? "").matchAll(/====== GET ======[\s\S]*?\n([\d.]+) requests per second/g)];
  expect(readings.map((reading) => valuesOf(reading)["get-throughput"])).toEqual(
    gets.map((match) => Number(match[1])),
  );
});

test("every metric that a parser reports is in its workload's table with the same unit", () => {
  const readings = {
    linpack: workloads.linpack.parseFile(fixture("linpack/tare.txt")),
    randomaccess: workloads.randomaccess.parseFile(fixture("randomaccess/paper.txt")),
    stream: workloads.stream.parseFile(fixture("stream/tare.txt")),
    nuttcp: workloads.nuttcp.parseFile(fixture("nuttcp/transmit-parse.txt")),
    fio: workloads.fio.parseFile(fixture("fio/randrw-json-plus.txt")),
    redis: workloads.redis.parseFile(fixture("redis/redis-load.txt")),
    netperf: workloads.netperf.parseFile(fixture("netperf/tcp-keys.txt")),
    mysql: workloads.mysql.parseFile(fixture("mysql/read-only.txt")),
  };
  for (const [name, [reading]] of Object.entries(readings)) {
    const table = new Map(
      workloads[name as keyof typeof readings].metrics.map((each) => [each.name, each.unit]),
    );
    expect(reading?.measurements.length).toBeGreaterThan(0);
    for (const { metric, unit } of reading?.measurements ?? []) expect(table.get(metric), metric).toBe(unit);
  }
});

test("an output without results says so, and one with two results is refused", () => {
  const nuttcp = bound("nuttcp", "quick", "nuttcp-transmit");
  const line = fixture("nuttcp/transmit-parse.txt");
  expect(() => nuttcp.parse(output(""))).toThrow("The output of nuttcp cannot be read: it is empty.");
  expect(() => nuttcp.parse(output("hello\n"))).toThrow(
    'The output of nuttcp cannot be read: it ends before any result. Line 1: "hello".',
  );
  expect(() => nuttcp.parse(output(line + line))).toThrow(TareError);
});
