// The metrics of Redis, whichever load measured them.
import type { Metric } from "../model/measurement.ts";
import { measurer } from "./measure.ts";

export const redisOperations = ["get", "set"] as const;
export type RedisOperation = (typeof redisOperations)[number];

const latencies = [
  ["mean", "mean"],
  ["p50", "median"],
  ["p99", "99th percentile"],
] as const;

export const redisMetrics: readonly Metric[] = [
  { name: "throughput", title: "Throughput, GET and SET", unit: "1/s", better: "higher", primary: true },
  ...redisOperations.map((operation): Metric => ({
    name: `${operation}-throughput`,
    title: `${operation.toUpperCase()}, throughput`,
    unit: "1/s",
    better: "higher",
    primary: false,
  })),
  ...redisOperations.flatMap((operation) =>
    latencies.map(([name, title]): Metric => ({
      name: `${operation}-latency-${name}`,
      title: `${operation.toUpperCase()}, latency, ${title}`,
      unit: "µs",
      better: "lower",
      primary: false,
    })),
  ),
];

export const measureRedis = measurer(redisMetrics);
