// The API end to end: a client over a WebSocket, a real core, real folders.
import { readdir } from "node:fs/promises";
import { ORPCError, safe } from "@orpc/client";
import { expect, test } from "vitest";
import { openCampaignFolder } from "#main/library/campaign-folder.ts";
import { findCampaign } from "#main/library/library.ts";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import { hostRoles, type Lab } from "#shared/model/lab.ts";
import { presetDraft } from "#shared/plan/campaign-presets.ts";
import { sampleLab } from "../../fixtures/sample-sut.ts";
import { serveCore } from "../../fixtures/served-core.ts";
import { sampleFacts } from "../sample-facts.ts";

const draft: CampaignDraft = presetDraft(sampleLab, "quick", null);

/** Code and message of the failure that a call ends with. */
async function failureOf(call: Promise<unknown>): Promise<unknown> {
  const { error } = await safe(call);
  if (!(error instanceof ORPCError)) throw new Error("the call was answered", { cause: error });
  const { defined, code, data } = error as ORPCError<string, unknown>;
  return defined ? data : { code, data };
}

test("the window learns what it runs in", async () => {
  const { client, core } = await serveCore();
  expect(await (await client()).app.info()).toMatchObject({
    version: "1.2.3",
    shell: "browser",
    shellReason: "Because.",
    dataFolder: core.paths.data,
    openCampaign: null,
    demo: { reason: expect.stringMatching(/\.$/) as string },
  });
});

test("a lab is saved, listed, replaced and removed", async () => {
  const api = await (await serveCore()).client();
  expect(await api.labs.list()).toEqual({ labs: [], errors: [] });
  expect(await api.labs.save(sampleLab)).toEqual(sampleLab);
  await api.labs.save({ ...sampleLab, name: "Renamed" });
  expect((await api.labs.list()).labs.map(({ name }) => name)).toEqual(["Renamed"]);
  expect(await api.labs.facts({ labId: sampleLab.id })).toEqual({ sut: null, loadgen: null });
  await api.labs.remove({ labId: sampleLab.id });
  expect((await api.labs.list()).labs).toEqual([]);
});

test("a lab with a bad value is refused with the field's path, and nothing is stored", async () => {
  const { client, core } = await serveCore();
  const api = await client();
  const bad: [string, Lab][] = [
    ["name", { ...sampleLab, name: "two\nlines" }],
    ["name", { ...sampleLab, name: "  " }],
    ["id", { ...sampleLab, id: "../../etc/cron.d/x" }],
    ["sut.address", { ...sampleLab, sut: { ...sampleLab.sut, address: "-oProxyCommand=reboot" } }],
    ["sut.address", { ...sampleLab, sut: { ...sampleLab.sut, address: "host; reboot" } }],
    ["sut.user", { ...sampleLab, sut: { ...sampleLab.sut, user: "$(reboot)" } }],
    ["loadgen.port", { ...sampleLab, loadgen: { ...sampleLab.loadgen, port: 65_536 } }],
    ["guest.address", { ...sampleLab, guest: { address: "198.18.0.65" } }],
  ];
  for (const [field, lab] of bad) {
    const failure = (await failureOf(api.labs.save(lab))) as {
      code: string;
      data: { issues: { path: string[] }[] };
    };
    expect(failure.code).toBe("BAD_REQUEST");
    expect(failure.data.issues.map(({ path }) => path.join("."))).toContain(field);
  }
  expect(await readdir(core.paths.data).catch(() => [])).toEqual([]);
});

test("what the contract does not name is refused, not ignored", async () => {
  const api = await (await serveCore()).client();
  const secret = { ...sampleLab, password: "x" };
  expect(await failureOf(api.labs.save(secret))).toMatchObject({ code: "BAD_REQUEST" });
  const extra = { campaignId: "x", afterSeq: 0, more: true };
  expect(await failureOf(api.campaigns.events(extra))).toMatchObject({ code: "BAD_REQUEST" });
  expect(await failureOf(api.campaigns.get({ campaignId: "../x" }))).toMatchObject({ code: "BAD_REQUEST" });
});

test("Tare's own errors arrive as they were raised", async () => {
  const api = await (await serveCore()).client();
  expect(await failureOf(api.campaigns.get({ campaignId: "none" }))).toEqual({
    code: "NOT_FOUND",
    message: expect.stringContaining("There is no campaign none") as string,
  });
  expect(await failureOf(api.campaigns.pause({ campaignId: "none" }))).toMatchObject({ code: "NOT_FOUND" });
  expect(await failureOf(api.labs.test({ labId: "none" }))).toMatchObject({ code: "NOT_FOUND" });
  expect(await failureOf(api.prompts.answer({ kind: "dismiss", id: "none" }))).toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await failureOf(api.campaigns.create(draft))).toMatchObject({ code: "NOT_FOUND" });
});

test("a draft is planned without a trace, created, listed and removed", async () => {
  const { client, core } = await serveCore();
  const api = await client();
  await api.labs.save(sampleLab);
  for (const role of hostRoles) await core.labs.saveFacts(sampleLab.id, role, sampleFacts());
  const plan = await api.campaigns.dryRun({ ...draft, seed: 7 });
  expect(plan).toMatchObject({ seed: 7, factsTakenAt: sampleFacts().takenAt });
  expect(plan.runs).toBeGreaterThan(0);
  const measured = async () =>
    (await api.library.list()).campaigns.filter(({ origin }) => origin === "measured");
  expect(await measured()).toEqual([]);

  const campaign = await api.campaigns.create({ ...draft, seed: 7 });
  expect(await api.campaigns.get({ campaignId: campaign.id })).toEqual(campaign);
  expect(await measured()).toMatchObject([{ id: campaign.id, status: "ready", runsPlanned: plan.runs }]);
  expect(await api.campaigns.files({ campaignId: campaign.id, runId: "b01-native-x" })).toEqual([]);
  expect(await failureOf(api.campaigns.files({ campaignId: campaign.id, runId: "../.." }))).toMatchObject({
    code: "NOT_FOUND",
  });
  await api.library.remove({ campaignId: campaign.id });
  expect((await api.library.list()).removed).toMatchObject([{ campaignId: campaign.id, name: draft.name }]);
  expect(await readdir(core.paths.campaigns)).toEqual([]);
});

test("a draft that makes no sense is refused, with a sentence", async () => {
  const api = await (await serveCore()).client();
  await api.labs.save(sampleLab);
  const withoutNative = draft.configurations.filter(({ environment }) => environment !== "native");
  const [first] = draft.conditions;
  if (first === undefined) throw new Error("the preset has no conditions");
  const bad: [CampaignDraft, RegExp][] = [
    [{ ...draft, configurations: withoutNative }, /needs a native configuration/],
    [{ ...draft, conditions: [first, first] }, /condition id/],
    [{ ...draft, conditions: [{ ...first, parameters: { ...first.parameters, nonsense: 1 } }] }, /nonsense/],
  ];
  for (const [each, message] of bad) {
    expect(await failureOf(api.campaigns.create(each))).toMatchObject({
      code: "INPUT_INVALID",
      message: expect.stringMatching(message) as string,
    });
  }
});

test("events are streamed from any number on, also those to come, and again after a dropped connection", async () => {
  const { client, core } = await serveCore();
  const api = await client();
  await api.labs.save(sampleLab);
  const { id: campaignId } = await api.campaigns.create(draft);
  const folder = await openCampaignFolder(await findCampaign(core.paths.campaigns, campaignId));
  await folder.append({ type: "remark", text: "second" });

  const seen: number[] = [];
  for await (const { seq } of await api.campaigns.events({ campaignId, afterSeq: 1 })) {
    seen.push(seq);
    if (seq < 4) await folder.append({ type: "remark", text: "later" });
    else break;
  }
  expect(seen).toEqual([2, 3, 4]);
  const again = await client();
  for await (const { seq } of await again.campaigns.events({ campaignId, afterSeq: 3 })) {
    expect(seq).toBe(4);
    break;
  }
  await folder.close();
});

test("a question of the core reaches the window and its answer the core", async () => {
  const { client, core } = await serveCore();
  const api = await client();
  const asked = core.prompts.ask(
    { kind: "password", host: "sut", user: "bench", retry: false },
    new AbortController().signal,
  );
  for await (const [open] of await api.prompts.watch()) {
    if (open === undefined) break;
    expect(open).toMatchObject({ kind: "password", host: "sut" });
    await api.prompts.answer({ kind: "secret", id: open.id, secret: "s3cret" });
  }
  expect(await asked).toMatchObject({ secret: "s3cret" });
});
