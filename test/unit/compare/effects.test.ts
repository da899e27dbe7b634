// Differences between campaigns: the same numbers under another name are none, a real one is found, and chance is not.
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { describe, expect, test } from "vitest";
import { readDatasets } from "#main/library/datasets.ts";
import { effects } from "#shared/compare/effects.ts";
import { matchedPairs } from "#shared/compare/matching.ts";
import { randomStream } from "#shared/plan/random-stream.ts";
import type { DataPoint, Dataset } from "#shared/model/dataset.ts";
import type { Estimate } from "#shared/model/result.ts";
import { welch } from "#shared/stats/welch.ts";
import { meanEstimate, deviationOf } from "#shared/stats/summary.ts";

const paths = { campaigns: "test/fixtures/campaigns", assets: "assets" };
const [recorded, paper] = (await readDatasets(paths, ["demo-229c51", "felter-2014"])) as [Dataset, Dataset];

/** Normal numbers by Box and Muller from a seeded generator. */
function normals(seed: number): () => number {
  const stream = randomStream(seed, 1);
  const uniform = () => (uniformInt(stream, 0, 999_999) + 0.5) / 1e6;
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** `count` cells of ten blocks around 100; `factors`: what the value of a cell is multiplied by. */
function made(
  id: string,
  seed: number,
  count: number,
  factors: ReadonlyMap<number, number> = new Map(),
): Dataset {
  const normal = normals(seed);
  const points = Array.from({ length: count }, (_, index): DataPoint => {
    const samples = Array.from({ length: 10 }, (__, block) => ({
      block: block + 1,
      runId: `r${index}-${block}`,
      value: 100 * (factors.get(index) ?? 1) * Math.exp(0.02 * normal()),
      outlier: false,
      startedAt: null,
    }));
    const values = samples.map(({ value }) => value);
    const estimate = meanEstimate(values);
    return {
      ...(recorded.points[0] as DataPoint),
      id: `cell-${index}`,
      subject: "redis",
      quantity: "throughput",
      terms: { op: "SET", clients: index },
      conditionId: `c${index}`,
      slot: "native",
      environment: "native",
      emulated: false,
      mean: estimate?.value ?? 0,
      deviation: deviationOf(values),
      n: 10,
      samples,
      ratio: null,
    };
  });
  return { ...recorded, id, name: id, points, slots: recorded.slots.filter(({ control }) => !control) };
}

test("a campaign against itself: every cell has its partner, and no difference is real", () => {
  const pairs = matchedPairs(paper, paper);
  expect(pairs).toHaveLength(paper.points.length);
  expect(pairs.every(({ first, second }) => first.id === second.id)).toBe(true);
  expect(effects([paper, paper], "holm").filter(({ value }) => value?.real === true)).toEqual([]);
});

describe("a hundred cells", () => {
  test("two real differences are found, with their size, the larger first; the others are not", () => {
    const found = effects(
      [
        made("a", 1, 100),
        made(
          "b",
          2,
          100,
          new Map([
            [7, 1.1],
            [50, 0.8],
          ]),
        ),
      ],
      "holm",
    );
    const real = found.filter(({ value }) => value?.real === true);
    expect(real.map(({ points }) => points[0])).toEqual(["cell-50", "cell-7"]);
    expect(found.slice(0, 2)).toEqual(real);
    expect(real[0]?.value?.ratio.value).toBeCloseTo(0.8, 1);
    const [low, high] = real[0]?.value?.ratio.interval ?? [0, 0];
    expect(low < 0.8 && high > 0.8).toBe(true);
  });

  test("without the correction some would be called real by chance; with it none is, in ten campaigns", () => {
    const all = Array.from({ length: 10 }, (_, index) =>
      effects([made("a", 100 + index, 100), made("b", 200 + index, 100)], "holm"),
    ).flat();
    const uncorrected = all.filter(({ value }) => (value?.p ?? 1) < 0.05).length;
    // 5 % of 1000, give or take five standard deviations.
    expect(uncorrected).toBeGreaterThan(15);
    expect(uncorrected).toBeLessThan(85);
    expect(all.filter(({ value }) => value?.real === true).length).toBeLessThanOrEqual(2);
  });

  test("more than two campaigns are one family: the correction counts all comparisons", () => {
    const second = made("b", 2, 20);
    const alone = effects([made("a", 1, 20), second], "holm");
    const more = effects([made("a", 1, 20), second, made("c", 3, 20)], "holm");
    const adjusted = (list: typeof alone) => list.find(({ key }) => key === "b cell-3")?.value?.adjusted ?? 0;
    expect(more).toHaveLength(40);
    expect(adjusted(more)).toBeGreaterThanOrEqual(adjusted(alone));
  });
});

test("the noise floor holds back what is smaller, however small its p", () => {
  const withControl = (dataset: Dataset): Dataset => ({
    ...dataset,
    slots: recorded.slots,
    points: [
      ...dataset.points,
      ...dataset.points.map((point) => ({
        ...point,
        id: `${point.id}.control`,
        slot: "native.control",
        ratio: { value: 1, interval: [0.7, 1.4] as const },
      })),
    ],
  });
  const [a, b] = [withControl(made("a", 1, 5)), withControl(made("b", 2, 5, new Map([[2, 1.2]])))];
  const found = effects([a, b], "holm").find(({ points }) => points[0] === "cell-2");
  expect(found?.value?.adjusted).toBeLessThan(0.001);
  expect(found?.value?.real).toBe(false);
});

test("overheads of three blocks, where native failed in the other seven, are tested as those of three", () => {
  const logsOf = { a: [0.1, 0.12, 0.15], b: [0.2, 0.26, 0.21] };
  const withRatio = (id: "a" | "b"): Dataset => {
    const dataset = made(id, 1, 1);
    const { value, interval } = meanEstimate(logsOf[id]) as Required<Estimate>;
    const [low, high] = interval as [number, number];
    const ratio = { value: Math.exp(value), interval: [Math.exp(low), Math.exp(high)] as const };
    return { ...dataset, points: dataset.points.map((point) => ({ ...point, ratio, ratioDegrees: 2 })) };
  };
  const error = (values: readonly number[]) => ({
    mean: values.reduce((sum, each) => sum + each, 0) / 3,
    variance: (deviationOf(values) ?? 0) ** 2 / 3,
    freedom: 2,
  });
  const [found] = effects([withRatio("a"), withRatio("b")], "holm");
  expect(found?.overhead?.p).toBeCloseTo(welch(error(logsOf.a), error(logsOf.b))?.p ?? Number.NaN, 10);
});

describe("the recorded campaign against the paper", () => {
  const found = effects([paper, recorded], "benjamini-hochberg");

  test("cells are matched by what they measured, never by name: KVM with KVM, SET with SET", () => {
    expect(found.length).toBeGreaterThan(10);
    for (const { points } of found) {
      const [a, b] = [
        paper.points.find(({ id }) => id === points[0]),
        recorded.points.find(({ id }) => id === points[1]),
      ];
      expect(a?.environment).toBe(b?.environment);
      expect(a?.quantity).toBe(b?.quantity);
      expect(a?.terms["op"] ?? null).toBe(b?.terms["op"] ?? null);
      expect(a?.terms["kernel"] ?? null).toBe(b?.terms["kernel"] ?? null);
    }
  });

  test("no two lines of a configuration and quantity are called the same", () => {
    const names = found.map(
      ({ subject, title, label, conditionLabel }) => `${subject} ${title} ${label} ${conditionLabel}`,
    );
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("another pipeline is said beside the effect", () => {
    const redis = found.filter(({ subject }) => subject === "redis");
    expect(redis.length).toBeGreaterThan(0);
    expect(redis.every(({ cautions }) => cautions.includes("pipeline 1 → 10"))).toBe(true);
  });

  test("emulated guests are matched and not tested, with the reason", () => {
    const kvm = found.filter(({ label }) => label === "KVM");
    expect(kvm.length).toBeGreaterThan(0);
    expect(kvm.every(({ value, reason }) => value === null && reason?.includes("mulated") === true)).toBe(
      true,
    );
  });
});
