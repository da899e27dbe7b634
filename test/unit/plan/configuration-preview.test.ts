// What the wizard of a configuration shows is what the plan of a whole campaign has for it, for all that the paper compares.
import { expect, test } from "vitest";
import { campaignOf } from "#main/campaign/create-campaign.ts";
import { planOf } from "#main/campaign/plan-of.ts";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import { campaignPresets, presetDraft } from "#shared/plan/campaign-presets.ts";
import { previewDraft, previewLines, previewSteps } from "#shared/plan/configuration-preview.ts";
import { serverFacts, twoSocketsServer } from "../../fixtures/servers.ts";
import { sampleLab } from "../../fixtures/sample-sut.ts";

const lab = { ...sampleLab, sut: { ...sampleLab.sut, dataInterface: "data0" } };
const facts = {
  sut: serverFacts(twoSocketsServer, "sut"),
  loadgen: serverFacts(twoSocketsServer, "loadgen"),
};

const dryRun = (draft: CampaignDraft) =>
  planOf(campaignOf(draft, lab, { tare: "0", node: "0", platform: "0" }, new Date(0)), facts);

test.each(campaignPresets.map((preset) => [preset.id, preset] as const))(
  "%s: each configuration's preview is the plan's text",
  async (_id, preset) => {
    const draft = { ...presetDraft(lab, "quick", facts.sut, preset), name: "preview", blocks: 1, seed: 1 };
    const { scope: _scope, ladders: _ladders, ...whole } = draft;
    const plan = await dryRun({ ...whole, host: { dropCaches: false, sysctls: {} } });
    for (const configuration of draft.configurations) {
      const preview = await dryRun(previewDraft(configuration, lab.id, draft.conditions));
      const shown = previewLines(previewSteps(preview, configuration.id, draft.conditions));
      expect(shown.length).toBeGreaterThan(0);
      // The order of runs is the campaign's own; the changes and their undo stand around them.
      const planned = previewLines(previewSteps(plan, configuration.id, draft.conditions));
      expect(shown.toSorted()).toEqual(planned.toSorted());
    }
  },
);
