// The hosts' part of the API where no host is there: what it can say without one, and how it fails.
import { safe } from "@orpc/client";
import { expect, test } from "vitest";
import { presetDraft } from "#shared/plan/campaign-presets.ts";
import { sampleLab } from "../../fixtures/sample-sut.ts";
import { serveCore } from "../../fixtures/served-core.ts";

const away = { ...sampleLab.sut, address: "127.0.0.1", port: 1, auth: { kind: "password" } } as const;
const lab = { ...sampleLab, sut: away, loadgen: { ...away, user: "bench" } };
const [native] = presetDraft(sampleLab, "quick", null).configurations;
if (native === undefined) throw new Error("the preset has no configuration");

test("the settings of a configuration are told without a host, with their undo", async () => {
  const api = await (await serveCore()).client();
  await api.labs.save(lab);
  const configuration = { ...native, pages: { thp: "never", hugePages2M: 16 } } as const;
  const settings = await api.hosts.settings({ labId: lab.id, configuration });
  expect(settings.map(({ title }) => title)).toEqual([
    "Set transparent huge pages to never",
    "Reserve 16 huge pages of 2 MiB",
  ]);
  expect(settings[0]).toMatchObject({
    apply: [expect.stringMatching(/^# as root\nsh \/root\/.*\/settings\.sh thp-set enabled never$/)],
    undo: [expect.stringMatching(/thp-set enabled '\{before\}'$/)],
  });
  expect(await api.hosts.settings({ labId: lab.id, configuration: { ...native, pages: {} } })).toEqual([]);
});

test("both hosts that cannot be reached are told of, and nothing counts as found there", async () => {
  const api = await (await serveCore()).client();
  await api.labs.save(lab);
  const looks = [];
  for await (const look of await api.hosts.changes({ labId: lab.id })) looks.push(look);
  expect(looks).toMatchObject([
    { role: "sut", host: "root@127.0.0.1", status: "failed", failure: { code: "ADDRESS_UNREACHABLE" } },
    { role: "loadgen", host: "bench@127.0.0.1", status: "failed" },
  ]);
  const found = await api.hosts.found({ labId: lab.id });
  expect(await found.next()).toEqual({ done: false, value: [] });
  await found.return(undefined);
  const compare = await safe(api.hosts.compare({ labId: lab.id, role: "sut", against: null }));
  expect(compare.error).toMatchObject({ data: { code: "ADDRESS_UNREACHABLE" } });
});

test("undoing needs changes that are named as ids", async () => {
  const api = await (await serveCore()).client();
  const changes = [{ campaignId: "../x", id: "c0001-thp" }];
  const { error } = await safe(api.hosts.undo({ labId: lab.id, role: "sut", changes, overwrite: false }));
  expect(error).toMatchObject({ code: "BAD_REQUEST" });
});
