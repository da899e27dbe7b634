// A finished campaign with all that may stand beside rows: a ladder, start-up, evidence, a refused cell, a network path.
import type { EvidenceItem, NetworkPath } from "#shared/model/evidence.ts";
import { runIdOf } from "#shared/plan/plan-sessions.ts";
import { byCell } from "#shared/plan/remaining.ts";
import { initialState, startUpKey, type CampaignState } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { conditions, dockerNat, native, runMap, runState, sampleCampaign } from "./sample-campaign.ts";
import { sampleWorkloads } from "./sample-workloads.ts";

const ids = ["docker-proxy", "docker-nat", "docker-host", "docker-macvlan"] as const;
const requests = {
  native: [107_000, 106_500, 107_200, 106_900],
  "native.control": [106_800, 106_900, 107_000, 107_100],
  "docker-proxy": [71_000, 71_900, 70_500, 71_200],
  "docker-nat": [91_000, 92_100, 90_500, 91_200],
  "docker-host": [106_900, 106_600, 107_100, 107_000],
};
const triads = {
  native: [10, 10.1, 9.9, 10.05],
  "native.control": [10.02, 10.08, 9.9, 10.01],
  "docker-proxy": [10.01, 10.09, 9.91, 10.02],
  "docker-nat": [10.02, 10.08, 9.92, 10.04],
  "docker-host": [10.03, 10.07, 9.9, 10.02],
};
const seconds = {
  native: [0.021, 0.02, 0.022, 0.019],
  "native.control": [0.02, 0.021, 0.02, 0.021],
  "docker-proxy": [0.62, 0.65, 0.6, 0.63],
  "docker-nat": [0.52, 0.55, 0.5, 0.53],
};

/** 10 Gb/s from eth1 to eth2, without a gateway. */
export const wirePath: NetworkPath = {
  loadgenInterface: "eth1",
  sutInterface: "eth2",
  via: null,
  capacityMbps: 10_000,
  mtu: { loadgen: 9000, sut: 1500 },
  sameMachine: false,
  loopback: false,
};

export const walkCampaign = sampleCampaign({
  name: "Walk",
  configurations: [
    native,
    ...ids.map((id) => ({ ...dockerNat, id, label: `Docker ${id.slice("docker-".length)}` })),
  ],
  conditions: [...conditions],
  ladders: [{ id: "walk", title: "Docker's network", steps: ids.slice(0, 3) }],
  blocks: 4,
});

export const walkState: CampaignState = {
  ...initialState,
  status: "complete",
  runs: runMap([
    ...runsOf(triads, "stream-quick", "triad", "GB/s"),
    ...runsOf(requests, "redis-c50", "throughput", "1/s"),
  ]),
  startUps: new Map(
    Object.entries(seconds).flatMap(([slot, list]) =>
      list.map((each, index) => [
        startUpKey(index + 1, slot),
        { block: index + 1, slot, seconds: each, commandSeconds: each / 2, emulated: false },
      ]),
    ),
  ),
  refusedCells: byCell(
    ["stream-quick", "redis-c50"].map((conditionId) => ({
      slot: "docker-macvlan",
      conditionId,
      reason: "The driver of data0 on sut-1 takes no second address.",
    })),
  ),
  networkPath: wirePath,
  startedAt: "2026-01-02T03:04:10.000Z",
  endedAt: "2026-01-02T03:20:30.000Z",
};

export const walkResults = results(walkCampaign, walkState, sampleWorkloads);

function runsOf(
  values: Readonly<Record<string, readonly number[]>>,
  condition: string,
  metric: string,
  unit: string,
) {
  return Object.entries(values).flatMap(([slot, list]) =>
    list.map((value, index) =>
      runState(runIdOf(index + 1, slot, condition), {
        measurements: [{ metric, value, unit }],
        evidence: evidenceOf(slot, condition, index),
      }),
    ),
  );
}

/** Redis behind NAT: the load generator was busy in block 2, and the throttling counters are nowhere to be read. */
function evidenceOf(slot: string, condition: string, index: number): EvidenceItem[] {
  const busy = slot === "docker-nat" && condition === "redis-c50" && index === 1;
  return [
    {
      name: "cpus",
      required: true,
      verdict: "held",
      expected: "every thread on CPUs 0-1",
      found: "4 threads on CPUs 0-1",
    },
    {
      name: "load-generator",
      required: true,
      verdict: busy ? "not-held" : "held",
      expected: "the load generator's CPUs below 85 % busy",
      found: busy ? "97 % busy" : "41 % busy",
    },
    {
      name: "throttling",
      required: false,
      verdict: slot === "docker-nat" ? "unknown" : "held",
      expected: "no thermal throttling",
      found: slot === "docker-nat" ? "the kernel shows no throttling counters" : "0 events",
    },
  ];
}
