// A host that shows another key than before: nothing is done there, and the campaign goes on once a person has put that right.
import { readFileSync, writeFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { hostRoles } from "#shared/model/lab.ts";
import { withDemoLab } from "../lab.ts";
import { type DataFolder, newDataFolder } from "./core-process.ts";
import { completes, expectEachRunOnce } from "./expect-each-run-once.ts";
import { describeHosts, expectHosts, keepAccountOfStarts } from "./host-traces.ts";
import { fewConditions, smallDraft } from "./small-campaign.ts";

const fixture = withDemoLab();
let data: DataFolder | undefined;
afterEach(() => data?.remove());

const roles = process.env["TARE_LONG"] === "1" ? hostRoles : (["sut"] as const);

test.each(roles)("the key of %s changed between two sessions", async (role) => {
  const { lab } = fixture;
  data = newDataFolder(lab);
  await keepAccountOfStarts(lab);
  const before = await describeHosts(lab);
  const id = await data.create(smallDraft(lab.demo.lab, ["native"], { conditions: fewConditions }));
  const first = data.resume(id);
  await data.waitFor(id, ({ type }) => type === "run-started", first);
  first.pause();
  expect(await first.ended).toMatchObject({ status: 1, printed: expect.stringContaining("Paused") });

  const right = readFileSync(data.knownHosts, "utf8");
  const { address } = lab.demo.lab[role];
  const [own, other] = right
    .trimEnd()
    .split("\n")
    .toSorted((line) => (line.startsWith(address) ? -1 : 1));
  // The host still shows its own key; what is known of it is the other host's.
  const wrong = `${address} ${other?.split(" ").slice(1).join(" ")}`;
  writeFileSync(data.knownHosts, right.replace(own ?? "", wrong));
  const second = await data.resume(id).ended;
  expect(second).toMatchObject({ status: 3, printed: expect.stringContaining(address) });
  const { events } = await data.content(id);
  expect(events.at(-1)).toMatchObject({
    type: "campaign-ended",
    outcome: "failed",
    failure: { code: "HOST_KEY_CHANGED" },
  });
  await expectHosts(lab, before);

  writeFileSync(data.knownHosts, right);
  await completes(data, id);
  await expectEachRunOnce(lab, data, id);
  await expectHosts(lab, before);
});
