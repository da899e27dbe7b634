// What the page of figures shows: by its address, by what is remembered, by what campaigns have.
import { expect, test } from "vitest";
import { figureDefinitions } from "#shared/figures/definitions.ts";
import { provenanceOf } from "#shared/figures/provenance.ts";
import { pointKey } from "#shared/figures/overlay.ts";
import type { CampaignEvent } from "#shared/model/event.ts";
import { runCommands } from "#shared/report/run-commands.ts";
import { paperDataset } from "#shared/reference/paper-dataset.ts";
import { paperFileSchema } from "#shared/reference/paper-file.ts";
import { figureEntries, figureGroups, figureNumber, mayHave } from "#renderer/pages/figures/figure-groups.ts";
import { choiceOf, moved, searchOf } from "#renderer/pages/figures/figures-state.ts";
import { readFileSync } from "node:fs";

const remembered = { campaigns: ["felter-2014"], scale: "relative", labelling: "paper" } as const;

test("an address says all of what is shown, and what it does not say is remembered", () => {
  const choice = choiceOf(new URLSearchParams("campaigns=b,a,b&scale=absolute&figure=figure-13"), {
    own: null,
    remembered,
  });
  expect(choice).toEqual({
    campaigns: ["b", "a"],
    scale: "absolute",
    labelling: "paper",
    figure: "figure-13",
  });
  expect(choiceOf(searchOf(choice), { own: null, remembered: {} })).toEqual(choice);
  expect(choiceOf(new URLSearchParams(), { own: null, remembered }).campaigns).toEqual(["felter-2014"]);
});

test("a campaign's own tab always shows it, and bad words of an address are passed over", () => {
  const choice = choiceOf(new URLSearchParams("campaigns=a,../b,&scale=huge"), {
    own: "mine",
    remembered: {},
  });
  expect(choice).toEqual({
    campaigns: ["mine", "a"],
    scale: "absolute",
    labelling: "measured",
    figure: null,
  });
  const kept = choiceOf(new URLSearchParams("campaigns=a,mine"), { own: "mine", remembered: {} });
  expect(kept.campaigns).toEqual(["a", "mine"]);
  const damaged = { campaigns: "felter-2014" as unknown as string[] };
  expect(choiceOf(new URLSearchParams(), { own: null, remembered: damaged }).campaigns).toEqual([]);
});

test("no more than a hundred campaigns are drawn", () => {
  const many = Array.from({ length: 150 }, (_, index) => `c${index}`).join(",");
  expect(
    choiceOf(new URLSearchParams({ campaigns: many }), { own: null, remembered: {} }).campaigns,
  ).toHaveLength(100);
});

test("chips move to the place that they are dragged to", () => {
  expect(moved(["a", "b", "c"], "a", 2)).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], "c", 0)).toEqual(["c", "a", "b"]);
});

test("figures stand in the paper's order by workload, tables first, what is beyond it last", () => {
  const groups = figureGroups(figureEntries);
  expect(groups.map(({ title }) => title).slice(0, 8)).toEqual([
    "LINPACK",
    "STREAM",
    "RandomAccess",
    "nuttcp",
    "netperf",
    "fio",
    "Redis",
    "MySQL",
  ]);
  expect(groups[1]?.figures.map(figureNumber)).toEqual(["Table 1", "Figure 2", "Figure 3"]);
  expect(groups.flatMap(({ figures }) => figures)).toHaveLength(figureEntries.length);
  expect(new Set(figureEntries.map(({ id }) => id)).size).toBe(figureEntries.length);
});

test("a figure is offered where the library says that a campaign ran its workload, or does not know", () => {
  const redis = figureDefinitions.find(({ id }) => id === "figure-13");
  if (redis === undefined) throw new Error("there is no figure 13");
  const campaign = { id: "a", name: "A", place: "", version: "", workloads: ["stream"] };
  expect(mayHave(redis, campaign)).toBe(false);
  expect(mayHave(redis, { ...campaign, workloads: ["redis"] })).toBe(true);
  expect(mayHave(redis, undefined)).toBe(true);
});

test("a page tells the paper's series and files behind what is drawn, of the campaigns that are drawn alone", () => {
  const path = "assets/reference/felter2014.json";
  const paper = paperDataset(paperFileSchema.parse(JSON.parse(readFileSync(path, "utf8"))));
  const point = paper.points.find(({ source }) => source?.series === "stream.fig2.kvm");
  if (point === undefined) throw new Error("the reference data lack the series");
  const other = { ...paper, id: "other", name: "Other" };
  const told = provenanceOf([paper, other], [pointKey(paper.id, point.id), ""]);
  expect(told.map(({ title }) => title)).toEqual(["Felter et al. 2014"]);
  expect(told[0]?.facts).toContainEqual(
    expect.objectContaining({
      name: "stream.fig2.kvm",
      text: expect.stringContaining("vm.single-socket") as string,
    }),
  );
  expect(told[0]?.facts).toContainEqual(
    expect.objectContaining({ name: "Report", text: expect.stringContaining("RC25482") as string }),
  );
});

test("commands are those of a run's latest attempt", () => {
  const at = "2026-11-24T08:00:00.000Z";
  const phase = (seq: number, runId: string, command: string): CampaignEvent => ({
    seq,
    at,
    type: "run-phase",
    runId,
    phase: "measure",
    machine: "loadgen",
    job: `job-${seq}`,
    command,
  });
  const start = (seq: number, attempt: number): CampaignEvent => ({
    seq,
    at,
    type: "run-started",
    runId: "a",
    attempt,
  });
  const events = [
    start(1, 1),
    phase(2, "a", "first"),
    start(3, 2),
    phase(4, "a", "second"),
    phase(5, "b", "other"),
  ];
  expect(runCommands(events, "a").map(({ command }) => command)).toEqual(["second"]);
  expect(runCommands(events, "never")).toEqual([]);
});
