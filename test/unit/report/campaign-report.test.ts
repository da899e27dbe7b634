// The README of a campaign's folder.
import { expect, test } from "vitest";
import { campaignReport } from "#shared/report/campaign-report.ts";
import { initialState } from "#shared/state/campaign-state.ts";
import { native, sampleCampaign } from "../sample-campaign.ts";
import { sampleFacts } from "../sample-facts.ts";
import { walkCampaign, walkResults, walkState } from "../sample-walk.ts";
import { emptyResults, finishedCampaign, finishedResults, finishedState } from "../sample-results.ts";

const state = {
  ...finishedState,
  samplerCost: new Map([["sut", 0.0012]] as const),
  comparisons: new Map([
    ["sut", [{ path: "memory.thp.enabled", before: "madvise", after: "never" }]],
    ["loadgen", []],
  ] as const),
};
const report = campaignReport(finishedCampaign, state, finishedResults, {
  sut: sampleFacts(),
  loadgen: sampleFacts({ machine: "loadgen", hostname: "load-1", docker: null }),
});

test("the report tells what was run, where, in what order, with what result and how sure", async () => {
  await expect(report.replaceAll("\u00A0", " ")).toMatchFileSnapshot("campaign-report.md");
});

test("ladders, start-up, refused cells, evidence and the network stand in the report", async () => {
  const text = campaignReport(walkCampaign, walkState, walkResults);
  await expect(text.replaceAll("\u00A0", " ")).toMatchFileSnapshot("campaign-report-walk.md");
});

test("on one machine the report says that no packet crosses a wire", () => {
  const demo = { ...walkCampaign, lab: { ...walkCampaign.lab, demo: true } };
  const said = "No packet of Redis crosses a wire (both hosts are one machine)";
  expect(campaignReport(demo, { ...walkState, networkPath: null }, walkResults)).toContain(said);
  expect(report).not.toContain("crosses a wire");
});

test("no text that a person typed has a meaning to Markdown", () => {
  const label = "`a` | **b** <img src=x> [c](d) # e";
  const campaign = sampleCampaign({ name: label, configurations: [{ ...native, label }] });
  const text = campaignReport(
    campaign,
    { ...initialState, remarks: [`${label}\n# heading`] },
    finishedResults,
  );
  const written = "\\`a\\` \\| \\*\\*b\\*\\* \\<img src=x\\> \\[c\\](d) \\# e";
  expect(text.split("\n")[0]).toBe(`# ${written}`);
  expect(text).toContain(`- ${written} \\# heading\n`);
  expect(text).not.toMatch(/[^\\]<img/);
});

test("a campaign that was never started has a report too", () => {
  const text = campaignReport(sampleCampaign(), initialState, emptyResults);
  expect(text).toContain("Status: not started. 0 of 24 runs succeeded, 0 failed, 24 missing.");
  expect(text).toContain("Nothing was measured yet.");
});
