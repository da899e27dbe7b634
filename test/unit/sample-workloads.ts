// Workloads with the interface of real ones and nothing behind it: for tests of code that takes any workload.
import { z } from "zod";
import type { Workload, WorkloadName } from "#shared/model/workload.ts";

const unused = (): never => {
  throw new Error("not part of these tests");
};

function sampleWorkload(name: WorkloadName, change: Partial<Workload>): Workload {
  return {
    name,
    title: name,
    summary: `Runs ${name}.`,
    parserVersion: 1,
    parameters: z.record(z.string(), z.unknown()),
    metrics: [],
    presets: {},
    network: false,
    needs: () => ({ loadgenTools: [], environmentTools: [], ports: [], memoryBytes: 0, diskBytes: 0 }),
    estimateSeconds: () => 10,
    check: () => [],
    program: () => ({
      prepare: [],
      server: null,
      warmUp: [],
      measure: { where: "environment", argv: [name] },
      finish: [],
    }),
    parse: unused,
    parseFile: unused,
    ...change,
  };
}

export const sampleWorkloads: Readonly<Record<WorkloadName, Workload>> = {
  stream: sampleWorkload("stream", {
    metrics: [
      { name: "triad", title: "TRIAD", unit: "GB/s", better: "higher", primary: true },
      { name: "copy", title: "COPY", unit: "GB/s", better: "higher", primary: true },
    ],
  }),
  linpack: sampleWorkload("linpack", {}),
  randomaccess: sampleWorkload("randomaccess", {}),
  nuttcp: sampleWorkload("nuttcp", { network: true }),
  netperf: sampleWorkload("netperf", { network: true }),
  fio: sampleWorkload("fio", {}),
  mysql: sampleWorkload("mysql", { network: true }),
  redis: sampleWorkload("redis", {
    network: true,
    metrics: [
      { name: "throughput", title: "Throughput", unit: "1/s", better: "higher", primary: true },
      { name: "latency-p99", title: "Latency, 99 %", unit: "µs", better: "lower", primary: false },
    ],
    needs: () => ({
      loadgenTools: ["tare-redis-load"],
      environmentTools: ["redis-server"],
      ports: [{ port: 6379, protocol: "tcp" }],
      memoryBytes: 2 ** 30,
      diskBytes: 2 ** 20,
    }),
    program: (_, { serverAddress, loadgenKernelFolder }) => ({
      prepare: [],
      server: { where: "environment", argv: ["redis-server", "--port", "6379"], readyPort: 6379 },
      warmUp: [{ where: "loadgen", argv: [`${loadgenKernelFolder}/redis-load`, "-t", "1", serverAddress] }],
      measure: {
        where: "loadgen",
        argv: [`${loadgenKernelFolder}/redis-load`, "-t", "10", serverAddress],
        okStatus: [0, 2],
      },
      finish: [{ where: "environment", argv: ["rm", "-f", "/data/dump.rdb"], stdin: "" }],
    }),
  }),
};
