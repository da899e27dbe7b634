// What the ratios of a configuration are taken to.
import { expect, test } from "vitest";
import type { Configuration } from "#shared/model/configuration.ts";
import { baselineFor } from "#shared/plan/slots.ts";
import { marksOf } from "#shared/report/result-table.ts";
import { results } from "#shared/stats/results.ts";
import { initialState } from "#shared/state/campaign-state.ts";
import { runIdOf } from "#shared/plan/plan-sessions.ts";
import { dockerNat, native, runMap, runState, sampleCampaign } from "../sample-campaign.ts";
import { sampleWorkloads } from "../sample-workloads.ts";

const oneSocket = { cpus: "0-7", memory: { policy: "local" } } as const;
const nativeOne: Configuration = {
  ...native,
  id: "native-one",
  label: "Native one socket",
  pinning: oneSocket,
};
const dockerOne: Configuration = { ...dockerNat, id: "docker-one", pinning: oneSocket };
const configurations = [native, nativeOne, dockerNat, dockerOne];

test("a container on one socket is compared with native on that socket, and native on one socket with native", () => {
  const baselineOf = (configuration: Configuration) => baselineFor({ configurations }, configuration)?.id;
  expect(configurations.map(baselineOf)).toEqual(["native", "native", "native", "native-one"]);
});

test("where the same pinning was not measured natively, the first native configuration is the baseline", () => {
  expect(baselineFor({ configurations: [native, dockerOne] }, dockerOne)?.id).toBe("native");
  expect(baselineFor({ configurations: [dockerOne] }, dockerOne)).toBeUndefined();
});

test("where only the pages differ, the same pinning still counts: the sockets are not the container's cost", () => {
  const hugePages: Configuration = { ...dockerOne, id: "docker-huge", pages: { thp: "always" } };
  expect(baselineFor({ configurations }, hugePages)?.id).toBe("native-one");
});

test("the ratio in the table is the one to that baseline", () => {
  const campaign = sampleCampaign({ configurations, blocks: 2, control: false });
  const values = { native: 100, "native-one": 50, "docker-nat": 90, "docker-one": 48 };
  const runs = [1, 2].flatMap((block) =>
    Object.entries(values).map(([slot, value]) =>
      runState(runIdOf(block, slot, "stream-quick"), {
        measurements: [{ metric: "triad", value, unit: "GB/s" }],
      }),
    ),
  );
  const { rows } = results(campaign, { ...initialState, runs: runMap(runs) }, sampleWorkloads);
  const ratio = (slot: string) =>
    rows.find((row) => row.slot === slot && row.metric.name === "triad")?.ratio?.value;
  expect(ratio("native-one")).toBeCloseTo(0.5);
  expect(ratio("docker-nat")).toBeCloseTo(0.9);
  expect(ratio("docker-one")).toBeCloseTo(0.96);
  // Whoever divides the means must learn which of the two to divide by.
  const compared = rows
    .filter(({ metric }) => metric.name === "triad")
    .map((row) => row.comparedWith ?? null);
  expect(compared).toEqual([null, null, null, nativeOne.label]);
  const row = rows.find(({ slot }) => slot === "docker-one");
  expect(row === undefined ? [] : marksOf(row)).toContain(`ratio to ${nativeOne.label}`);
});
