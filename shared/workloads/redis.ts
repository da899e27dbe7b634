// Redis: GET and SET over a sweep of clients; a load of Tare's own (assets/kernels/redis-load.c) or redis-benchmark.
import { z } from "zod";
import { portSchema } from "../model/text.ts";
import type { Condition, ProgramStep, Surroundings, Workload } from "../model/workload.ts";
import { memoryShortage } from "./measure.ts";
import { linesOf, onlyOne } from "./output.ts";
import { benchmarkReadings } from "./redis-benchmark-output.ts";
import { loadReadings } from "./redis-load-output.ts";
import { redisMetrics } from "./redis-metrics.ts";

const common = {
  clients: z.number().int().min(1).max(10_000),
  /** Keys that requests are spread over. */
  keys: z.number().int().min(1).max(9_999_999_999),
  port: portSchema,
};

const parametersSchema = z.discriminatedUnion("load", [
  z.strictObject({
    ...common,
    /** Tare's own: GET and SET mixed, every key filled before, 10-character keys. */
    load: z.literal("mixed"),
    pipeline: z.number().int().min(1).max(1024),
    getShare: z.number().min(0).max(1),
    /** Mean of the values' sizes; a key's size is fixed and uniform over 1 to 2 * mean - 1. */
    valueBytes: z.number().int().min(1).max(4096),
    seconds: z.number().min(0.1).max(86_400),
    /** Load before the measurement that is not counted. */
    warmUpSeconds: z.number().min(0).max(3600),
    seed: z.number().int().min(0).max(0xffffffff),
  }),
  z.strictObject({
    ...common,
    /** redis-benchmark: all SETs, then all GETs, one request under way on each connection, into an empty server. */
    load: z.literal("redis-benchmark"),
    valueBytes: z.number().int().min(1).max(4096),
    requests: z.number().int().min(1).max(1_000_000_000),
  }),
]);
export type RedisParameters = z.infer<typeof parametersSchema>;
type Mixed = Extract<RedisParameters, { load: "mixed" }>;

/** Figure 13's axis. */
const paperClients = [1, 2, 3, 4, 5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120];

const port = 6479;

const sweep = (
  clients: readonly number[],
  parameters: (clients: number) => RedisParameters,
): readonly Condition[] =>
  clients.map((count) => ({
    id: `redis-c${count}`,
    label: `Redis, ${count} ${count === 1 ? "client" : "clients"}`,
    workload: "redis",
    parameters: parameters(count),
  }));

const mixed = (keys: number, seconds: number, warmUpSeconds: number) => (clients: number) => ({
  load: "mixed" as const,
  clients,
  keys,
  port,
  pipeline: 10,
  getShare: 0.5,
  valueBytes: 50,
  seconds,
  warmUpSeconds,
  seed: 1,
});

export const redis: Workload<RedisParameters> = {
  name: "redis",
  title: "Redis",
  summary: "Throughput and latency of GET and SET against one Redis server, over a sweep of clients.",
  parserVersion: 1,
  parameters: parametersSchema,
  metrics: redisMetrics,
  presets: {
    quick: sweep([1, 10, 50], mixed(100_000, 1, 0.2)),
    "as described": sweep(paperClients, mixed(150_000_000, 10, 2)),
    "as run": sweep(paperClients, (clients) => ({
      load: "redis-benchmark",
      clients,
      keys: 100_000,
      port,
      valueBytes: 50,
      requests: 500_000,
    })),
  },
  network: true,
  needs: (parameters) => ({
    loadgenTools: parameters.load === "mixed" ? [] : ["redis-benchmark"],
    environmentTools: ["redis-server"],
    ports: [{ port: parameters.port, protocol: "tcp" }],
    memoryBytes: serverBytes(parameters),
    diskBytes: 0,
  }),
  estimateSeconds: (parameters) =>
    parameters.load === "mixed"
      ? 0.5 + parameters.keys / 500_000 + parameters.warmUpSeconds + parameters.seconds
      : 0.5 + (2 * parameters.requests) / Math.min(100_000, 16_000 * parameters.clients),
  check: (parameters, facts) =>
    memoryShortage(
      `Redis with ${parameters.keys} keys`,
      serverBytes(parameters),
      facts.hostname,
      facts.memory.availableBytes,
    ),
  program: (parameters, surroundings) => ({
    prepare: [],
    server: {
      where: "environment",
      argv: [
        "redis-server",
        "--port",
        String(parameters.port),
        "--bind",
        "0.0.0.0",
        "--protected-mode",
        "no",
        "--save",
        "",
        "--appendonly",
        "no",
        "--daemonize",
        "no",
      ],
      readyPort: parameters.port,
    },
    warmUp: parameters.load === "mixed" ? [fill(parameters, surroundings)] : [],
    measure:
      parameters.load === "mixed" ? load(parameters, surroundings) : benchmark(parameters, surroundings),
    finish: [],
  }),
  parse: ({ stdout }, parameters) =>
    parameters.load === "mixed"
      ? onlyOne(loadReadings(stdout), "redis-load", linesOf(stdout))
      : onlyOne(benchmarkReadings(stdout, true), "redis-benchmark", linesOf(stdout)),
  parseFile: (text) =>
    text.includes('{"tool":"redis-load"') ? loadReadings(text) : benchmarkReadings(text, false),
};

/** Redis 7.0 takes some 135 bytes for a 10-character key with 50 bytes, measured over 1e6 keys; its tables double while they grow. */
function serverBytes({ keys, valueBytes }: RedisParameters): number {
  return 2 ** 26 + keys * (120 + valueBytes);
}

function loadCommand(parameters: Mixed, surroundings: Surroundings, options: readonly string[]): ProgramStep {
  return {
    where: "loadgen",
    argv: [
      `${surroundings.loadgenKernelFolder}/redis-load`,
      "--host",
      surroundings.serverAddress,
      "--port",
      String(parameters.port),
      "--keys",
      String(parameters.keys),
      "--value-bytes",
      String(parameters.valueBytes),
      ...options,
    ],
  };
}

/** Few connections with deep pipelines: filling is no measurement and should be over soon. */
function fill(parameters: Mixed, surroundings: Surroundings): ProgramStep {
  return loadCommand(parameters, surroundings, ["--fill", "--clients", "4", "--pipeline", "64"]);
}

function load(parameters: Mixed, surroundings: Surroundings): ProgramStep {
  const { clients, pipeline, getShare, seconds, warmUpSeconds, seed } = parameters;
  return loadCommand(parameters, surroundings, [
    "--clients",
    String(clients),
    "--pipeline",
    String(pipeline),
    "--get-share",
    String(getShare),
    "--warm-up",
    String(warmUpSeconds),
    "--seconds",
    String(seconds),
    "--seed",
    String(seed),
  ]);
}

function benchmark(
  parameters: Extract<RedisParameters, { load: "redis-benchmark" }>,
  { serverAddress }: Surroundings,
): ProgramStep {
  return {
    where: "loadgen",
    argv: [
      "redis-benchmark",
      "-h",
      serverAddress,
      "-p",
      String(parameters.port),
      "-c",
      String(parameters.clients),
      "-t",
      "set,get",
      "-d",
      String(parameters.valueBytes),
      "-r",
      String(parameters.keys),
      "-n",
      String(parameters.requests),
    ],
  };
}
