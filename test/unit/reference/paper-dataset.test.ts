// The paper as a campaign: nothing of the reference data is lost, changed or doubled on the way.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { paperDataset } from "#shared/reference/paper-dataset.ts";
import { paperDistributions } from "#shared/reference/paper-distributions.ts";
import { paperFileSchema } from "#shared/reference/paper-file.ts";

const file = paperFileSchema.parse(JSON.parse(readFileSync("assets/reference/felter2014.json", "utf8")));
const dataset = paperDataset(file);

function meanOf(
  slot: string,
  quantity: string,
  terms: Readonly<Record<string, unknown>>,
): number | undefined {
  return dataset.points.find(
    (point) =>
      point.slot === slot &&
      point.quantity === quantity &&
      Object.entries(terms).every(([name, value]) => point.terms[name] === value),
  )?.mean;
}

describe("points", () => {
  test("each point of the file is there once, with its repeats, unit, derivation and source", () => {
    expect(dataset.points).toHaveLength(file.points.length);
    expect(new Set(dataset.points.map(({ id }) => id)).size).toBe(dataset.points.length);
    for (const [index, point] of file.points.entries()) {
      const made = dataset.points[index];
      const series = file.series.find(({ id }) => id === point.s);
      expect(made).toMatchObject({ mean: point.mean, n: point.n, deviation: point.stdev });
      expect(made?.terms).toEqual({ ...series?.cond, ...point.x });
      expect(made?.samples?.map(({ value }) => value) ?? []).toEqual(point.samples ?? []);
      expect(made?.unit).not.toBe("");
      expect(made?.source).toMatchObject({
        series: point.s,
        files: series?.source,
        derivation: series?.derivation,
      });
    }
  });

  test("no two points of a slot say the same of the same condition", () => {
    const keys = dataset.points.map(
      ({ slot, subject, quantity, terms }) => `${slot} ${subject} ${quantity} ${JSON.stringify(terms)}`,
    );
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test("ratios to native are those that felter2014.md gives (section 5)", () => {
    const ratio = (slot: string, quantity: string, terms: Readonly<Record<string, unknown>>) =>
      (meanOf(slot, quantity, terms) ?? Number.NaN) / (meanOf("native", quantity, terms) ?? Number.NaN);
    expect(ratio("kvm", "gflops", {})).toBeCloseTo(0.448, 3);
    expect(ratio("kvm", "gups", { sockets: 1 })).toBeCloseTo(0.86, 2);
    expect(ratio("docker", "gups", { sockets: 2 })).toBeCloseTo(0.983, 3);
    expect(ratio("kvm", "iops", { job: "random-read-16x8" })).toBeCloseTo(0.549, 2);
    for (const point of dataset.points.filter((each) => each.slot === "kvm" && each.ratio !== null)) {
      const { quantity, terms, ratio: own } = point;
      expect(own?.value).toBeCloseTo(ratio("kvm", quantity, terms), 12);
    }
  });

  test("the interval is of the mean over repeats: none where the deviation is fio's own, or was not kept", () => {
    const within = dataset.points.filter(({ deviationNote }) => deviationNote !== null);
    expect(within.length).toBeGreaterThan(0);
    expect(within.every(({ interval }) => interval === null)).toBe(true);
    // t with 9 degrees of freedom is 2.262; 290.8286 ± 2.262 · 1.1334 / √10.
    const native = dataset.points.find(({ id }) => id.startsWith("linpack.fig1.native/"));
    expect(native?.interval?.[0]).toBeCloseTo(290.018, 2);
    expect(native?.interval?.[1]).toBeCloseTo(291.639, 2);
  });
});

test("the series that the paper calls Docker NAT volume carries both labels, and the reason stands beside it", () => {
  const doubtful = dataset.points.filter(({ paperEnvironment }) => paperEnvironment !== null);
  expect(new Set(doubtful.map(({ environment }) => environment))).toEqual(new Set(["docker-host-aufs"]));
  expect(new Set(doubtful.map(({ paperEnvironment }) => paperEnvironment))).toEqual(new Set(["docker-nat"]));
  expect(new Set(doubtful.map(({ subject }) => subject))).toEqual(new Set(["mysql"]));
  expect(dataset.contradictions.find(({ id }) => id === "mysql-nat-label")?.reason).toContain(
    "host networking",
  );
});

test("every slot of a point is one of the dataset's, and stands for one environment", () => {
  const slots = new Map(dataset.slots.map((slot) => [slot.slot, slot]));
  expect(dataset.points.filter(({ slot }) => !slots.has(slot))).toEqual([]);
  expect(slots.get("docker-nat-aufs")?.environment).toBe("docker");
  expect(slots.get("kvm.rerun")).toMatchObject({ environment: "kvm", label: "KVM (re-run with 32 vCPUs)" });
});

test("the latency distributions are the percentiles of the file, rising", () => {
  const made = paperDistributions(file);
  expect(made).toHaveLength(36);
  for (const [index, cdf] of file.cdfs.entries()) {
    expect(made[index]?.values).toEqual(cdf.value_us);
    expect(made[index]?.shares.at(-1)).toBeCloseTo(0.9999, 10);
  }
  expect(made.filter(({ source, slot }) => source?.figure === 12 && !slot.includes("."))).toHaveLength(3);
});
