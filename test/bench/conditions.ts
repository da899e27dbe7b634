// The conditions of the benchmark: each workload of Tare, as its quick preset has it, for a chosen time.
import type { Condition, WorkloadName } from "#shared/model/workload.ts";
import { presetConditions } from "#shared/workloads/registry.ts";

export interface BenchCondition {
  readonly condition: Condition;
  /** The metric that is compared. */
  readonly metric: string;
}

/** STREAM's best repetition would hide a disturbance: its mean shows one. A repetition takes some 30 ms. */
const repetitionsASecond = 30;

/** A trial of LINPACK's quick preset takes some 50 ms. */
const trialsASecond = 20;

/** RandomAccess with independent streams, on two CPUs. */
const updatesASecond = 1e8;

/** All of them: processors, memory, network both ways, storage, and a server under load. */
export function benchConditions(seconds: number): readonly BenchCondition[] {
  return [
    linpackFor(seconds),
    streamFor(seconds),
    randomaccessFor(seconds),
    ...["nuttcp-transmit", "nuttcp-receive"].map((id) => timed("nuttcp", id, seconds, "throughput")),
    ...["fio-read-d2", "fio-write-d16", "fio-randread-d16", "fio-randwrite-d16"].map((id) =>
      timed("fio", id, seconds, metricOfFio(id)),
    ),
    timed("redis", "redis-c50", seconds, "throughput"),
  ];
}

/** One of each workload, as its quick preset has it. */
export const oneOfEach: readonly Condition[] = [
  presetOf("linpack", "linpack"),
  presetOf("stream", "stream"),
  presetOf("randomaccess", "randomaccess-hpcc"),
  presetOf("nuttcp", "nuttcp-transmit"),
  presetOf("fio", "fio-randread-d16"),
  presetOf("redis", "redis-c50"),
];

export function streamFor(seconds: number): BenchCondition {
  const condition = presetOf("stream", "stream");
  const repetitions = Math.min(1000, seconds * repetitionsASecond);
  return {
    condition: { ...condition, parameters: { ...condition.parameters, repetitions } },
    metric: "triad-mean",
  };
}

function linpackFor(seconds: number): BenchCondition {
  const condition = presetOf("linpack", "linpack");
  const trials = Math.min(1000, seconds * trialsASecond);
  return { condition: { ...condition, parameters: { ...condition.parameters, trials } }, metric: "gflops" };
}

function randomaccessFor(seconds: number): BenchCondition {
  const condition = presetOf("randomaccess", "randomaccess-hpcc");
  const updates = seconds * updatesASecond;
  return { condition: { ...condition, parameters: { ...condition.parameters, updates } }, metric: "gups" };
}

export function redisFor(seconds: number): BenchCondition {
  return timed("redis", "redis-c50", seconds, "throughput");
}

function metricOfFio(id: string): string {
  return id.includes("rand") ? "iops" : "bandwidth";
}

function timed(workload: WorkloadName, id: string, seconds: number, metric: string): BenchCondition {
  const condition = presetOf(workload, id);
  return { condition: { ...condition, parameters: { ...condition.parameters, seconds } }, metric };
}

function presetOf(workload: WorkloadName, id: string): Condition {
  const found = presetConditions(workload, "quick").find((condition) => condition.id === id);
  if (found === undefined) throw new Error(`The quick preset of ${workload} has no condition ${id}.`);
  return found;
}
