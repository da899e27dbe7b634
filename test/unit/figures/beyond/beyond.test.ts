// Figures beyond the paper, drawn of its data and of a campaign that ran.
import { describe, expect, test } from "vitest";
import { readDatasets, readDistributions } from "#main/library/datasets.ts";
import { drift } from "#shared/figures/beyond/run-order.ts";
import { littlePairs } from "#shared/figures/beyond/littles-law.ts";
import { figureDefinitions } from "#shared/figures/definitions.ts";
import type { Figure, LineTrace } from "#shared/figures/figure.ts";
import { pointOfKey, type OverlayInputs } from "#shared/figures/overlay.ts";
import { indistinguishableColor } from "#shared/figures/palette.ts";
import { paperId, type DataPoint, type Dataset } from "#shared/model/dataset.ts";

const paths = { campaigns: "test/fixtures/campaigns", assets: "assets" };
const [recorded, paper] = (await readDatasets(paths, ["demo-229c51", paperId])) as [Dataset, Dataset];
const redis = await readDistributions(paths, [recorded.id], "redis");
const fio = await readDistributions(paths, [paper.id], "fio");
const distributions = new Map([...redis, ...fio].map((each) => [each.campaignId, each.distributions]));
const theme = {
  scheme: "light",
  text: "#111111",
  grid: "#dddddd",
  paper: "#ffffff",
  font: "sans-serif",
} as const;

function inputs(...datasets: readonly Dataset[]): OverlayInputs {
  return { datasets, distributions, scale: "absolute", labelling: "measured", theme };
}

function draw(id: string, of: OverlayInputs): Figure | null {
  return figureDefinitions.find((each) => each.id === id)?.draw(of) ?? null;
}

function marks(
  figure: Figure | null,
): { x: number | string; y: number; key: string; color: string; symbol: string }[] {
  return (figure?.data ?? [])
    .filter((each): each is LineTrace => each.type === "scatter" && each.customdata !== undefined)
    .flatMap(({ x, y, customdata = [], marker }) =>
      customdata.map((key, index) => ({
        key,
        x: x[index] ?? Number.NaN,
        y: y[index] ?? Number.NaN,
        color: typeof marker.color === "string" ? marker.color : (marker.color[index] ?? ""),
        symbol: typeof marker.symbol === "string" ? marker.symbol : (marker.symbol[index] ?? ""),
      })),
    );
}

const pointOf = (dataset: Dataset, key: string): DataPoint | undefined =>
  dataset.points.find(({ id }) => id === pointOfKey(key)?.pointId);

describe("overhead at a glance", () => {
  const found = marks(draw("overhead", inputs(paper)));

  test("every primary point of the paper that has a native is on it once, right of 1 where it is better", () => {
    const wanted = paper.points.filter(
      ({ primary, ratio, better }) => primary && ratio !== null && better !== null,
    );
    expect(found.map(({ key }) => key).sort()).toEqual(wanted.map(({ id }) => `${paperId} ${id}`).sort());
    for (const { key, x } of found) {
      const point = pointOf(paper, key);
      const ratio = point?.ratio?.value ?? Number.NaN;
      expect(x).toBeCloseTo(point?.better === "lower" ? 1 / ratio : ratio, 10);
    }
  });

  test("grey is what cannot be told from native, and nothing else", () => {
    const grey = indistinguishableColor.light;
    for (const { key, color } of found)
      expect(color === grey).toBe(pointOf(paper, key)?.distinguishable === false);
    expect(found.some(({ color }) => color === grey)).toBe(true);
  });

  test("the control is in the noise floor alone, and emulated marks are crossed", () => {
    const floor = marks(draw("noise-floor", inputs(recorded)));
    expect(floor.length).toBeGreaterThan(0);
    expect(floor.every(({ key }) => pointOf(recorded, key)?.slot === "native.control")).toBe(true);
    const all = marks(draw("overhead", inputs(recorded)));
    const emulated = all.filter(({ key }) => pointOf(recorded, key)?.emulated);
    expect(emulated.length).toBeGreaterThan(0);
    expect(emulated.every(({ symbol }) => symbol.includes("-x"))).toBe(true);
  });

  test("a strip of a campaign and of the paper is the same one where the quantity is", () => {
    const both = draw("overhead", inputs(paper, recorded));
    const alone = draw("overhead", inputs(paper));
    const added = draw("overhead", inputs(recorded));
    const rows = (figure: Figure | null) => new Set(figure?.layout.yaxis.ticktext);
    expect(rows(both).size).toBeLessThan(rows(alone).size + rows(added).size);
  });
});

describe("Little's law", () => {
  test("the paper's MySQL: throughput times latency is the number of threads, within 1 %", () => {
    const pairs = littlePairs(paper, "native").filter(({ rate }) => rate.subject === "mysql");
    expect(pairs).toHaveLength(15);
    for (const { found, nominal } of pairs) expect(found / nominal).toBeCloseTo(1, 2);
  });

  test("latencies that the authors derived from the throughput are no check, and are not on it", () => {
    expect(littlePairs(paper, "native").some(({ rate }) => rate.subject === "redis")).toBe(false);
  });

  test("the recorded campaign's Redis keeps clients times pipeline under way", () => {
    const pair = littlePairs(recorded, "native").find(({ rate }) => rate.subject === "redis");
    expect(pair?.nominal).toBe(500);
    expect((pair?.found ?? 0) / 500).toBeGreaterThan(0.9);
    expect((pair?.found ?? 0) / 500).toBeLessThan(1.1);
  });
});

test("Little's law of a mix weighs the latencies by the shares of the operations", () => {
  const some = recorded.points.find(({ subject }) => subject === "redis");
  if (some === undefined) throw new Error("The recorded campaign has no Redis.");
  const terms = (op: string) => ({ ...some.terms, op, clients: 10, pipeline: 1 });
  const points = [
    { ...some, quantity: "throughput", terms: terms("mixed_90_10"), mean: 10_000 },
    { ...some, quantity: "latency_mean", terms: terms("GET"), mean: 900 },
    { ...some, quantity: "latency_mean", terms: terms("SET"), mean: 1900 },
  ];
  const [pair] = littlePairs({ ...recorded, points }, some.slot);
  expect(pair?.found).toBeCloseTo(10, 9);
  expect(littlePairs({ ...recorded, points: points.slice(0, 2) }, some.slot)).toEqual([]);
});

describe("distribution differences", () => {
  test("of the paper's fio: the percentiles of KVM over native's, at those percentiles alone", () => {
    const figure = draw("distribution-fio", inputs(paper));
    const variants =
      figureDefinitions.find(({ id }) => id === "distribution-fio")?.variants?.(inputs(paper)) ?? [];
    expect(variants.length).toBe(9);
    const kvm = figure?.data.find(({ name }) => name === "KVM");
    expect(kvm?.x).toEqual([1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99, 99.5, 99.9, 99.95, 99.99]);
    expect(figure?.data.some((each) => each.type === "scatter" && each.fill !== undefined)).toBe(false);
  });

  test("of the recorded campaign: its control is one of the lines", () => {
    const figure = draw("distribution-redis", inputs(recorded));
    expect(figure?.data.map(({ name }) => name)).toContain("Native (A/A control)");
    expect(figure?.data.every(({ y }) => y.every((value) => value !== null && value > 0))).toBe(true);
  });
});

describe("run order", () => {
  test("every primary value of every run, at the time when it began", () => {
    const found = marks(draw("run-order", inputs(recorded)));
    const wanted = recorded.points
      .filter(({ primary, subject }) => primary && subject !== "startup")
      .reduce((sum, { samples }) => sum + (samples?.length ?? 0), 0);
    expect(found).toHaveLength(wanted);
    expect(Math.min(...found.map(({ x }) => Number(x)))).toBe(0);
  });

  test("drift is the slope an hour, and none can be told of two runs or of runs at one time", () => {
    const line = [0, 30, 60].map((minutes) => ({ minutes, percent: 100 - minutes / 60 }));
    expect(drift(line)).toBeCloseTo(-1, 12);
    expect(drift(line.slice(1))).toBeNull();
    expect(drift(line.map((each) => ({ ...each, minutes: 5 })))).toBeNull();
  });

  test("the paper kept no times: there is no such figure of it", () => {
    expect(draw("run-order", inputs(paper))).toBeNull();
    expect(draw("evidence", inputs(paper))).toBeNull();
    expect(draw("ladder", inputs(paper))).toBeNull();
  });
});

test("no figure draws what is not a number, or lets a name be markup", () => {
  const hostile = {
    ...recorded,
    name: "<img src=x>",
    slots: recorded.slots.map((slot) => ({ ...slot, label: `<b>${slot.label}` })),
  };
  for (const { id, number } of figureDefinitions) {
    if (number !== null) continue;
    const figure = draw(id, inputs(paper, hostile));
    const text = JSON.stringify(figure);
    expect(text, id).not.toMatch(/<img|<b>/);
    for (const { x, y } of figure?.data ?? []) {
      expect(
        x.every((value) => typeof value === "string" || Number.isFinite(value)),
        id,
      ).toBe(true);
      expect(
        y.every((value) => value === null || Number.isFinite(value)),
        id,
      ).toBe(true);
    }
  }
});
