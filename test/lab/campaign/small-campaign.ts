// A campaign small enough to be run many times: every kind of environment and workload, each run about a second.
import { configurationPresets } from "#shared/environments/presets.ts";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import type { Lab } from "#shared/model/lab.ts";
import type { Condition } from "#shared/model/workload.ts";

export type ConfigurationId = "native" | "docker-host" | "docker-nat" | "kvm";

const mebibyte = 2 ** 20;
const redisLoad = {
  clients: 5,
  keys: 2000,
  port: 6479,
  pipeline: 10,
  getShare: 0.5,
  valueBytes: 50,
  seed: 1,
};
const fioJob = { readPercent: 70, blockBytes: 4096, depth: 4, jobs: 1, fileBytes: 4 * mebibyte };

/** One condition of each workload. */
export const shortConditions = {
  linpack: {
    id: "linpack",
    label: "LINPACK, 300 equations",
    workload: "linpack",
    parameters: {
      engine: "openblas",
      order: 300,
      leadingDimension: 300,
      trials: 2,
      warmUpTrials: 1,
      pages: "madvise",
    },
  },
  randomaccess: {
    id: "randomaccess",
    label: "RandomAccess, 8 MB",
    workload: "randomaccess",
    parameters: { variant: "hpcc", tableLog2: 20, pages: "madvise" },
  },
  stream: {
    id: "stream",
    label: "STREAM, 3 x 8 MB",
    workload: "stream",
    parameters: { elements: 1_000_000, repetitions: 3, pages: "madvise" },
  },
  nuttcp: nuttcpFor(1),
  netperf: {
    id: "netperf",
    label: "netperf UDP_RR",
    workload: "netperf",
    parameters: {
      protocol: "udp",
      requestBytes: 100,
      responseBytes: 200,
      seconds: 1,
      warmUpSeconds: 0,
      port: 12_965,
      dataPort: 12_966,
    },
  },
  fio: {
    id: "fio",
    label: "fio random read",
    workload: "fio",
    parameters: {
      ...fioJob,
      pattern: "randread",
      seconds: 1,
      timeBased: true,
      warmUpSeconds: 0,
      layout: true,
    },
  },
  redis: {
    id: "redis",
    label: "Redis, 5 clients",
    workload: "redis",
    parameters: { ...redisLoad, load: "mixed", seconds: 1, warmUpSeconds: 0.1 },
  },
  mysql: {
    id: "mysql",
    label: "MySQL read-write, 2 threads",
    workload: "mysql",
    parameters: {
      transactions: "read-write",
      tables: 1,
      rows: 1000,
      bufferPoolMiB: 32,
      threads: 2,
      seconds: 1,
      warmUpSeconds: 0,
      port: 3406,
    },
  },
} as const satisfies Record<string, Condition>;

const { stream, nuttcp, fio, redis } = shortConditions;
/** One of each kind: without a server, between the hosts, on a file, with a server. For tests that run a campaign many times. */
export const fewConditions: Condition[] = [stream, nuttcp, fio, redis];

/** A transfer that takes so many seconds, for faults that need a run to be under way. */
export function nuttcpFor(seconds: number): Condition {
  return {
    id: "nuttcp",
    label: `nuttcp, ${seconds} s`,
    workload: "nuttcp",
    parameters: { direction: "transmit", seconds, warmUpSeconds: 0, port: 5100, dataPort: 5101 },
  };
}

/** One block over the configurations; the order is always the same. */
export function smallDraft(
  lab: Lab,
  ids: readonly ConfigurationId[],
  rest: Partial<CampaignDraft> = {},
): CampaignDraft {
  return {
    name: "Small",
    labId: lab.id,
    configurations: ids.map(smallConfiguration),
    conditions: Object.values(shortConditions),
    blocks: 1,
    control: false,
    host: { dropCaches: false, sysctls: { "net.core.somaxconn": "4999" } },
    seed: 7,
    ...rest,
  };
}

function smallConfiguration(id: ConfigurationId): Configuration {
  const preset = configurationPresets.find(({ configuration }) => configuration.id === id);
  if (preset === undefined) throw new Error(`There is no preset ${id}.`);
  const { configuration } = preset;
  if (configuration.environment !== "kvm") return configuration;
  return { ...configuration, machine: { ...configuration.machine, vcpus: 1, memoryMiB: 512 } };
}
