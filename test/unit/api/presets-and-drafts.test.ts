// Presets and drafts over the API: real files, without what confirms a device, with the time of saving.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { safe } from "@orpc/client";
import { expect, test } from "vitest";
import {
  campaignFormSchema,
  newCampaignForm,
  type CampaignForm,
} from "#renderer/wizards/campaign/campaign-form.ts";
import type { OwnPreset } from "#shared/contract/configurations.ts";
import type { SavedDraft } from "#shared/contract/drafts.ts";
import { serialLeftOut } from "#shared/plan/configuration-file.ts";
import { serveCore } from "../../fixtures/served-core.ts";
import { sampleFacts } from "../sample-facts.ts";

const preset: OwnPreset = {
  id: "preset-0a1b2c",
  title: "On the spare disk",
  summary: "",
  configuration: {
    id: "native",
    label: "Native",
    environment: "native",
    pinning: { memory: { policy: "default" } },
    pages: {},
    network: { mode: "host" },
    storage: { kind: "device", device: { path: "/dev/nvme1n1", serial: "S5XBNE0R301234" } },
  },
};

test("a preset is kept without the typed serial number of its device", async () => {
  const { client, core } = await serveCore();
  const api = await client();
  await api.configurations.save({ ...preset, id: "preset-z", title: "Another" });
  const saved = await api.configurations.save(preset);
  expect(saved.configuration.storage).toEqual({
    kind: "device",
    device: { path: "/dev/nvme1n1", serial: serialLeftOut },
  });
  expect((await api.configurations.list()).presets.map(({ title }) => title)).toEqual([
    "Another",
    "On the spare disk",
  ]);
  const text = await readFile(join(core.paths.data, "configurations", `${preset.id}.json`), "utf8");
  expect(text).not.toContain("S5XBNE0R301234");
  await api.configurations.remove({ presetId: "preset-z" });
  expect((await api.configurations.list()).presets).toEqual([saved]);
});

/** As JSON keeps it. */
const plain = (form: CampaignForm) => JSON.parse(JSON.stringify(form)) as SavedDraft["form"];

test("a draft comes back as it was typed, newest first; a form that is too large is refused", async () => {
  const api = await (await serveCore()).client();
  const form: CampaignForm = { ...newCampaignForm("pair", sampleFacts()), name: "half-ty", blocks: "ten?" };
  const first = await api.drafts.save({ id: "draft-1", kind: "campaign", name: "One", form: plain(form) });
  const second = await api.drafts.save({ id: "draft-2", kind: "campaign", name: "Two", form: plain(form) });
  const again = await api.drafts.save({ id: "draft-1", kind: "campaign", name: "One", form: plain(form) });
  expect(again.savedAt >= second.savedAt && second.savedAt >= first.savedAt).toBe(true);
  const { drafts, errors } = await api.drafts.list();
  expect(errors).toEqual([]);
  expect(drafts).toHaveLength(2);
  expect(drafts.map(({ savedAt }) => savedAt)).toEqual(
    drafts
      .map(({ savedAt }) => savedAt)
      .toSorted()
      .toReversed(),
  );
  for (const draft of drafts) expect(campaignFormSchema.parse(draft.form)).toEqual(form);
  const huge = {
    id: "draft-3",
    kind: "campaign",
    name: "Huge",
    form: { text: "x".repeat(2 ** 20) },
  } as const;
  expect((await safe(api.drafts.save(huge))).error).toMatchObject({ code: "BAD_REQUEST" });
  await api.drafts.remove({ draftId: "draft-1" });
  expect((await api.drafts.list()).drafts.map(({ id }) => id)).toEqual(["draft-2"]);
});
