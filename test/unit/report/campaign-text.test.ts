// What `tare report` prints.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { campaignText } from "#shared/report/campaign-text.ts";
import { evidenceSummary } from "#shared/report/evidence-summary.ts";
import { refusedSentences } from "#shared/report/refused-text.ts";
import { runIdOf } from "#shared/plan/plan-sessions.ts";
import { initialState } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { runMap, runState, sampleCampaign } from "../sample-campaign.ts";
import { sampleWorkloads } from "../sample-workloads.ts";
import { walkCampaign, walkResults, walkState } from "../sample-walk.ts";

test("results are followed by ladders, start-up, what was not measured, evidence and the network", async () => {
  const text = campaignText(walkCampaign, walkState, walkResults);
  await expect(text.replaceAll("\u00A0", " ")).toMatchFileSnapshot("campaign-walk.txt");
});

test("a campaign without any of these has its results alone, and the network where it was used", () => {
  const campaign = sampleCampaign({ conditions: sampleCampaign().conditions.slice(0, 1) });
  const nothing = results(campaign, initialState, sampleWorkloads);
  expect(campaignText(campaign, initialState, nothing)).not.toMatch(
    /Ladders|Start-up|Evidence|Network|refused/,
  );
  expect(campaignText(sampleCampaign(), initialState, nothing)).toContain(
    "The network path was not recorded.",
  );
});

test("no line is wider than 100 columns, however long the labels", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 200 }), (label) => {
      const configurations = walkCampaign.configurations.map((each) => ({ ...each, label }));
      const campaign = { ...walkCampaign, configurations };
      const text = campaignText(campaign, walkState, results(campaign, walkState, sampleWorkloads));
      expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    }),
    { numRuns: 30 },
  );
});

test("runs without evidence are counted, and what was not held is told with the first example", () => {
  const bare = runState(runIdOf(1, "docker-nat", "stream-quick"));
  const runs = runMap([...walkState.runs.values(), bare]);
  const summary = evidenceSummary(walkCampaign, runs).find(({ slot }) => slot === "docker-nat");
  expect(summary).toMatchObject({ runs: 8, withEvidence: 7 });
  expect(
    summary?.gaps.map(({ name, verdict, runs: count, example }) => [name, verdict, count, example.runId]),
  ).toEqual([
    ["load-generator", "not-held", 1, "b02-docker-nat-redis-c50"],
    ["throttling", "unknown", 7, "b01-docker-nat-redis-c50"],
  ]);
  expect(evidenceSummary(sampleCampaign(), new Map())).toEqual([]);
});

test("refused cells of one configuration and reason are one sentence", () => {
  const cell = { slot: "docker-host", conditionId: "redis-c50", reason: "No port is free." };
  expect(refusedSentences(walkCampaign, [...walkResults.refused, cell])).toEqual([
    "Docker host, Redis, 50 clients: No port is free.",
    "Docker macvlan, all conditions: The driver of data0 on sut-1 takes no second address.",
  ]);
});
