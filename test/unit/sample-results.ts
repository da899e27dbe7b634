// The results of a small finished campaign: Docker slower, KVM emulated, one failed run, one outlier.
import type { CampaignState, RunState } from "#shared/state/campaign-state.ts";
import { initialState } from "#shared/state/campaign-state.ts";
import type { Results } from "#shared/model/result.ts";
import { runIdOf } from "#shared/plan/plan-sessions.ts";
import { results } from "#shared/stats/results.ts";
import { runMap, runState, sampleCampaign } from "./sample-campaign.ts";
import { sampleWorkloads } from "./sample-workloads.ts";

const triads: Readonly<Record<string, readonly number[]>> = {
  native: [10, 10.1, 9.9, 10.05],
  "native.control": [10.02, 10.08, 9.9, 10.01],
  "docker-nat": [10.01, 10.09, 9.91, 10.02],
  kvm: [1.2, 1.1, 1.3, 2.9],
};
const requests: Readonly<Record<string, readonly (number | null)[]>> = {
  native: [107_000, 106_500, 107_200, 106_900],
  "native.control": [106_800, 106_900, 107_000, 107_100],
  "docker-nat": [91_000, null, 90_500, 91_200],
  kvm: [12_000, 11_800, 12_100, 11_950],
};

const stream = Object.entries(triads).flatMap(([slot, values]) =>
  values.map((value, index) =>
    run(slot, "stream-quick", index, [
      { metric: "triad", value, unit: "GB/s" },
      { metric: "copy", value: value * 0.9, unit: "GB/s" },
    ]),
  ),
);
const redis = Object.entries(requests).flatMap(([slot, values]) =>
  values.map((value, index) =>
    run(slot, "redis-c50", index, value === null ? null : [{ metric: "throughput", value, unit: "1/s" }]),
  ),
);

export const finishedCampaign = sampleCampaign({ blocks: 4 });

export const finishedState: CampaignState = {
  ...initialState,
  status: "incomplete",
  runs: runMap([...stream, ...redis]),
  startedAt: "2026-01-02T03:04:10.000Z",
  endedAt: "2026-01-02T03:20:30.000Z",
};

export const finishedResults = results(finishedCampaign, finishedState, sampleWorkloads);

/** What nothing was measured of. */
export const emptyResults: Results = { rows: [], floors: [], ladders: [], startUp: [], refused: [] };

function run(
  slot: string,
  conditionId: string,
  index: number,
  measurements: RunState["measurements"] | null,
): RunState {
  const emulated = slot === "kvm";
  const runId = runIdOf(index + 1, slot, conditionId);
  if (measurements !== null) return runState(runId, { measurements, emulated });
  const message = "redis-load (measure) on root@198.18.1.3 ended with status 1.";
  return runState(runId, { status: "failed", emulated, failure: { code: "TOOL_FAILED", message } });
}
