// What is left to do, after any history.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { cellId } from "#shared/model/campaign.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { isStopped, newRefusals, nextAttempt, remaining } from "#shared/plan/remaining.ts";
import { runMap, runState, sampleCampaign } from "../sample-campaign.ts";

const plan = planSessions(sampleCampaign({ blocks: 7 }));
const planned = plan.flatMap(({ runs }) => runs);
const nothing = new Set<string>();
const statuses = fc.constantFrom("ok", "failed", "cancelled", "running", "absent");

/** State in which the KVM Redis cell has these statuses, block by block. */
const history = (...each: ("ok" | "failed" | "cancelled" | "absent")[]) => ({
  stoppedCells: nothing,
  runs: runMap(
    each.flatMap((status, index) =>
      status === "absent" ? [] : [runState(`b0${index + 1}-kvm-redis-c50`, { status })],
    ),
  ),
});

const stopped = (...each: Parameters<typeof history>) =>
  isStopped(plan, history(...each), "kvm", "redis-c50");

test("every planned run is done, skipped or missing, and only runs that never ended are run again", () => {
  fc.assert(
    fc.property(fc.array(statuses, { minLength: planned.length, maxLength: planned.length }), (each) => {
      const runs = runMap(
        planned.flatMap(({ runId }, index) => {
          const status = each[index];
          return status === undefined || status === "absent" ? [] : [runState(runId, { status })];
        }),
      );
      const { sessions, next, counts } = remaining(plan, { runs, stoppedCells: nothing });
      expect(counts.ok + counts.failed + counts.skipped + counts.missing).toBe(counts.planned);
      expect(counts.planned).toBe(planned.length);
      const missing = sessions.flatMap((session) => session.runs);
      expect(missing.length).toBe(counts.missing);
      expect(missing).toEqual(planned.filter((run) => missing.includes(run)));
      expect(missing.map(({ runId }) => runs.get(runId)?.status)).not.toContain("ok");
      expect(missing.map(({ runId }) => runs.get(runId)?.status)).not.toContain("failed");
      expect(sessions.every((session) => session.runs.length > 0)).toBe(true);
      expect(next).toBe(sessions[0] ?? null);
    }),
  );
});

test("a cell is stopped by five failures in a row, and by nothing less", () => {
  expect(stopped("failed", "failed", "failed", "failed")).toBe(false);
  expect(stopped("failed", "failed", "failed", "failed", "failed")).toBe(true);
  expect(stopped("failed", "failed", "ok", "failed", "failed", "failed")).toBe(false);
  expect(stopped("ok", "failed", "failed", "failed", "failed", "failed")).toBe(true);
  expect(stopped("failed", "cancelled", "failed", "absent", "failed", "failed", "failed")).toBe(true);
});

test("what a stopped cell still had to do is skipped, whether or not the stop was journalled", () => {
  const five = history("failed", "failed", "failed", "failed", "failed");
  expect(remaining(plan, five).counts).toMatchObject({ failed: 5, skipped: 2 });
  const journalled = { runs: runMap([]), stoppedCells: new Set([cellId("kvm", "redis-c50")]) };
  expect(remaining(plan, journalled).counts.skipped).toBe(7);
});

test("attempts at a run count up", () => {
  const state = { runs: runMap([runState("b01-kvm-redis-c50", { attempt: 2, status: "cancelled" })]) };
  expect([nextAttempt(state, "b01-kvm-redis-c50"), nextAttempt(state, "b02-kvm-redis-c50")]).toEqual([3, 1]);
});

test("a refusal is journalled once, and never of a cell that the lab has already measured", () => {
  const refusal = (slot: string, reason: string) => ({ slot, conditionId: "redis-c50", reason });
  const found = [refusal("kvm", "memory"), refusal("native", "a tool"), refusal("native", "another tool")];
  const before = { runs: history("ok").runs, refusedCells: new Map() };
  expect(newRefusals(found, plan, before)).toEqual([refusal("native", "a tool")]);
  const told = new Map([[cellId("native", "redis-c50"), refusal("native", "a tool")]]);
  expect(newRefusals(found, plan, { runs: history("failed").runs, refusedCells: told })).toEqual([
    refusal("kvm", "memory"),
  ]);
});
