// What `GET /data/…` refuses: with the whole failure, of which the window shows code, sentence and detail.
import { expect, test } from "vitest";
import { serveCore } from "../../fixtures/served-core.ts";

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
