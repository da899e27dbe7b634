// From a campaign's runs to rows: what is counted, what is marked, what is left open.
import { initialState } from "#shared/state/campaign-state.ts";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ResultRow } from "#shared/model/result.ts";
import { runIdOf } from "#shared/plan/plan-sessions.ts";
import type { RunState } from "#shared/state/campaign-state.ts";
import { marksOf } from "#shared/report/result-table.ts";
import { results } from "#shared/stats/results.ts";
import { runMap, runState, sampleCampaign } from "../sample-campaign.ts";
import { sampleWorkloads } from "../sample-workloads.ts";

const campaign = sampleCampaign({ blocks: 4 });

/** Runs of STREAM in a slot, block by block; null stands for a run that failed. */
const streamRuns = (slot: string, values: readonly (number | null)[], change: Partial<RunState> = {}) =>
  values.map((value, index) =>
    runState(runIdOf(index + 1, slot, "stream-quick"), {
      status: value === null ? "failed" : "ok",
      measurements: value === null ? [] : [{ metric: "triad", value, unit: "GB/s" }],
      ...change,
    }),
  );

const resultsOf = (runs: readonly RunState[], design = campaign) =>
  results(design, { ...initialState, runs: runMap(runs) }, sampleWorkloads);
const rowsOf = (runs: readonly RunState[], design = campaign) => resultsOf(runs, design).rows;
const rowIn = (rows: readonly ResultRow[], slot: string) =>
  rows.find((row) => row.slot === slot && row.metric.name === "triad");

const quiet = [
  ...streamRuns("native", [10, 10.1, 9.9, 10]),
  ...streamRuns("native.control", [10.02, 10.08, 9.9, 10.01]),
];

test("a row tells its values, its mean and deviation, its ratio to native and the verdict", () => {
  const { rows, floors } = resultsOf([...quiet, ...streamRuns("docker-nat", [9, 9.1, 8.9, 9.05])]);
  expect(rowIn(rows, "native")).toMatchObject({ mean: 10, ratio: null, distinguishable: null, planned: 4 });
  const docker = rowIn(rows, "docker-nat");
  expect(docker?.mean).toBeCloseTo(9.0125, 12);
  expect(docker?.deviation).toBeCloseTo(0.0853912563829966, 12);
  expect(docker?.ratio?.value).toBeCloseTo(0.90124, 4);
  expect(docker?.distinguishable).toBe(true);
  expect(rowIn(rows, "native.control")?.distinguishable).toBe(false);
  expect(floors).toHaveLength(1);
  expect(floors[0]?.ratio).toEqual(rowIn(rows, "native.control")?.ratio);
});

test("failed runs count as failed, carry no value, and take only their own block out of the ratio", () => {
  const native = streamRuns("native", [10, null, 10, 10]);
  const rows = rowsOf([...native, ...streamRuns("docker-nat", [9, 9, null, 9])]);
  expect(rowIn(rows, "native")).toMatchObject({ failed: 1, planned: 4 });
  expect(rowIn(rows, "docker-nat")?.values.map(({ block }) => block)).toEqual([1, 2, 4]);
  expect(rowIn(rows, "docker-nat")?.ratio?.value).toBeCloseTo(0.9, 12);
  const apart = rowsOf([
    ...streamRuns("native", [10, null, 10, null]),
    ...streamRuns("kvm", [null, 8, null, 8]),
  ]);
  expect(rowIn(apart, "kvm")).toMatchObject({ mean: 8, ratio: null, distinguishable: null, failed: 2 });
});

test("a condition in which every run failed still has a row for each slot", () => {
  const rows = rowsOf(streamRuns("native", [null, null, null, null]));
  const native = rowIn(rows, "native");
  expect(native).toMatchObject({ failed: 4, values: [], mean: null, deviation: null });
  expect(rows.filter(({ workload }) => workload === "stream")).toHaveLength(4);
});

test("an outlier is marked and stays in the mean", () => {
  const row = rowIn(rowsOf(streamRuns("native", [10, 10, 10.1, 25])), "native");
  expect(row?.values.map(({ outlier }) => outlier)).toEqual([false, false, false, true]);
  expect(row?.mean).toBeCloseTo(13.775, 12);
});

test("emulated runs are marked, and no verdict is given on them", () => {
  const rows = rowsOf([...quiet, ...streamRuns("kvm", [1, 1.1, 0.9, 1], { emulated: true })]);
  expect(rowIn(rows, "kvm")).toMatchObject({ emulated: true, distinguishable: null });
});

test("with one block there is a ratio without interval; without native there is none", () => {
  const one = sampleCampaign({ blocks: 1 });
  const runs = [...streamRuns("native", [10]), ...streamRuns("docker-nat", [9])];
  const row = rowIn(rowsOf(runs, one), "docker-nat");
  expect(row).toMatchObject({
    ratio: { value: 0.9, interval: null },
    distinguishable: null,
    deviation: null,
  });
  const withoutNative = { ...one, configurations: one.configurations.slice(1) };
  expect(rowIn(rowsOf(runs, withoutNative), "docker-nat")?.ratio).toBeNull();
});

test("the order in which the runs ended does not matter", () => {
  const runs = [...quiet, ...streamRuns("docker-nat", [9, null, 8.9, 9.05])];
  const expected = resultsOf(runs);
  fc.assert(
    fc.property(fc.shuffledSubarray(runs, { minLength: runs.length }), (order) => {
      expect(resultsOf(order)).toEqual(expected);
    }),
  );
});

test("evidence is the worst of a row's runs; a run without any is unknown where others have some", () => {
  const item = { name: "cpus", required: true, expected: "CPUs 0-1", found: "CPUs 0-1" } as const;
  const held = { evidence: [{ ...item, verdict: "held" as const }] };
  const [bare] = streamRuns("docker-nat", [9]);
  const [, ...rest] = streamRuns("docker-nat", [9, 9, 9, null], held);
  const evidenceOf = (runs: readonly RunState[]) => rowIn(rowsOf(runs), "docker-nat")?.evidence;
  expect(evidenceOf([...(bare === undefined ? [] : [bare]), ...rest])).toBe("unknown");
  expect(evidenceOf(streamRuns("docker-nat", [9, 9, 9, null], held))).toBe("held");
  expect(evidenceOf(streamRuns("docker-nat", [9, 9]))).toBeNull();
  const missed = streamRuns("native", [10], { evidence: [{ ...item, verdict: "not-held" }] });
  const context = { evidence: [{ ...item, verdict: "not-held" as const, required: false }] };
  expect(rowIn(rowsOf(missed), "native")?.evidence).toBe("not-held");
  // A ratio is no better proven than what it is taken to.
  const docker = rowIn(rowsOf([...missed, ...streamRuns("docker-nat", [9], held)]), "docker-nat");
  expect(docker).toMatchObject({ evidence: "held", nativeEvidence: "not-held" });
  expect(docker === undefined ? [] : marksOf(docker)).toContain("evidence of native not held");
  expect(rowIn(rowsOf(streamRuns("native", [10], context)), "native")?.evidence).toBe("held");
});
