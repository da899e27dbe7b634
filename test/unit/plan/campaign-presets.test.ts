// Presets of campaigns: usable drafts on any machine, with the pairs that the paper measured.
import { expect, test } from "vitest";
import { environments } from "#shared/environments/registry.ts";
import { campaignDraftSchema, campaignSchema } from "#shared/model/campaign.ts";
import { campaignPreset, campaignPresets, presetDraft, stepsLeftOut } from "#shared/plan/campaign-presets.ts";
import { demoDraft } from "#shared/plan/demo-draft.ts";
import { findings } from "#shared/plan/findings.ts";
import { refusedCells } from "#shared/plan/obstacles.ts";
import { conditionsIn, planSessions } from "#shared/plan/plan-sessions.ts";
import { presetNames } from "#shared/model/workload.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { sampleCampaign } from "../sample-campaign.ts";
import { sampleFacts } from "../sample-facts.ts";

const { lab } = sampleCampaign();
const facts = sampleFacts();
const loadgen = sampleFacts({ machine: "loadgen", hostname: "load-1" });
const cases = campaignPresets.flatMap((preset) =>
  presetNames.map((sizes) => ({ id: preset.id, sizes, preset })),
);

test.each(cases)("$id, $sizes: a draft that can be planned, without an error", ({ preset, sizes }) => {
  for (const known of [facts, null]) {
    const draft = presetDraft(lab, sizes, known, preset);
    expect(campaignDraftSchema.parse(draft)).toEqual(draft);
    const { labId: _, ...design } = draft;
    const campaign = campaignSchema.parse({ ...sampleCampaign(), ...design });
    expect(planSessions(campaign).length).toBeGreaterThan(0);
    const found = findings({ campaign, facts: { sut: known, loadgen }, workloads, environments });
    // Memory for the paper's sizes is another matter than the design.
    expect(found.filter(({ severity, field }) => severity === "error" && field !== null)).toEqual([]);
  }
});

test("the paper's matrix pairs MySQL with Table 2, and refuses two sockets where there is one node", () => {
  const draft = presetDraft(lab, "quick", facts, campaignPreset("felter-2014"));
  const measured = (workload: string) =>
    draft.configurations
      .filter(({ id }) => conditionsIn(draft, id).some((condition) => condition.workload === workload))
      .map(({ id }) => id);
  expect(measured("mysql")).toEqual([
    "native",
    "docker-host",
    "docker-nat",
    "docker-layer",
    "docker-nat-layer",
    "kvm",
    "kvm-vhost-qcow2",
  ]);
  const { labId: _, ...design } = draft;
  const campaign = campaignSchema.parse({ ...sampleCampaign(), ...design });
  const refused = refusedCells({ campaign, facts: { sut: facts, loadgen }, workloads, environments });
  expect([...new Set(refused.map(({ slot }) => slot))]).toEqual([
    "native-two-sockets",
    "docker-two-sockets",
    "kvm-two-sockets",
  ]);
  for (const { reason } of refused) expect(reason).toContain("one NUMA node");
});

test("a walk's draft has its ladder, and tells what the machine does not offer", () => {
  const preset = campaignPreset("walk-kvm");
  const { ladders, configurations } = presetDraft(lab, "quick", facts, preset);
  const ids = configurations.map(({ id }) => id);
  expect(ids[0]).toBe("native");
  expect(ladders?.[0]?.steps).toEqual(ids.slice(1));
  expect(stepsLeftOut(preset, facts).join()).toContain("one NUMA node");
});

test("the demo's guests are small, whatever the machine has", () => {
  for (const full of [false, true]) {
    const { configurations } = demoDraft(lab, { full }, facts);
    for (const configuration of configurations)
      if (configuration.environment === "kvm") expect(configuration.machine.memoryMiB).toBe(1024);
  }
});
