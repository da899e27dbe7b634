// The library over the API as a window uses it: notes, search, the bin, and datasets by the socket and by a request.
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Dataset } from "#shared/model/dataset.ts";
import { paperId } from "#shared/model/dataset.ts";
import { serveCore } from "../../fixtures/served-core.ts";

const recorded = join(import.meta.dirname, "../../fixtures/campaigns/2026-11-24-demo-229c51");
const campaignId = "demo-229c51";

test("a campaign and the paper are annotated, found, renamed, removed and brought back", async () => {
  const { client, core } = await serveCore();
  const api = await client();
  await cp(recorded, join(core.paths.campaigns, "2026-11-24-demo-229c51"), { recursive: true });
  const entry = async (id: string) => (await api.library.list()).campaigns.find((each) => each.id === id);
  expect(await entry(campaignId)).toMatchObject({ origin: "measured", tags: [], importedAt: null });
  expect(await entry(paperId)).toMatchObject({ origin: "paper", tags: [] });

  const annotation = { tags: ["spring"], note: "before the BIOS update", archived: true };
  await api.library.annotate({ campaignId, annotation });
  await api.library.annotate({ campaignId: paperId, annotation: { ...annotation, tags: ["reference"] } });
  await api.library.rename({ campaignId, name: "On the train" });
  expect(await entry(campaignId)).toMatchObject({ ...annotation, name: "On the train" });
  expect(await entry(paperId)).toMatchObject({ tags: ["reference"], note: annotation.note });
  expect(await api.library.find({ text: "bios spring tra" })).toEqual({ campaignIds: [campaignId] });
  expect(await api.library.find({ text: "BIOS refer" })).toEqual({ campaignIds: [paperId] });
  // The design stays as it was measured.
  expect((await api.campaigns.get({ campaignId })).name).toBe("Demo");

  await api.library.remove({ campaignId });
  expect(await entry(campaignId)).toBeUndefined();
  await api.library.restore({ campaignId });
  expect(await entry(campaignId)).toMatchObject({ name: "On the train", tags: ["spring"] });
  await api.library.remove({ campaignId });
  await api.library.purge({ campaignId: null });
  expect(await api.library.list()).toMatchObject({ removed: [], disk: { campaigns: 0, removed: 0 } });
  for await (const state of await api.library.watch()) {
    expect(state.generation).toBeGreaterThan(1);
    break;
  }
  await api.library.rebuild();
});

test("datasets come by the socket and by a request alike; the request is for who is signed in", async () => {
  const { client, core, ask, signIn } = await serveCore();
  const api = await client();
  await cp(recorded, join(core.paths.campaigns, "2026-11-24-demo-229c51"), { recursive: true });
  const campaignIds = [paperId, campaignId];
  const address = `/data/datasets?campaigns=${campaignIds.join(",")}&subjects=redis,stream`;
  const cookie = await signIn();
  const answer = await ask(address, { headers: { cookie } });
  expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
  const byRequest = JSON.parse(answer.body) as Dataset[];
  expect(byRequest).toEqual(await api.library.datasets({ campaignIds, subjects: ["redis", "stream"] }));
  expect(byRequest.map(({ id }) => id)).toEqual(campaignIds);
  for (const { points } of byRequest)
    expect(new Set(points.map(({ subject }) => subject))).toEqual(new Set(["redis", "stream"]));

  expect((await ask(address)).status).toBe(401);
  const status = async (path: string) => (await ask(path, { headers: { cookie } })).status;
  expect(await status("/data/datasets?campaigns=none")).toBe(404);
  expect(await status("/data/datasets?campaigns=../x")).toBe(400);
  expect(await status("/data/datasets")).toBe(400);
  expect(await status(`/data/datasets?campaigns=${paperId}&subjects=nonsense`)).toBe(400);
  expect(await status("/data/else")).toBe(404);
});
