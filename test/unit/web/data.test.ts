// `GET /data/datasets`: for this page's session, the subjects that are asked for alone, failures whole.
import { expect, test } from "vitest";
import type { Dataset } from "#shared/model/dataset.ts";
import { serveCore } from "../../fixtures/served-core.ts";

test("datasets come by HTTP as the call gives them, with the points of the subjects alone", async () => {
  const served = await serveCore();
  const cookie = await served.signIn();
  const answer = await served.ask("/data/datasets?campaigns=felter-2014&subjects=redis,fio", {
    headers: { cookie },
  });
  expect(answer.headers).toMatchObject({
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  const found = JSON.parse(answer.body) as Dataset[];
  const client = await served.client();
  expect(found).toEqual(
    await client.library.datasets({ campaignIds: ["felter-2014"], subjects: ["redis", "fio"] }),
  );
  expect(new Set(found[0]?.points.map(({ subject }) => subject))).toEqual(new Set(["redis", "fio"]));
  expect((await served.ask("/data/datasets?campaigns=felter-2014")).status).toBe(401);
});

test.each([
  ["datasets?campaigns=felter-2014,gone-1", 404, "NOT_FOUND"],
  ["datasets?campaigns=felter-2014&subjects=chess", 400, "INPUT_INVALID"],
  ["datasets", 400, "INPUT_INVALID"],
  ["everything?campaigns=felter-2014", 404, "NOT_FOUND"],
])("GET /data/%s is %i with a failure", async (path, status, code) => {
  const served = await serveCore();
  const answer = await served.ask(`/data/${path}`, { headers: { cookie: await served.signIn() } });
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toMatchObject({
    code,
    message: expect.stringMatching(/\w+.*\.$/) as string,
  });
});
