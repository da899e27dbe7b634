// MySQL: sysbench's reports, what the counters of the SUT add, and the server's options.
import { expect, test } from "vitest";
import { serverOptions } from "#shared/workloads/mysql-options.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { percentile } from "#shared/workloads/distribution.ts";
import { bound, fixture, referenceLog, valuesOf } from "./samples.ts";

const output = (stdout: string) => ({ stdout, stderr: "" });
const readOnly = bound("mysql", "quick", "mysql-ro-t8");
const number = (text: string, pattern: RegExp) => Number(pattern.exec(text)?.[1]);

test.each(["read-only", "read-write"])(
  "sysbench 1.0, %s: rates over the time, and each event in the histogram",
  (kind) => {
    const text = fixture(`mysql/${kind}.txt`);
    const reading = readOnly.parse(output(text));
    const [events, seconds] = [
      number(text, /number of events: +(\d+)/),
      number(text, /total time: +([\d.]+)s/),
    ];
    const values = valuesOf(reading);
    expect(values).toMatchObject({
      throughput: expect.closeTo(events / seconds, 9),
      queries: expect.closeTo(number(text, / total: +(\d+)/) / seconds, 9),
      "latency-p95": number(text, /95th percentile: +([\d.]+)/),
      errors: 0,
      reconnects: 0,
    });
    expect(values["latency-mean"]).toBeCloseTo(number(text, /avg: +([\d.]+)/), 1);
    const [distribution, ...others] = reading.distributions;
    if (distribution === undefined) throw new Error("no distribution");
    expect(others).toEqual([]);
    expect(distribution.counts.reduce((a, b) => a + b)).toBe(events);
    // sysbench takes its percentile from the same buckets; it prints two digits after the point.
    expect(percentile(distribution, 0.95)).toBeCloseTo(values["latency-p95"] ?? 0, 1);
    expect(reading.remarks).toEqual([
      "8 threads",
      kind === "read-only" ? "the transactions only read" : "the transactions read and write",
    ]);
  },
);

test("errors and lost connections are remarked", () => {
  const text = fixture("mysql/read-write.txt")
    .replace(/ignored errors: {6}( *)0 /, "ignored errors:      $17 ")
    .replace(/reconnects: {6}( *)0 /, "reconnects:      $12 ");
  expect(readOnly.parse(output(text)).remarks.slice(2)).toEqual([
    "7 transactions met an error and began again",
    "2 connections lost and made again",
  ]);
});

test("a report that does not agree with itself is refused", () => {
  const text = fixture("mysql/read-only.txt");
  const parse = (changed: string) => () => readOnly.parse(output(changed));
  expect(parse(text.replace(/(total time: +)\d/, "$19"))).toThrow(
    /the printed rate is not transactions over time/,
  );
  expect(parse(text.replace(/(number of events: +)\d/, "$19"))).toThrow(/transactions and events differ/);
  expect(parse(text.replace(/\n.*\| .* 1\n/, "\n"))).toThrow(/the histogram does not hold each event once/);
  expect(parse(text.replace(/ +95th percentile.*\n/, ""))).toThrow(/the report has no line for p95/);
  expect(parse(text + text)).toThrow(/holds 2 results, one was expected/);
});

const log = referenceLog("sysbench-pilot-run0.txt");
test.skipIf(log === null)("the paper's log of sysbench 0.4.12 holds a sweep of 17 read-only reports", () => {
  const readings = workloads.mysql.parseFile(log ?? "");
  const rows = (referenceLog("sysbench-pilot-run0.expected.csv") ?? "")
    .trim()
    .split("\n")
    .map((line) => line.split(",").map(Number));
  expect(readings).toHaveLength(17);
  expect(
    readings.map((reading) => {
      const values = valuesOf(reading);
      return [values["throughput"], values["latency-mean"], values["latency-p95"]];
    }),
  ).toEqual(rows.map((row) => [expect.closeTo(row[1] ?? 0, 5), row[9], row[11]]));
  expect(readings.map(({ remarks }) => remarks)).toEqual(
    rows.map((row) => [`${row[0]} threads`, "the transactions only read"]),
  );
});

test("the SUT's counters give the share of its CPUs and the packets of a transaction", () => {
  const { parameters } = readOnly.condition;
  const { derive } = workloads.mysql;
  const reading = readOnly.parse(output(fixture("mysql/read-only.txt")));
  const events = reading.distributions[0]?.counts.reduce((a, b) => a + b) ?? 0;
  const counters = { seconds: 1.2, cpuBusy: 0.375, receivedPackets: 16 * events, sentPackets: 1 };
  const typed = workloads.mysql.parameters.parse(parameters);
  expect(derive?.(typed, reading, counters)).toEqual([
    { metric: "host-cpu", value: 37.5, unit: "%" },
    { metric: "packets-per-transaction", value: 16, unit: "packets" },
  ]);
});

test("the server has the options of the paper that exist today, and asks for few files", () => {
  expect(serverOptions({ bufferPoolMiB: 3072, port: 3406 })).toBe(`[mysqld]
innodb_buffer_pool_size = 3072M
loose_innodb_buffer_pool_instances = 8
innodb_log_buffer_size = 8M
innodb_flush_log_at_trx_commit = 0
innodb_flush_method = O_DIRECT
innodb_file_per_table = 1
loose_query_cache_type = 0
loose_query_cache_size = 0
thread_cache_size = 256
back_log = 60000
max_allowed_packet = 64M
max_connections = 1024
table_open_cache = 1024
performance_schema = OFF
skip_log_bin
loose_skip_ssl
innodb_buffer_pool_dump_at_shutdown = OFF
innodb_buffer_pool_load_at_startup = OFF
skip_name_resolve
bind_address = 0.0.0.0
port = 3406
user = root
secure_file_priv = ""
`);
});

test("runs that write work on a copy of the data set, which goes with them; runs that read use it itself", () => {
  const surroundings = {
    serverAddress: "198.18.0.1",
    dataFolder: "/data",
    kernelFolder: "/opt/tare",
    loadgenKernelFolder: "/var/lib/tare/kernels/0123",
    device: null,
    cpus: 4,
  };
  const steps = (id: string) => {
    const { prepare, server, warmUp, measure, finish } = bound("mysql", "quick", id).program(surroundings);
    return [...prepare, ...(server === null ? [] : [server]), ...warmUp, measure, ...finish].map(
      ({ where, argv }) => `${where}: ${argv.join(" ")}`,
    );
  };
  const client = (test: string) =>
    `loadgen: sysbench ${test} --db-driver=mysql --mysql-host=198.18.0.1 --mysql-port=3406 --mysql-user=tare --mysql-password=tare --mysql-db=sbtest --tables=1 --table-size=10000`;
  const load = "--threads=8 --time=1 --events=0 --rand-type=special --percentile=95 --histogram=on run";
  expect(steps("mysql-ro-t8")).toEqual([
    "environment: /opt/tare/mysql-server.sh data /data/mysql-1x10000 1 10000",
    "environment: /opt/tare/mysql-server.sh serve /data/mysql-1x10000",
    `${client("oltp_read_only")} --threads=1 prewarm`,
    `${client("oltp_read_only")} ${load}`,
    `${client("oltp_read_only")} ${load}`,
  ]);
  expect(steps("mysql-rw-t8")).toEqual([
    "environment: /opt/tare/mysql-server.sh data /data/mysql-1x10000 1 10000 /data/mysql-run",
    "environment: /opt/tare/mysql-server.sh serve /data/mysql-run",
    `${client("oltp_read_write")} --threads=1 prewarm`,
    `${client("oltp_read_write")} ${load}`,
    `${client("oltp_read_write")} ${load}`,
    "environment: rm -rf -- /data/mysql-run",
  ]);
});
