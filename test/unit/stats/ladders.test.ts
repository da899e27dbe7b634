// Ladders: each step to the one before, its share of the whole, and what cannot be said.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { campaignSchema } from "#shared/model/campaign.ts";
import type { LadderRow } from "#shared/model/result.ts";
import { runIdOf } from "#shared/plan/plan-sessions.ts";
import { initialState, type RunState } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { native, dockerNat, runMap, runState, sampleCampaign } from "../sample-campaign.ts";
import { sampleWorkloads } from "../sample-workloads.ts";

const steps = ["a", "b", "c", "d"];
const campaign = campaignSchema.parse(
  sampleCampaign({
    configurations: [native, ...steps.map((id) => ({ ...dockerNat, id, label: `Step ${id}` }))],
    ladders: [{ id: "walk", title: "From a to d", steps }],
    blocks: 4,
  }),
);
type Walk = Readonly<Record<string, readonly (number | null)[]>>;
const quiet: Walk = { native: [10, 10.1, 9.9, 10], "native.control": [10.02, 10.08, 9.9, 10.01] };
const walk: Walk = {
  a: [20, 20.4, 19.8, 20.1],
  b: [24, 24.6, 23.7, 24.3],
  c: [23.9, 24.7, 23.8, 24.2],
  d: [30, 30.9, 29.4, 30.3],
};

function runsOf(values: Walk, change: Partial<RunState> = {}): RunState[] {
  return Object.entries(values).flatMap(([slot, list]) =>
    list.map((value, index) =>
      runState(runIdOf(index + 1, slot, "stream-quick"), {
        status: value === null ? "failed" : "ok",
        measurements: value === null ? [] : [{ metric: "triad", value, unit: "GB/s" }],
        ...change,
      }),
    ),
  );
}
const laddersOf = (runs: readonly RunState[], design = campaign): readonly LadderRow[] =>
  results(design, { ...initialState, runs: runMap(runs) }, sampleWorkloads).ladders;
const triad = (ladders: readonly LadderRow[]) =>
  ladders.find(({ metric, conditionId }) => metric.name === "triad" && conditionId === "stream-quick");
const sum = (numbers: readonly (number | null)[]) =>
  numbers.reduce<number>((all, each) => all + (each ?? 0), 0);

test("ratio, interval and share of each step are those computed by hand in Python", () => {
  const row = triad(laddersOf(runsOf({ ...quiet, ...walk })));
  expect(row).toMatchObject({ ladderId: "walk", title: "From a to d", distinguishable: true });
  expect(row?.total?.value).toBeCloseTo(1.50171345, 8);
  expect(row?.total?.interval?.map((end) => end.toFixed(8))).toEqual(["1.48149647", "1.52220632"]);
  expect(row?.steps.map(({ ratio }) => ratio?.value.toFixed(8))).toEqual([
    undefined,
    "1.20294256",
    "0.99999206",
    "1.24837663",
  ]);
  expect(row?.steps[1]?.ratio?.interval?.map((end) => end.toFixed(8))).toEqual(["1.19430066", "1.21164699"]);
  expect(row?.steps.map(({ share }) => share?.toFixed(8))).toEqual([
    undefined,
    "0.45442109",
    "-0.00001952",
    "0.54559843",
  ]);
  expect(row?.steps.map(({ distinguishable }) => distinguishable)).toEqual([null, true, false, true]);
  expect(row?.steps.map(({ label, mean }) => [label, mean?.toFixed(3)])).toEqual([
    ["Step a", "20.075"],
    ["Step b", "24.150"],
    ["Step c", "24.150"],
    ["Step d", "30.150"],
  ]);
});

/** Each step 1.2 to 3 times the one before, 1 % noise, and any of the runs of two blocks failed. */
const anyWalk = fc
  .array(
    fc.record({
      factor: fc.double({ min: 1.2, max: 3, noNaN: true }),
      noise: fc.array(fc.double({ min: 0.99, max: 1.01, noNaN: true }), { minLength: 4, maxLength: 4 }),
      failed: fc.subarray([1, 3]),
    }),
    { minLength: steps.length, maxLength: steps.length },
  )
  .map((parts): Walk => {
    let level = 10;
    return Object.fromEntries(
      parts.map(({ factor, noise, failed }, index) => {
        level *= factor;
        const own = level;
        return [steps[index] ?? "", noise.map((each, at) => (failed.includes(at) ? null : each * own))];
      }),
    );
  });

test("the shares of a walk add up to 1, whichever runs failed", () => {
  fc.assert(
    fc.property(anyWalk, (values) => {
      const row = triad(laddersOf(runsOf({ ...quiet, ...values })));
      expect(row?.distinguishable).toBe(true);
      expect(sum(row?.steps.map(({ share }) => share) ?? [])).toBeCloseTo(1, 9);
    }),
  );
});

test("the order of blocks does not matter, and neither does the unit", () => {
  fc.assert(
    fc.property(anyWalk, fc.constantFrom(0.001, 1000), (values, unit) => {
      const expected = triad(laddersOf(runsOf({ ...quiet, ...values })));
      const changed = Object.fromEntries(
        Object.entries({ ...quiet, ...values }).map(([slot, list]) => [
          slot,
          list.toReversed().map((each) => (each === null ? null : each * unit)),
        ]),
      );
      const found = triad(laddersOf(runsOf(changed)));
      const numbers = (row: LadderRow | undefined) =>
        row?.steps.map(({ ratio, share }) => [ratio?.value ?? 0, share ?? 0].map((each) => each.toFixed(6)));
      expect(numbers(found)).toEqual(numbers(expected));
    }),
  );
});

test("a failed run takes only its own block out of the two steps that it belongs to", () => {
  const row = triad(laddersOf(runsOf({ ...quiet, ...walk, b: [24, null, 23.7, 24.3] })));
  expect(row?.steps.map(({ ratio }) => ratio?.value.toFixed(4))).toEqual([
    undefined,
    "1.2020",
    "0.9986",
    "1.2484",
  ]);
  expect(sum(row?.steps.map(({ share }) => share) ?? [])).toBeCloseTo(1, 12);
});

test("a way that leads nowhere has no shares", () => {
  const row = triad(laddersOf(runsOf({ ...quiet, ...walk, d: [20.1, 20.3, 19.9, 20] })));
  expect(row?.distinguishable).toBe(false);
  expect(row?.steps.map(({ share }) => share)).toEqual([null, null, null, null]);
});

test("nothing is said of emulated steps, nor of a step that was not measured", () => {
  const emulated = triad(laddersOf([...runsOf(quiet), ...runsOf(walk, { emulated: true })]));
  expect(emulated?.steps[1]).toMatchObject({ distinguishable: null, share: null, emulated: true });
  expect(emulated?.steps[1]?.ratio?.value).toBeCloseTo(1.2029, 4);
  const refused = triad(laddersOf(runsOf({ ...quiet, ...walk, b: [] })));
  expect(refused?.steps.map(({ mean, ratio }) => [mean === null, ratio === null])).toEqual([
    [false, true],
    [true, true],
    [false, true],
    [false, false],
  ]);
  expect(refused?.total?.value).toBeCloseTo(1.5017, 4);
});

test("a condition that one of the steps is not measured with has no row", () => {
  const design = { ...campaign, scope: { c: ["redis" as const] } };
  expect(triad(laddersOf(runsOf({ ...quiet, ...walk }), design))).toBeUndefined();
  const unknown = { ...campaign, ladders: [{ id: "walk", title: "Walk", steps: ["a", "gone"] }] };
  expect(laddersOf(runsOf({ ...quiet, ...walk }), unknown)).toEqual([]);
});

test("evidence that was not held counts for the step to a configuration and for the step away from it", () => {
  const item = (verdict: "held" | "not-held") =>
    ({ name: "cpus", required: true, verdict, expected: "CPUs 0-1", found: "CPUs 0-1" }) as const;
  const { b, ...others } = { ...quiet, ...walk };
  const row = triad(
    laddersOf([
      ...runsOf(others, { evidence: [item("held")] }),
      ...runsOf({ b: b ?? [] }, { evidence: [item("not-held")] }),
    ]),
  );
  expect(row?.steps.map(({ evidence }) => evidence)).toEqual(["held", "not-held", "not-held", "held"]);
});
