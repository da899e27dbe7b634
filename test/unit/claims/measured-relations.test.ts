// Every type of relation on small measured datasets, with intervals on either side of the bounds.
import { describe, expect, test } from "vitest";
import type { DataDistribution } from "#shared/model/dataset.ts";
import { interpolate } from "#shared/claims/relations/interpolated-relation.ts";
import { varianceRatioInterval, varianceRatioQuantile } from "#shared/stats/variance-ratio.ts";
import { judged, madeDataset, madePoint, ratio } from "./made-up-dataset.ts";

/** Values of three blocks about a middle, with what the block does to all of them. */
const about = (middle: number, scatter = 0.001) =>
  [1, 1.05, 0.96].map((block, index) => middle * block * (1 + scatter * ((index * 7) % 3)));
const sweep = (env: string, values: readonly number[], scatter?: number) =>
  values.map((value, index) =>
    madePoint({ env, values: about(value, scatter), terms: { op: "SET", clients: 2 ** index } }),
  );
const { a, b, workload, metric } = ratio;
const common = { workload, metric };
const sides = { ...common, a, b };

test.each([
  [90, 110, "holds"],
  [120, null, "does-not-hold"],
  [100, null, "cannot-tell"],
] as const)("value: mean of three blocks about 100 against %s to %s: %s", (low, high, verdict) => {
  const dataset = madeDataset([madePoint({ env: "native", values: [99, 101, 100.5] })]);
  expect(judged({ ...common, type: "value", env: "native", low, high }, dataset).verdict).toBe(verdict);
});

test("difference: paired within blocks, in the unit of the quantity", () => {
  const dataset = madeDataset([
    madePoint({ env: "kvm", values: [130, 231, 79.5] }),
    madePoint({ env: "native", values: [100, 200, 50] }),
  ]);
  const relation = { ...sides, type: "difference", pair_on: [] } as const;
  expect(judged({ ...relation, low: 25, high: 35 }, dataset)).toMatchObject({
    verdict: "holds",
    unit: "1/s",
  });
  expect(judged({ ...relation, low: 40 }, dataset).verdict).toBe("does-not-hold");
});

describe("stdev_ratio", () => {
  const wide = madePoint({ env: "kvm", values: [80, 120, 95, 105, 60, 140, 90, 110, 70, 130] });
  const narrow = madePoint({ env: "native", values: [99, 101, 100, 100.5, 99.5, 98, 102, 100, 99, 101] });
  const relation = { ...sides, type: "stdev_ratio", pair_on: [] } as const;

  test("by the F distribution, far apart with ten blocks, open with three", () => {
    const dataset = madeDataset([wide, narrow]);
    expect(judged({ ...relation, low: 3 }, dataset).verdict).toBe("holds");
    expect(judged({ ...relation, high: 3 }, dataset).verdict).toBe("does-not-hold");
    expect(judged({ ...relation, low: 15, high: 30 }, dataset).verdict).toBe("cannot-tell");
  });

  test("quantiles are those of tables: F(0.95; 5, 10) = 3.3258, F(0.975; 9, 9) = 4.0260", () => {
    expect(varianceRatioQuantile(0.95, [5, 10])).toBeCloseTo(3.3258, 4);
    expect(varianceRatioQuantile(0.975, [9, 9])).toBeCloseTo(4.026, 3);
    const [low, high] = varianceRatioInterval(2, [9, 9], 0.95);
    expect(low * high).toBeCloseTo(4, 9);
  });
});

test("peak_ratio and peak_difference compare the greatest, wherever on the sweep it is", () => {
  const dataset = madeDataset([...sweep("kvm", [20, 60, 50]), ...sweep("native", [50, 80, 100])]);
  const relation = { ...sides, pair_on: ["op"] };
  expect(judged({ ...relation, type: "peak_ratio", low: 0.55, high: 0.65 }, dataset)).toMatchObject({
    verdict: "holds",
    values: { n: 1 },
  });
  expect(judged({ ...relation, type: "peak_difference", low: -10 }, dataset).verdict).toBe("does-not-hold");
});

test("last_over_peak is never above 1, and 1 where the last is the greatest", () => {
  const relation = { ...common, type: "last_over_peak", env: ["native"], sweep: "clients" } as const;
  const falling = madeDataset(sweep("native", [50, 100, 90]));
  expect(judged({ ...relation, low: 0.85, high: 0.95 }, falling).verdict).toBe("holds");
  expect(judged({ ...relation, low: 0.95 }, falling).verdict).toBe("does-not-hold");
  const rising = judged({ ...relation, low: 1, high: 1 }, madeDataset(sweep("native", [50, 90, 100])));
  expect(rising).toMatchObject({ verdict: "holds", values: { max: 1 } });
  const single = judged(relation, madeDataset(sweep("native", [50])));
  expect(single.reasons).toEqual(["Another condition: a sweep of clients takes at least two values."]);
});

test("spread: what the least loses to the greatest, in per cent, needs every environment", () => {
  const relation = { ...common, type: "spread", env: ["native", "kvm"], pair_on: ["clients"] } as const;
  const dataset = madeDataset([...sweep("native", [100]), ...sweep("kvm", [98])]);
  expect(judged({ ...relation, high: 3 }, dataset)).toMatchObject({ verdict: "holds", unit: "%" });
  expect(judged({ ...relation, high: 1 }, dataset).verdict).toBe("does-not-hold");
  expect(judged(relation, madeDataset(sweep("native", [100]))).reasons).toEqual([
    "Another configuration: no run of Redis in KVM.",
  ]);
});

test("trend: the comparison at the largest value less that at the smallest", () => {
  const relation = { ...sides, type: "trend", sweep: "clients", pair_on: ["op", "clients"] } as const;
  const dataset = madeDataset([...sweep("kvm", [40, 60, 80]), ...sweep("native", [100, 100, 100])]);
  expect(judged({ ...relation, low: 0.3, high: 0.5 }, dataset).verdict).toBe("holds");
  expect(judged({ ...relation, high: 0.2 }, dataset).verdict).toBe("does-not-hold");
  expect(judged({ ...relation, low: 30, of: "difference" }, dataset)).toMatchObject({ verdict: "holds" });
  const one = madeDataset([...sweep("kvm", [40]), ...sweep("native", [100])]);
  expect(judged(relation, one)).toMatchObject({ verdict: "cannot-tell", values: null });
});

test("monotonic: steps that rise for sure, and steps of which nobody knows", () => {
  const relation = {
    ...common,
    type: "monotonic",
    env: "native",
    sweep: "clients",
    pair_on: ["op"],
  } as const;
  const sure = madeDataset(sweep("native", [50, 100, 200]));
  expect(judged({ ...relation, low: 1, high: 1 }, sure).verdict).toBe("holds");
  const falling = madeDataset(sweep("native", [50, 100, 60]));
  expect(judged({ ...relation, low: 1, high: 1 }, falling)).toMatchObject({
    verdict: "does-not-hold",
    values: { mean: 0.5 },
  });
  const flat = [100, 101, 99, 100.5].map((value, index) => [value, 100, 101 - index]);
  const noisy = flat.map((values, clients) =>
    madePoint({ env: "native", values, terms: { op: "SET", clients } }),
  );
  expect(judged({ ...relation, low: 1 }, madeDataset(noisy)).verdict).toBe("cannot-tell");
});

describe("interp_ratio", () => {
  const curve = (env: string, ys: readonly number[], xs: readonly number[]) =>
    xs.flatMap((x, users) =>
      (["throughput", "cpu_utilization"] as const).map((quantity) =>
        madePoint({
          env,
          subject: "mysql",
          quantity,
          terms: { users },
          values: about(quantity === "throughput" ? (ys[users] ?? 0) : x, 0),
        }),
      ),
    );
  const relation = {
    ...sides,
    type: "interp_ratio",
    workload: "mysql",
    x_metric: "cpu_utilization",
    pair_on: ["users"],
  } as const;

  test("at equal CPU use: a line between neighbours; beyond the range there is no number", () => {
    const dataset = madeDataset([
      ...curve("kvm", [45, 80], [15, 90]),
      ...curve("native", [100, 200], [10, 20]),
    ]);
    const found = judged({ ...relation, low: 0.25, high: 0.35 }, dataset);
    expect(found).toMatchObject({ verdict: "holds", values: { n: 1 } });
    expect(found.parts[0]?.value).toBeCloseTo(0.3, 3);
  });

  test("interpolation", () => {
    const line = [
      [2, 20],
      [1, 10],
      [4, 80],
    ] as const;
    expect([0.5, 1, 1.5, 3, 4, 5].map((x) => interpolate(line, x))).toEqual([null, 10, 15, 50, 80, null]);
  });
});

describe("cdf_ratio", () => {
  const distribution = (slot: string, scale: number, blocks: number): DataDistribution => {
    const shares = [0.25, 0.5, 0.75, 1];
    const at = (factor: number) => [1, 2, 3, 4].map((value) => value * factor);
    return {
      subject: "fio",
      quantity: "completion_latency",
      title: "Completion latency",
      unit: "µs",
      conditionId: "random",
      conditionLabel: "random",
      terms: { job: "random-read-16" },
      slot,
      environment: slot,
      paperEnvironment: null,
      values: at(scale),
      shares,
      observations: 4,
      blocks: Array.from({ length: blocks }, (_, index) => ({
        block: index + 1,
        runId: `run-${index}`,
        values: at(scale * (1 + 0.01 * index)),
        shares,
      })),
      emulated: false,
      source: null,
    };
  };
  const point = madePoint({ env: "native", values: [1], subject: "fio", quantity: "iops" });
  const relation = { type: "cdf_ratio", workload: "fio", a, b, p_low: 10, p_high: 90 } as const;

  test("at equal percentiles, within blocks; one block proves nothing", () => {
    const pair = (blocks: number) => [distribution("kvm", 2.5, blocks), distribution("native", 1, blocks)];
    const found = judged({ ...relation, low: 2, high: 3 }, madeDataset([point]), pair(3));
    expect(found).toMatchObject({ verdict: "holds", values: { n: 9, mean: 2.5 } });
    expect(judged({ ...relation, low: 3 }, madeDataset([point]), pair(3)).verdict).toBe("does-not-hold");
    expect(judged({ ...relation, low: 2 }, madeDataset([point]), pair(1)).verdict).toBe("cannot-tell");
    expect(judged(relation, madeDataset([point])).reasons.join()).toContain("no run of fio in KVM");
  });
});

test("config: every value that was used must be the expected one", () => {
  const relation = { type: "config", workload: "redis", key: "pipeline", expected: { ge: 10 } } as const;
  const setting = (value: number | null) => ({
    subject: "redis" as const,
    environment: null,
    key: "pipeline",
    value,
    source: "condition c50",
  });
  const native = madePoint({ env: "native", values: [1] });
  const dataset = (...values: readonly (number | null)[]) =>
    madeDataset([native], { settings: values.map(setting) });
  expect(judged(relation, dataset(10, 16))).toMatchObject({ verdict: "holds", values: { n: 2, max: 16 } });
  expect(judged(relation, dataset(10, 1))).toMatchObject({
    verdict: "does-not-hold",
    reasons: ["Requests that a client sends at a time: 1 (condition c50); the claim says at least 10."],
  });
  expect(judged(relation, dataset(null))).toMatchObject({
    verdict: "does-not-hold",
    values: { values: [null] },
  });
  expect(judged(relation, dataset()).reasons.join()).toContain("Another record");
});
