// No run lost, none measured twice: by the journal, and by the hosts' own account of the programs that were started.
import { expect } from "vitest";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import type { TestLab } from "../lab.ts";
import type { DataFolder } from "./core-process.ts";
import { measureStarts } from "./host-traces.ts";
import { told } from "./told.ts";

/** Resumes the campaign, which must then come to its end with every run measured. */
export async function completes(data: DataFolder, campaignId: string): Promise<void> {
  const { status, printed } = await data.resume(campaignId).ended;
  expect(status, `${printed}\n${told((await data.content(campaignId)).events)}`).toBe(0);
}

/** `keepAccountOfStarts` must have been called before the campaign. Guests keep no account; their runs count by the journal alone. */
export async function expectEachRunOnce(lab: TestLab, data: DataFolder, campaignId: string): Promise<void> {
  const { campaign, events } = await data.content(campaignId);
  const planned = planSessions(campaign).flatMap(({ runs }) => runs);
  const measured = events.flatMap((event) =>
    event.type === "run-ended" && event.outcome === "ok" ? [event.runId] : [],
  );
  expect(measured.toSorted(), told(events)).toEqual(planned.map(({ runId }) => runId).toSorted());
  const inGuest = new Set(
    events.flatMap((event) =>
      event.type === "run-phase" && event.phase === "measure" && event.machine === "guest"
        ? [event.runId]
        : [],
    ),
  );
  const counted = planned.filter(({ runId }) => !inGuest.has(runId)).map(({ runId }) => [runId, 1] as const);
  expect(await measureStarts(lab, campaignId), told(events)).toEqual(new Map(counted));
}
