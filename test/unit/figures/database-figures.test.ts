// Figures of netperf and MySQL, from the results of a campaign that has both.
import { expect, test } from "vitest";
import { figures } from "#shared/figures/registry.ts";
import { runIdOf } from "#shared/plan/plan-sessions.ts";
import { initialState } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { presetConditions, workloads } from "#shared/workloads/registry.ts";
import { dockerNat, native, runMap, runState, sampleCampaign } from "../sample-campaign.ts";

const conditions = [...presetConditions("netperf", "quick"), ...presetConditions("mysql", "quick")];
const campaign = sampleCampaign({
  configurations: [native, dockerNat],
  conditions,
  blocks: 1,
  control: false,
});

/** Every condition in both configurations, with all of its metrics. */
const runs = [native, dockerNat].flatMap(({ id }) =>
  conditions.map((condition) =>
    runState(runIdOf(1, id, condition.id), {
      measurements: workloads[condition.workload].metrics.map(({ name, unit }, index) => ({
        metric: name,
        value: 1 + index,
        unit,
      })),
    }),
  ),
);
const inputs = {
  campaign,
  results: results(campaign, { ...initialState, runs: runMap(runs) }, workloads),
  networkPath: null,
  theme: {
    scheme: "light",
    text: "#1a1e23",
    grid: "#dde1e5",
    paper: "#ffffff",
    font: "sans-serif",
  } as const,
};

test("netperf: a figure of rates and one of mean round trips, TCP beside UDP", () => {
  const found = figures.netperf(inputs);
  expect(found.map(({ title, layout }) => [title, layout.yaxis.title.text])).toEqual([
    ["netperf: transactions, one at a time", "1/s (higher is better)"],
    ["netperf: mean round trip", "µs (lower is better)"],
  ]);
  for (const { data } of found)
    expect(data[0]?.x).toEqual(["netperf TCP_RR, 100 and 200 bytes", "netperf UDP_RR, 100 and 200 bytes"]);
});

test("MySQL: curves over the threads, those that read apart from those that write", () => {
  const found = figures.mysql(inputs);
  expect(found.map(({ id, data }) => [id, data[0]?.x])).toEqual([
    ["mysql-read-only-throughput", [1, 8, 32]],
    ["mysql-read-only-host-cpu", [1, 8, 32]],
    ["mysql-read-only-latency-mean", [1, 8, 32]],
    ["mysql-read-only-latency-p95", [1, 8, 32]],
    ["mysql-read-write-throughput", [8]],
    ["mysql-read-write-host-cpu", [8]],
    ["mysql-read-write-latency-mean", [8]],
    ["mysql-read-write-latency-p95", [8]],
  ]);
  expect(found[1]?.layout.yaxis.title.text).toBe("% (lower is better)");
});
