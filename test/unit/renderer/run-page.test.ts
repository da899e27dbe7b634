// What the live page computes: its timeline, its clock, its controls, its live view.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { CampaignStatus } from "#shared/model/campaign-status.ts";
import type { CampaignEvent, EventBody } from "#shared/model/event.ts";
import { presetConditions } from "#shared/workloads/registry.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { byCell } from "#shared/plan/remaining.ts";
import { controlsOf, type Asked } from "#renderer/pages/run/control-rules.ts";
import { elapsedSeconds } from "#renderer/pages/run/elapsed.ts";
import { emptyLive, withLive } from "#renderer/pages/run/live-view.ts";
import { phasesOf } from "#renderer/pages/run/run-phases.ts";
import { areaPath, linePath } from "#renderer/pages/run/series-path.ts";
import { timelineOf } from "#renderer/pages/run/timeline-model.ts";
import { runMap, runState, sampleCampaign } from "../sample-campaign.ts";

const campaign = sampleCampaign();
const plan = planSessions(campaign);
const [first = "", second = "", third = "", fourth = ""] = plan
  .flatMap(({ runs }) => runs)
  .map(({ runId }) => runId);

test("the timeline takes measured lengths where a run has ended and expected ones where it has not", () => {
  const state = {
    runs: runMap([
      runState(first, { totalSeconds: 12, emulated: true }),
      runState(second, { status: "failed", totalSeconds: 2 }),
      runState(third, { status: "running" }),
      runState(fourth, { status: "cancelled", totalSeconds: 1 }),
    ]),
    stoppedCells: new Set<string>(),
    refusedCells: new Map(),
  };
  const inputs = { plan, state, live: true, expectRun: () => 7, startSeconds: () => 3 };
  const [block] = timelineOf(inputs);
  const cells = block?.sessions.flatMap((session) => session.cells) ?? [];
  expect(cells.slice(0, 5).map(({ status, seconds }) => [status, seconds])).toEqual([
    ["ok", 12],
    ["failed", 2],
    ["running", 7],
    ["missing", 7],
    ["missing", 7],
  ]);
  expect(cells[0]?.emulated).toBe(true);
  // Four environments start in the block, six runs are expected.
  expect(block).toMatchObject({ block: 1, seconds: 4 * 3 + 12 + 2 + 6 * 7, ended: 2, planned: 8 });
  // A run that no process carries any more is to be run again.
  const dead = timelineOf({ ...inputs, live: false })[0]?.sessions.flatMap((session) => session.cells);
  expect(dead?.[2]?.status).toBe("missing");
});

test("cells that failed too often are stopped, the runs that they had stay as they were", () => {
  const [run] = plan[0]?.runs ?? [];
  const cell = `${run?.slot}/${run?.conditionId}`;
  const state = {
    runs: runMap([runState(first, { status: "failed" })]),
    stoppedCells: new Set([cell]),
    refusedCells: new Map(),
  };
  const blocks = timelineOf({ plan, state, live: true, expectRun: () => 1, startSeconds: () => 0 });
  const ofCell = blocks
    .flatMap(({ sessions }) => sessions.flatMap(({ cells }) => cells))
    .filter((each) => each.run.slot === run?.slot && each.run.conditionId === run.conditionId);
  expect(ofCell.map(({ status }) => status)).toEqual(["failed", "stopped", "stopped"]);
});

test("a refused cell is neither missing nor failed, takes no time, and its environment is not started for it alone", () => {
  const [session] = plan;
  const cells = session?.runs ?? [];
  const refusedCells = byCell(
    cells.map(({ slot, conditionId }) => ({ slot, conditionId, reason: "Not offered." })),
  );
  const [block] = timelineOf({
    plan,
    state: { runs: runMap([]), stoppedCells: new Set<string>(), refusedCells },
    live: true,
    expectRun: () => 10,
    startSeconds: () => 3,
  });
  const own = block?.sessions.find(({ slot }) => slot === session?.slot);
  expect(own?.cells.map(({ status }) => status)).toEqual(cells.map(() => "refused"));
  expect(own?.startSeconds).toBe(0);
  expect(block?.planned).toBe(8 - cells.length);
  expect(block?.seconds).toBeLessThan(3 * 3 + 6 * 10 + 2);
});

test("the time that passed leaves out pauses and the silence of a process that was killed", () => {
  const started: EventBody = { type: "session-started", pid: 1, tare: "0.1.0", resumed: false };
  const journal = events([
    [0, started],
    [10, { type: "paused" }],
    [100, { ...started, resumed: true }],
    [105, { type: "remark", text: "last word" }],
    [900, { ...started, resumed: true }],
  ]);
  const now = Date.parse(journal[0]?.at ?? "") + 920_000;
  expect(elapsedSeconds(journal, now)).toBe(10 + 5 + 20);
  expect(elapsedSeconds(journal, null)).toBe(10 + 5);
  const ended = [...journal, ...events([[930, { type: "campaign-ended", outcome: "complete" }]], 6)];
  expect(elapsedSeconds(ended, now + 1e9)).toBe(10 + 5 + 30);
  expect(elapsedSeconds([], now)).toBe(0);
});

test.each<[CampaignStatus, Asked, number, string]>([
  ["ready", null, 9, "start"],
  ["ready", "start", 9, ""],
  ["running", null, 9, "pause cancel"],
  ["running", "pause", 9, "cancel"],
  ["running", "cancel", 9, ""],
  ["paused", null, 9, "start"],
  ["interrupted", null, 9, "start"],
  ["cancelled", null, 9, "start"],
  ["failed", null, 9, "start"],
  ["failed", null, 0, ""],
  ["complete", null, 0, ""],
  ["incomplete", null, 0, ""],
])("a campaign that is %s (asked: %s, %i runs missing) offers: %s", (status, asked, missing, wanted) => {
  const controls = Object.entries(controlsOf({ status, asked, missing }));
  expect(
    controls
      .filter(([, { enabled }]) => enabled)
      .map(([name]) => name)
      .join(" "),
  ).toBe(wanted);
  expect(controls.every(([, { reason }]) => reason.endsWith("."))).toBe(true);
});

test("output is the same however it was cut into pieces, and keeps its last 200 lines", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z\n]{0,12}$/), { maxLength: 40 }), (pieces) => {
      const lines = pieces.join("").split("\n");
      const shown = output(pieces)?.lines ?? [""];
      expect(shown).toEqual(lines.slice(-200));
    }),
  );
  const long = output(["line\n".repeat(500)]);
  expect(long?.lines.length).toBe(200);
  expect(long?.cut).toBe(true);
});

test("a carriage return writes the line anew, also when the pieces end in it", () => {
  expect(output(["10 %\r20 ", "%\r", "30 %\r\ndone"])?.lines).toEqual(["30 %", "done"]);
  expect(output(["10 %\r"])?.lines).toEqual(["10 %\r"]);
});

test("the output of the next run begins anew", () => {
  const before = withLive(emptyLive, { kind: "output", runId: "a", stream: "stdout", text: "old\n" }, 0);
  const after = withLive(before, { kind: "output", runId: "b", stream: "stderr", text: "new" }, 0);
  expect(after.output).toEqual({ runId: "b", lines: ["new"], cut: false });
});

test("samples of the last two minutes are kept", () => {
  const sample = {
    kind: "sample",
    machine: "sut",
    at: "2026-01-02T03:04:05.000Z",
    cpu: { user: 0.5, system: 0.1, iowait: 0, steal: 0, idle: 0.4 },
    network: { receive: 1, transmit: 2 },
    frequencyKhz: null,
  } as const;
  const view = [0, 60_000, 130_000].reduce((before, at) => withLive(before, sample, at), emptyLive);
  expect(view.samples.sut.map(({ receivedAt }) => receivedAt)).toEqual([60_000, 130_000]);
  expect(view.samples.loadgen).toEqual([]);
});

test("a series is not drawn through a gap", () => {
  const points = [0, 0.01, 0.5, 0.51].map((x) => ({ x, low: 0, high: 0.5 }));
  expect(linePath(points, 100, 10)).toBe("M0.0 5.0L1.0 5.0M50.0 5.0L51.0 5.0");
  expect(areaPath(points.slice(0, 2), 100, 10)).toBe("M0.0 5.0L1.0 5.0L1.0 10.0L0.0 10.0Z");
  expect(areaPath([], 100, 10)).toBe("");
});

test("the phases of a run tell which were passed, which is under way, and which the workload has none of", () => {
  const redis = sampleCampaign({ conditions: [...presetConditions("redis", "quick")] });
  const planned = planSessions(redis)[0]?.runs[0];
  if (planned === undefined) throw new Error("the plan is empty");
  const { runId } = planned;
  const phase = (name: "server" | "warm-up" | "measure"): EventBody => ({
    type: "run-phase",
    runId,
    phase: name,
    machine: "sut",
    job: "j",
    command: "c",
  });
  const journal = events([
    [0, { type: "run-started", runId, attempt: 1 }],
    [1, phase("server")],
    [2, phase("warm-up")],
    [3, phase("warm-up")],
    [5, phase("measure")],
  ]);
  const { steps, current } = phasesOf(
    redis,
    planned,
    runState(runId, { status: "running", endedAt: null }),
    journal,
  );
  expect(steps.map(({ phase: name, status, seconds }) => [name, status, seconds])).toEqual([
    ["prepare", "none", null],
    ["server", "done", 1],
    ["warm-up", "done", 3],
    ["measure", "under way", null],
    ["finish", "none", null],
  ]);
  expect(current?.phase).toBe("measure");
});

function output(pieces: readonly string[]) {
  return pieces.reduce(
    (view, text) => withLive(view, { kind: "output", runId: "a", stream: "stdout", text }, 0),
    emptyLive,
  ).output;
}

function events(
  entries: readonly (readonly [seconds: number, body: EventBody])[],
  from = 1,
): CampaignEvent[] {
  const start = Date.parse("2026-01-02T03:04:05.000Z");
  return entries.map(([seconds, body], index) => ({
    seq: from + index,
    at: new Date(start + seconds * 1000).toISOString(),
    ...body,
  }));
}
