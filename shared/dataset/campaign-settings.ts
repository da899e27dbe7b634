// Parameters of a measured campaign under the names that the reference data give to the paper's.
import type { Campaign } from "../model/campaign.ts";
import type { Configuration } from "../model/configuration.ts";
import type { DataSetting } from "../model/dataset.ts";
import type { Facts } from "../model/facts.ts";
import type { WorkloadName } from "../model/workload.ts";
import { conditionsIn } from "../plan/plan-sessions.ts";
import { environmentWord } from "./environment-words.ts";

type Value = DataSetting["value"];
type Parameters = Campaign["conditions"][number]["parameters"];

/** `facts`: of the insides of containers and guests, by slot; versions of tools are read from them. */
export function campaignSettings(campaign: Campaign, facts: Readonly<Record<string, Facts>>): DataSetting[] {
  const workloads = [...new Set(campaign.conditions.map(({ workload }) => workload))];
  return workloads.flatMap((subject) => [
    ...loadSettings(campaign, subject),
    ...versionSettings(subject, facts),
    ...campaign.configurations
      .filter(({ id }) => conditionsIn(campaign, id).some(({ workload }) => workload === subject))
      .flatMap((configuration) => guestSettings(configuration, subject)),
  ]);
}

/** What each condition's parameters say; a key whose conditions differ has several settings. */
const readers: Readonly<Record<WorkloadName, (parameters: Parameters) => Readonly<Record<string, unknown>>>> =
  {
    linpack: ({ order, trials, threads }) => ({ problem_size: order, trials, threads }),
    stream: ({ elements, repetitions }) => ({
      array_elements: elements,
      working_set_GB: typeof elements === "number" ? (3 * 8 * elements) / 1e9 : null,
      repetitions,
    }),
    randomaccess: ({ tableLog2, updates, variant }) => ({
      table_bytes: typeof tableLog2 === "number" ? 8 * 2 ** tableLog2 : null,
      updates,
      updates_per_parallel_region: variant === "paper" ? 128 : undefined,
    }),
    nuttcp: ({ seconds }) => ({ duration_s: seconds }),
    netperf: ({ requestBytes, responseBytes, seconds }) => ({
      request_bytes: requestBytes,
      response_bytes: responseBytes,
      duration_s: seconds,
    }),
    fio: ({ fileBytes, pattern, depth, jobs, seconds }) => {
      const concurrency = typeof depth === "number" && typeof jobs === "number" ? depth * jobs : null;
      return {
        ioengine: "libaio",
        direct: 1,
        size_GiB: typeof fileBytes === "number" ? fileBytes / 2 ** 30 : null,
        // 0 seconds stand for one pass, whose length the tool alone knows.
        sequential_runtime_s:
          (pattern === "read" || pattern === "write") && seconds !== 0 ? seconds : undefined,
        random_concurrency:
          (pattern === "randread" || pattern === "randwrite") && jobs !== 1 ? concurrency : undefined,
        mixed_concurrency: pattern === "randrw" ? concurrency : undefined,
      };
    },
    redis: ({ load, pipeline, getShare, keys, requests, valueBytes }) => ({
      pipeline: load === "mixed" ? pipeline : 1,
      read_share: load === "mixed" ? getShare : null,
      keyspace: keys,
      requests_per_run: requests,
      payload_bytes: valueBytes,
    }),
    mysql: ({ transactions, rows, seconds, bufferPoolMiB }) => ({
      oltp_read_only: transactions === "read-only",
      table_rows: rows,
      duration_s: seconds,
      innodb_buffer_pool_GiB: typeof bufferPoolMiB === "number" ? bufferPoolMiB / 1024 : null,
    }),
  };

function loadSettings(campaign: Campaign, subject: WorkloadName): DataSetting[] {
  const found = new Map<string, DataSetting>();
  for (const { id, workload, parameters } of campaign.conditions) {
    if (workload !== subject) continue;
    for (const [key, value] of Object.entries(readers[subject](parameters))) {
      if (!isValue(value)) continue;
      const setting = { subject, environment: null, key, value, source: `condition ${id}` };
      found.set(`${key} ${String(value)}`, found.get(`${key} ${String(value)}`) ?? setting);
    }
  }
  const runs = {
    subject,
    environment: null,
    key: "runs",
    value: campaign.blocks,
    source: "blocks of the design",
  };
  return [...found.values(), runs];
}

function isValue(value: unknown): value is Value {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

const tools: Partial<Readonly<Record<WorkloadName, string>>> = {
  fio: "fio",
  redis: "redis-server",
  mysql: "mariadbd",
  nuttcp: "nuttcp",
  netperf: "netperf",
};

function versionSettings(subject: WorkloadName, facts: Readonly<Record<string, Facts>>): DataSetting[] {
  const tool = tools[subject];
  if (tool === undefined) return [];
  for (const [slot, { tools: found }] of Object.entries(facts)) {
    const value = /\d+(\.\d+)+/.exec(found[tool] ?? "")?.[0];
    if (value !== undefined)
      return [{ subject, environment: null, key: "version", value, source: `${tool} in ${slot}` }];
  }
  return [];
}

function guestSettings(configuration: Configuration, subject: WorkloadName): DataSetting[] {
  if (configuration.environment !== "kvm") return [];
  const environment = environmentWord(configuration, subject);
  if (environment === null) return [];
  const { vcpus, memoryMiB, cpuModel, topology, vcpuPins } = configuration.machine;
  const values: Readonly<Record<string, Value>> = {
    vcpus,
    memory_GiB: memoryMiB / 1024,
    cpu_model: cpuModel === "default" ? "qemu-default" : cpuModel,
    topology_exposed: topology !== undefined,
    vcpu_pinning: vcpuPins === undefined ? "none" : vcpuPins.join(" "),
    disk_cache: configuration.storage.cache,
    disk_aio: configuration.storage.io,
    disk_format: configuration.storage.format,
  };
  return Object.entries(values).map(([key, value]) => ({
    subject,
    environment,
    key,
    value,
    source: `configuration ${configuration.id}`,
  }));
}
