// netperf: its selectors as metrics, and a test during which nothing was under way.
import { expect, test } from "vitest";
import { workloads } from "#shared/workloads/registry.ts";
import { bound, fixture, valuesOf } from "./samples.ts";

const output = (stdout: string) => ({ stdout, stderr: "" });
const udp = bound("netperf", "quick", "netperf-udp");

test("each selector becomes a metric; the round trips fill the whole test", () => {
  const reading = udp.parse(output(fixture("netperf/udp-keys.txt")));
  expect(valuesOf(reading)).toEqual({
    rate: 23_614.29,
    "latency-mean": 42.3,
    "latency-p50": 21,
    "latency-p90": 25,
    "latency-p99": 224,
    "latency-min": 20,
    "latency-max": 9258,
    "latency-stdev": 253.41,
  });
  expect(reading.remarks).toEqual([]);
});

test("a lost packet, after which netperf waits for the end of the test, is remarked", () => {
  const text = fixture("netperf/udp-keys.txt").replace("=23614.290", "=11807.145");
  expect(udp.parse(output(text)).remarks).toEqual([
    "the round trips add up to 50 % of the test: the rest passed without one, as after a lost packet",
  ]);
});

test("a log of several runs gives a reading each; a result that misses a selector or does nothing is none", () => {
  const text = fixture("netperf/tcp-keys.txt");
  expect(workloads.netperf.parseFile(`${text}\n${text}`)).toHaveLength(2);
  expect(() => udp.parse(output(text.replace(/P99.*\n/, "")))).toThrow(/P99_LATENCY is missing/);
  // netperf's word for a figure that it does not have.
  expect(() => udp.parse(output(text.replace(/P99_LATENCY=\d+/, "P99_LATENCY=-1")))).toThrow(
    /-1 is negative/,
  );
  expect(() => udp.parse(output(text.replace(/RATE=[\d.]+/, "RATE=0.000")))).toThrow(
    "netperf completed no transaction (line 9 of its output).",
  );
});

test("the data connection has a port of its own, on both sides of a NAT", () => {
  const { server, measure } = udp.program({
    serverAddress: "198.18.0.1",
    dataFolder: "/data",
    kernelFolder: "/opt/tare",
    loadgenKernelFolder: "/opt/tare",
    device: null,
    cpus: 1,
  });
  expect(server?.argv.join(" ")).toBe("netserver -4 -D -p 12965");
  expect(measure.argv.join(" ")).toBe(
    "netperf -4 -P 0 -H 198.18.0.1 -p 12965 -t UDP_RR -l 1 -- -r 100,200 -P ,12966 -k TRANSACTION_RATE,MEAN_LATENCY,P50_LATENCY,P90_LATENCY,P99_LATENCY,MIN_LATENCY,MAX_LATENCY,STDDEV_LATENCY,ELAPSED_TIME",
  );
  expect(udp.needs().ports).toEqual([
    { port: 12_965, protocol: "tcp" },
    { port: 12_966, protocol: "udp" },
  ]);
});
