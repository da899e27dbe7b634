// Time left: from the workloads' estimates first, then from what was measured.
import { expect, test } from "vitest";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { timeLeft } from "#shared/plan/time-left.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { initialState } from "#shared/state/campaign-state.ts";
import { native, runMap, runState, sampleCampaign } from "../sample-campaign.ts";
import { sampleWorkloads as workloads } from "../sample-workloads.ts";

const campaign = sampleCampaign({ blocks: 2, configurations: [native], control: false });
const plan = planSessions(campaign);
const now = Date.parse("2026-01-02T03:05:00.000Z");

const left = (change: Partial<CampaignState>) =>
  timeLeft({ campaign, plan, state: { ...initialState, ...change }, workloads, now });
const started = { startedAt: "2026-01-02T03:04:00.000Z" };

test("before anything was measured, estimates and Tare's own steps add up to the finish time", () => {
  // Four runs of 10 + 3 s, two starts of 3 s, 20 s of preparation, 15 s of restoration.
  expect(left({})).toEqual({ seconds: 93, finishAt: "2026-01-02T03:06:33.000Z" });
});

test("a measured cell takes what it took, and an unmeasured one is scaled as the measured ones were", () => {
  const runs = runMap([runState("b01-native-redis-c50", { totalSeconds: 26 })]);
  // Redis in block 2: 26 s. STREAM twice: 13 s stated, twice as long as Redis took to its 13 s. One start was measured.
  const environmentSeconds = new Map([["native", 1]]);
  expect(left({ ...started, runs, environmentSeconds }).seconds).toBe(26 + 2 * 26 + 2 * 1 + 15);
});

test("the run that is under way counts with what is left of it, and its environment is up already", () => {
  const first = plan[0]?.runs[0]?.runId ?? "";
  const runs = runMap([runState(first, { status: "running", startedAt: "2026-01-02T03:04:55.000Z" })]);
  const session = {
    block: 1,
    slot: "native",
    startedAt: "2026-01-02T03:04:50.000Z",
    serverAddress: "198.18.1.2",
    accelerator: "none",
  } as const;
  expect(left({ ...started, runs, session }).seconds).toBe(13 - 5 + 3 * 13 + 3 + 15);
});

test("nothing is left of a campaign whose runs have all ended", () => {
  const runs = runMap(plan.flatMap((session) => session.runs).map(({ runId }) => runState(runId)));
  expect(left({ ...started, runs }).seconds).toBe(0);
});
