// Claims on measured campaigns: verdicts respect intervals, and say what is missing.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockRatio } from "#shared/stats/ratio.ts";
import { placeOf, verdictOf, type Bounds } from "#shared/claims/verdict.ts";
import { blockMean, levelOfEach, weightedSum } from "#shared/claims/estimate.ts";
import { judged, madeDataset, madePoint, ratio } from "./made-up-dataset.ts";

const at = (clients: number) => ({ terms: { clients } });
const native = madePoint({ env: "native", values: [100, 110, 90], ...at(1) });
const half = madePoint({ env: "kvm", values: [50.1, 54.9, 45.05], ...at(1) });

describe("a ratio", () => {
  const dataset = madeDataset([native, half]);

  test.each([
    [{ low: 0.4, high: 0.6 }, "holds"],
    [{ low: null, high: 0.6 }, "holds"],
    [{ low: 0.6, high: null }, "does-not-hold"],
    [{ low: null, high: 0.4 }, "does-not-hold"],
    [{ low: 0.5, high: null }, "cannot-tell"],
  ])("about a half, within blocks, against %o: %s", (bounds, verdict) => {
    expect(judged({ ...ratio, ...bounds }, dataset).verdict).toBe(verdict);
  });

  test("is the paired ratio of the results, with its interval, and names its points", () => {
    const { parts, values } = judged({ ...ratio, low: 0 }, dataset);
    const expected = blockRatio(half.samples ?? [], native.samples ?? []);
    expect(parts).toHaveLength(1);
    expect(parts[0]?.value).toBeCloseTo(expected?.value ?? 0, 12);
    expect(parts[0]?.interval?.[0]).toBeCloseTo(expected?.interval?.[0] ?? 0, 10);
    expect(parts[0]?.interval?.[1]).toBeCloseTo(expected?.interval?.[1] ?? 0, 10);
    expect(parts[0]).toMatchObject({ terms: { clients: 1 }, points: [half.id, native.id] });
    expect(values).toMatchObject({ n: 1 });
  });

  test("that cannot be told asks for more blocks, with interval and bounds", () => {
    const { reasons } = judged({ ...ratio, low: 0.5 }, dataset);
    expect(reasons.join()).toMatch(
      /^More blocks: the interval of 1 client reaches from 0\.4\d+ to 0\.5\d+ ×; the claim says at least 0\.5 ×\.$/,
    );
  });

  test("without a block in common is taken by Welch", () => {
    const apart = madePoint({ env: "kvm", values: [undefined, undefined, undefined, 50, 51, 49], ...at(1) });
    const { parts, verdict } = judged({ ...ratio, low: 0.3, high: 0.7 }, madeDataset([native, apart]));
    expect(verdict).toBe("holds");
    expect(parts[0]?.interval?.[0]).toBeLessThan(0.46);
  });
});

describe("nothing is proven by", () => {
  const bounds = { low: null, high: 0.6 };
  test("one block", () => {
    const points = [
      madePoint({ env: "native", values: [100], ...at(1) }),
      madePoint({ env: "kvm", values: [50], ...at(1) }),
    ];
    const { verdict, reasons, values } = judged({ ...ratio, ...bounds }, madeDataset(points));
    expect(verdict).toBe("cannot-tell");
    expect(values).toEqual({ n: 1, min: 0.5, mean: 0.5, max: 0.5 });
    expect(reasons[0]).toMatch(/^More blocks: one block/);
  });

  test.each([
    ["emulated runs", { emulated: true }, /emulated runs prove nothing/],
    ["runs whose configuration did not hold", { evidence: "not-held" }, /configuration held/],
  ] as const)("%s", (_, others, sentence) => {
    const { verdict, reasons } = judged(
      { ...ratio, ...bounds },
      madeDataset([native, { ...half, ...others }]),
    );
    expect(verdict).toBe("cannot-tell");
    expect(reasons.join()).toMatch(sentence);
  });

  test("zero, of which there is no ratio", () => {
    const nothing = madePoint({ env: "kvm", values: [0, 0, 0], ...at(1) });
    const { verdict, reasons } = judged({ ...ratio, ...bounds }, madeDataset([native, nothing]));
    expect({ verdict, reasons }).toEqual({
      verdict: "cannot-tell",
      reasons: ["Of values that are not positive there is no ratio."],
    });
  });
});

describe("what is missing is named", () => {
  test.each([
    ["the workload", [], "Another workload: Redis was not measured."],
    ["the configuration", [native], "Another configuration: no run of Redis in KVM."],
    [
      "the condition",
      [native, madePoint({ env: "kvm", values: [50, 51], ...at(8) })],
      "Another condition: no number of clients was measured in both KVM and native.",
    ],
    [
      "the quantity",
      [native, { ...half, quantity: "latency_mean" }],
      "Another measurement: no throughput is known of Redis in KVM.",
    ],
  ])("%s", (_, points, sentence) => {
    expect(judged({ ...ratio, low: 1 }, madeDataset(points))).toMatchObject({
      verdict: "cannot-tell",
      values: null,
      parts: [],
      reasons: [sentence],
    });
  });

  test("a condition that the claim asks for", () => {
    const { reasons } = judged({ ...ratio, where: { clients: 4 } }, madeDataset([native, half]));
    expect(reasons).toEqual([
      "Another condition: Redis with 4 clients was not measured in KVM.",
      "Another condition: Redis with 4 clients was not measured natively.",
    ]);
  });

  test("environments that a claim lists and that were not measured", () => {
    const relation = { ...ratio, a: { env: ["kvm", "docker-host"] }, high: 0.6 };
    const { verdict, reasons, parts } = judged(relation, madeDataset([native, half]));
    expect(verdict).toBe("holds");
    expect(reasons).toEqual(["Not judged on Docker with the host's network: there is no such run."]);
    expect(parts[0]?.terms).toEqual({ env: "kvm", clients: 1 });
  });
});

test("of several configurations with one word the campaign's first is judged, and named", () => {
  const second = madePoint({ env: "kvm", slot: "kvm-2", values: [99, 110, 91], ...at(1) });
  const { verdict, reasons, parts } = judged({ ...ratio, high: 0.6 }, madeDataset([native, half, second]));
  expect(verdict).toBe("holds");
  expect(parts.map(({ points }) => points)).toEqual([[half.id, native.id]]);
  expect(reasons).toEqual(["“Configuration kvm” is judged; “Configuration kvm-2” would fit too."]);
});

test("two configurations of one word that use another number of sockets are both judged", () => {
  const one = { terms: { sockets: 1 } };
  const two = { terms: { sockets: 2 } };
  const points = [
    madePoint({ env: "native", slot: "one", values: [10, 11, 10], ...one }),
    madePoint({ env: "native", slot: "two", values: [18, 19.9, 18.1], ...two }),
  ];
  const relation = {
    ...ratio,
    a: { env: "native", where: { sockets: 2 } },
    b: { env: "native", where: { sockets: 1 } },
    pair_on: [],
    low: 1.5,
    high: 2,
  };
  expect(judged(relation, madeDataset(points))).toMatchObject({ verdict: "holds", reasons: [] });
});

test("the demo lab is told of, and the verdict stays", () => {
  const { verdict, reasons } = judged({ ...ratio, high: 0.6 }, madeDataset([native, half], { demo: true }));
  expect(verdict).toBe("holds");
  expect(reasons.join()).toContain("demo lab");
});

describe("quantifiers", () => {
  const points = [
    native,
    half,
    madePoint({ env: "native", values: [100, 110, 90], ...at(2) }),
    madePoint({ env: "kvm", values: [80.1, 88.2, 71.9], ...at(2) }),
  ];
  test.each([
    ["all", null, 0.7, "does-not-hold"],
    ["all", null, 0.9, "holds"],
    ["any", null, 0.6, "holds"],
    ["any", 0.9, null, "does-not-hold"],
    ["mean", 0.6, 0.7, "holds"],
    ["mean", 0.7, null, "does-not-hold"],
    ["max", 0.75, null, "holds"],
    ["min", 0.45, 0.55, "holds"],
    ["median", 0.6, 0.7, "holds"],
    ["median", 0.9, null, "does-not-hold"],
  ] as const)("%s from %s to %s: %s", (quantifier, low, high, verdict) => {
    expect(judged({ ...ratio, quantifier, low, high }, madeDataset(points)).verdict).toBe(verdict);
  });

  test("what blocks have in common is counted once in a mean", () => {
    const shared = [1, -1, 2, -2, 0.5];
    const part = (sign: number) => ({
      estimate: blockMean(new Map(shared.map((each, block) => [block, 10 + sign * each]))) ?? expect.fail(),
      weight: 0.5,
    });
    const opposed = weightedSum([part(1), part(-1)]).interval?.(0.95) ?? expect.fail();
    const together = weightedSum([part(1), part(1)]).interval?.(0.95) ?? expect.fail();
    expect(opposed[1] - opposed[0]).toBeCloseTo(0, 12);
    const [low, high] = part(1).estimate.interval?.(0.95) ?? expect.fail();
    expect(together[1] - together[0]).toBeCloseTo(high - low, 12);
  });
});

describe("properties", () => {
  const end = fc.double({ min: -100, max: 100, noNaN: true });
  const range = fc.tuple(end, end).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const bounds = fc
    .tuple(range, fc.boolean(), fc.boolean())
    .map(([[low, high], below, above]): Bounds => ({ low: below ? low : null, high: above ? high : null }));
  const estimate = range.map(([low, high]) => ({
    estimate: { value: (low + high) / 2, interval: () => [low, high] as const, influence: null },
    counts: true,
  }));

  test("a range within a range that is inside is inside, and never outside", () => {
    fc.assert(
      fc.property(range, bounds, fc.double({ min: 0, max: 1, noNaN: true }), ([low, high], limits, share) => {
        const point = Math.min(high, low + share * (high - low));
        const inner = [point, point] as const;
        const outer = placeOf([low, high], limits);
        if (outer !== "across") expect(placeOf(inner, limits)).toBe(outer);
      }),
    );
  });

  test("a claim and its opposite never both hold; all implies any", () => {
    fc.assert(
      fc.property(fc.array(estimate, { minLength: 1, maxLength: 6 }), end, (parts, bound) => {
        const above = { low: bound, high: null };
        const below = { low: null, high: bound - 1e-9 };
        for (const quantifier of ["all", "mean", "median", "min", "max"] as const)
          expect([
            verdictOf(parts, quantifier, above, false),
            verdictOf(parts, quantifier, below, false),
          ]).not.toEqual(["holds", "holds"]);
        if (verdictOf(parts, "all", above, false) === "holds")
          expect(verdictOf(parts, "any", above, false)).toBe("holds");
      }),
    );
  });

  test("without intervals, and with parts that do not count, nothing is told", () => {
    fc.assert(
      fc.property(fc.array(estimate, { minLength: 1, maxLength: 4 }), bounds, (parts, limits) => {
        const mute = parts.map((part) => ({ ...part, counts: false }));
        const bare = parts.map((part) => ({ ...part, estimate: { ...part.estimate, interval: null } }));
        expect(verdictOf(mute, "all", limits, false)).toBe("cannot-tell");
        expect(verdictOf(bare, "mean", limits, false)).toBe("cannot-tell");
      }),
    );
  });
});

test("many intervals that hold together are each at a higher level", () => {
  expect(levelOfEach(0.95, 1)).toBeCloseTo(0.95, 12);
  expect(levelOfEach(0.95, 10)).toBeCloseTo(0.995, 12);
});
