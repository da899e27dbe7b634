// A small campaign and its states, built for tests: four configurations, two conditions, any blocks.
import type { Campaign } from "#shared/model/campaign.ts";
import type { Configuration, KvmConfiguration } from "#shared/model/configuration.ts";
import type { Condition } from "#shared/model/workload.ts";
import type { RunState } from "#shared/state/campaign-state.ts";

const host = {
  address: "198.18.1.2",
  port: 22,
  user: "root",
  auth: { kind: "agent" },
  become: "root",
  dataAddress: "198.18.1.2",
  dataInterface: "data0",
} as const;

const axes = { pinning: { memory: { policy: "default" } }, pages: {} } as const;

export const native: Configuration = {
  ...axes,
  id: "native",
  label: "Native",
  environment: "native",
  network: { mode: "host" },
  storage: { kind: "file" },
};

export const dockerNat: Configuration = {
  ...axes,
  id: "docker-nat",
  label: "Docker, NAT",
  environment: "docker",
  network: { mode: "nat" },
  storage: { kind: "volume" },
};

export const kvm: KvmConfiguration = {
  ...axes,
  id: "kvm",
  label: "KVM",
  environment: "kvm",
  machine: { accelerator: "auto", vcpus: 2, memoryMiB: 1024, cpuModel: "default", hugePages: false },
  network: { mode: "bridge", vhost: "auto" },
  storage: { format: "raw", cache: "none", io: "native", ioThread: true },
};

export const conditions: readonly Condition[] = [
  { id: "stream-quick", label: "STREAM", workload: "stream", parameters: {} },
  { id: "redis-c50", label: "Redis, 50 clients", workload: "redis", parameters: { clients: 50 } },
];

export function sampleCampaign(change: Partial<Campaign> = {}): Campaign {
  return {
    schema: "tare-campaign/1",
    id: "2026-01-02-sample-abc",
    createdAt: "2026-01-02T03:04:05.000Z",
    name: "Sample",
    lab: {
      id: "lab",
      name: "Two hosts",
      sut: host,
      loadgen: { ...host, address: "198.18.1.3", dataAddress: "198.18.1.3" },
      guest: { address: "198.18.1.65/24" },
      userland: { kind: "build" },
      demo: false,
    },
    configurations: [native, dockerNat, kvm],
    conditions: [...conditions],
    blocks: 3,
    control: true,
    host: { dropCaches: false, sysctls: {} },
    seed: 42,
    versions: { tare: "0.1.0", node: "24.0.0", platform: "linux-x64" },
    ...change,
  };
}

export function runState(runId: string, change: Partial<RunState> = {}): RunState {
  return {
    runId,
    attempt: 1,
    status: "ok",
    startedAt: "2026-01-02T03:05:00.000Z",
    endedAt: "2026-01-02T03:05:10.000Z",
    phase: null,
    measurements: [],
    remarks: [],
    toolSeconds: 8,
    totalSeconds: 10,
    emulated: false,
    failure: null,
    evidence: [],
    ...change,
  };
}

/** Runs as the state keeps them. */
export function runMap(runs: readonly RunState[]): ReadonlyMap<string, RunState> {
  return new Map(runs.map((run) => [run.runId, run]));
}
