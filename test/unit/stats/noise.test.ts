// The noise that a finished campaign shows, and that of several together.
import { expect, test } from "vitest";
import type { Noise } from "#shared/model/noise.ts";
import { blocksForAll, expectedScatter } from "#shared/plan/expected-widths.ts";
import { campaignNoise, pooledNoise } from "#shared/stats/noise.ts";
import { expectedHalfWidth } from "#shared/stats/expected-interval.ts";
import { finishedCampaign, finishedResults, finishedState } from "../sample-results.ts";
import { sampleWorkloads } from "../sample-workloads.ts";

/** Of one metric for each condition: STREAM has several that stand for it. */
const noise = campaignNoise(finishedCampaign, finishedState, sampleWorkloads).filter(
  ({ metric }) => metric !== "copy",
);

test("each ratio of a primary metric has its scatter; failed runs lack a pair, emulated ones do not count", () => {
  expect(
    noise.map(({ conditionId, compared, pairs, degrees }) => [conditionId, compared, pairs, degrees]),
  ).toEqual([
    ["stream-quick", "control", 4, 3],
    ["stream-quick", "docker", 4, 3],
    ["redis-c50", "control", 4, 3],
    ["redis-c50", "docker", 3, 2],
  ]);
});

test("with as many blocks as it had, a campaign expects the very intervals that it got", () => {
  for (const { conditionId, metric, compared, pairs, deviation } of noise) {
    const slot = compared === "control" ? "native.control" : "docker-nat";
    const row = finishedResults.rows.find(
      (each) => each.slot === slot && each.conditionId === conditionId && each.metric.name === metric,
    );
    const [low, high] = row?.ratio?.interval ?? [Number.NaN, Number.NaN];
    expect(expectedHalfWidth(deviation, pairs)).toBeCloseTo(Math.log(high / low) / 2, 12);
  }
});

test("campaigns are pooled by condition, metric and comparison", () => {
  const entry: Noise = {
    workload: "redis",
    conditionId: "redis-c50",
    metric: "throughput",
    compared: "docker",
    deviation: 0.01,
    degrees: 1,
    campaigns: 1,
    pairs: 2,
  };
  const pooled = pooledNoise([
    [entry, { ...entry, deviation: 0.03 }],
    [{ ...entry, deviation: 0.02, degrees: 2, pairs: 3 }],
    [{ ...entry, compared: "kvm" }],
  ]);
  expect(pooled).toHaveLength(2);
  expect(pooled[0]).toMatchObject({ degrees: 4, pairs: 7, campaigns: 2 });
  expect(pooled[0]?.deviation).toBeCloseTo(Math.sqrt((1 + 9 + 2 * 4) / 4) / 100, 12);
});

const [condition, other] = finishedCampaign.conditions;

test("a design takes the noise of its own conditions, else of others of the workload, else of none", () => {
  if (condition === undefined || other === undefined) throw new Error("the sample has two conditions");
  const known = expectedScatter([{ compared: "docker", conditions: [condition, other] }], noise);
  expect(known.map(({ workload, same }) => [workload, same])).toEqual([
    ["stream", true],
    ["redis", true],
  ]);
  const renamed = { ...other, id: "redis-c99" };
  expect(expectedScatter([{ compared: "docker", conditions: [renamed] }], noise)).toMatchObject([
    { workload: "redis", same: false },
  ]);
  expect(expectedScatter([{ compared: "kvm", conditions: [condition] }], noise)).toEqual([]);
  const decided = blocksForAll(known, 0.001, 1000);
  expect(decided?.by.deviation).toBe(Math.max(...known.map(({ deviation }) => deviation)));
  expect(blocksForAll(known, 1e-9, 1000)).toBeNull();
  expect(blocksForAll([], 0.1, 1000)).toBeNull();
});
