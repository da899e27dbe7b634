// Campaigns in and out over HTTP: for this page's session only, whole or not at all, nothing left behind.
import { once } from "node:events";
import { readdir, utimes, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { importResponse } from "#main/web/import-response.ts";
import { type ServedCore, serveCore } from "../../fixtures/served-core.ts";
import { exported, goodContents, smallLibrary, tareFile } from "../../fixtures/tare-files.ts";

const folders = (served: ServedCore) => readdir(served.core.paths.campaigns).catch(() => []);
const received = (served: ServedCore) => readdir(join(served.core.paths.cache, "received")).catch(() => []);

async function post(served: ServedCore, body: Buffer, change: Readonly<Record<string, string>> = {}) {
  const headers = { origin: served.origin, cookie: await served.signIn(), ...change };
  const address = `${served.origin}/import?name=${encodeURIComponent("from a <colleague>.tare")}`;
  const answer = await fetch(address, { method: "POST", body: new Uint8Array(body), headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

test("a file that is posted comes in, and goes out as the same bytes; the second time it is a duplicate", async () => {
  const served = await serveCore();
  const { campaigns } = await smallLibrary();
  const { bytes } = await exported(campaigns, "small-1");
  const first = await post(served, bytes);
  expect({ status: first.status, ...(JSON.parse(first.text) as object) }).toEqual({
    status: 200,
    outcome: "imported",
    campaignId: "small-1",
    name: "Sample",
    text: '"Sample" was imported.',
  });
  expect(first.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(JSON.parse((await post(served, bytes)).text)).toMatchObject({ outcome: "duplicate" });
  expect([await folders(served), await received(served)]).toEqual([["2026-01-02-small-1"], []]);

  const cookie = await served.signIn();
  const out = await fetch(`${served.origin}/export/small-1.tare`, { headers: { cookie } });
  expect(out.status).toBe(200);
  expect(out.headers.get("content-disposition")).toContain('attachment; filename="2026-01-02-small-1.tare"');
  expect(out.headers.get("x-content-type-options")).toBe("nosniff");
  const again = Buffer.from(await out.arrayBuffer());
  // The manifest names the version that wrote it, and nothing else differs.
  expect(again.toString("latin1")).toContain("campaign.json");
  expect(await post(served, again)).toMatchObject({ status: 200 });

  const hidden = await fetch(`${served.origin}/export/small-1.tare?anonymous=1`, { headers: { cookie } });
  expect(hidden.headers.get("content-disposition")).toMatch(
    /filename="2026-01-02-campaign-[0-9a-f]{8}\.tare"/,
  );
  expect(JSON.parse(decodeURIComponent(hidden.headers.get("tare-anonymous") ?? ""))).toMatchObject({
    replaced: expect.arrayContaining([{ kind: "address", words: "IP addresses", count: 3 }]) as unknown,
  });
  expect(
    Buffer.from(await hidden.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe("PK");
});

test("what is no campaign's file is refused with a sentence, and nothing is left", async () => {
  const served = await serveCore();
  const hostile = [Buffer.from("hello"), Buffer.alloc(0), tareFile({ ...goodContents, "../../evil": "x" })];
  for (const bytes of hostile) {
    const { status, text } = await post(served, bytes);
    expect(status).toBe(422);
    expect(JSON.parse(text)).toMatchObject({
      code: "INPUT_INVALID",
      message: expect.stringContaining('"from a <colleague>.tare"') as string,
    });
  }
  expect([await folders(served), await received(served)]).toEqual([[], []]);
});

test("only this page of this session may send or take a file", async () => {
  const served = await serveCore();
  const good = tareFile(goodContents);
  const { origin, port } = served;
  const statuses = [
    await post(served, good, { cookie: "" }),
    await post(served, good, { cookie: `tare-session-${port}=${"A".repeat(43)}` }),
    await post(served, good, { origin: "http://evil.example" }),
    await post(served, good, { origin: `http://127.0.0.1:${port + 1}` }),
    await post(served, good, { origin: "null" }),
    await post(served, good, { "sec-fetch-site": "same-site" }),
    await post(served, good, { "sec-fetch-site": "cross-site" }),
  ].map(({ status }) => status);
  expect(statuses).toEqual([401, 401, 403, 403, 403, 401, 401]);
  for (const path of ["/export/small-1.tare", "/%65xport/small-1.tare", "/export/felter-2014.tare"])
    expect((await fetch(`${origin}${path}`)).status, path).toBe(401);
  expect(await folders(served)).toEqual([]);
  expect((await served.ask("/import")).headers["content-type"]).toBe("text/html; charset=utf-8");
});

test.each([
  ["/export/none.tare", 404],
  ["/export/..%2f..%2fsecret.tare", 404],
  ["/export/.tare", 404],
  ["/export/felter-2014.tare", 422],
])("GET %s is %i with a sentence", async (path, status) => {
  const served = await serveCore();
  const answer = await served.ask(path, { headers: { cookie: await served.signIn() } });
  expect(answer.status).toBe(status);
  expect(answer.body).toMatch(/\w+.*\.$/);
});

test("a sender that vanishes half-way leaves nothing, and the server goes on", async () => {
  const served = await serveCore();
  const { port, origin } = served;
  const head = `Host: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\nCookie: ${await served.signIn()}\r\n`;
  const raw = connect(port, "127.0.0.1");
  await once(raw, "connect");
  raw.write(`POST /import HTTP/1.1\r\n${head}Content-Length: 100000\r\n\r\nPK`);
  await vi.waitFor(async () => expect(await received(served)).toHaveLength(1));
  raw.resetAndDestroy();
  await vi.waitFor(async () => expect(await received(served)).toEqual([]));
  expect((await served.ask("/")).status).toBe(200);
  expect(await folders(served)).toEqual([]);
});

test("a body without end is cut off at the limit", async () => {
  const { core } = await serveCore();
  async function* endless() {
    for (;;) yield Buffer.alloc(1000);
  }
  const signal = new AbortController().signal;
  const answer = await importResponse(core, { body: endless(), name: "", signal, longestBytes: 50_000 });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ code: "INPUT_INVALID" });
  expect(await readdir(join(core.paths.cache, "received"))).toEqual([]);
});

test("what a killed server received is forgotten after a day, and what is being received is not", async () => {
  const served = await serveCore();
  await post(served, Buffer.from("x"));
  const folder = join(served.core.paths.cache, "received");
  await writeFile(join(folder, "young.tare"), "x");
  await writeFile(join(folder, "old.tare"), "x");
  const longAgo = new Date(Date.now() - 2 * 24 * 3600 * 1000);
  await utimes(join(folder, "old.tare"), longAgo, longAgo);
  await post(served, Buffer.from("x"));
  expect(await received(served)).toEqual(["young.tare"]);
});
