// Links that are cut and sessions that are killed while a campaign is under way: the work on the hosts goes on without them.
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { CampaignEvent } from "#shared/model/event.ts";
import { hostRoles } from "#shared/model/lab.ts";
import { withDemoLab } from "../lab.ts";
import { type CoreProcess, type DataFolder, newDataFolder } from "./core-process.ts";
import { expectEachRunOnce } from "./expect-each-run-once.ts";
import { describeHosts, expectHosts, keepAccountOfStarts } from "./host-traces.ts";
import { nuttcpFor, smallDraft } from "./small-campaign.ts";

const fixture = withDemoLab();
const long = process.env["TARE_LONG"] === "1";
let data: DataFolder | undefined;
afterEach(() => data?.remove());

const measuring = (run: number) => (event: CampaignEvent) =>
  event.type === "run-phase" && event.phase === "measure" && event.runId.endsWith(`-n${run}`);

/** How long the link to each host is cut; the run under way takes 6 s. */
const cutSeconds = { sut: 20, loadgen: long ? 20 : 5 };

test(`the link to the SUT is cut for ${cutSeconds.sut} s and that to the load generator for ${cutSeconds.loadgen} s, each during a run, and no run is lost`, async () => {
  const { lab } = fixture;
  data = newDataFolder(lab);
  await keepAccountOfStarts(lab);
  const before = await describeHosts(lab);
  const conditions = hostRoles.map((_, index) => ({ ...nuttcpFor(6), id: `n${index}` }));
  const id = await data.create(smallDraft(lab.demo.lab, ["native"], { conditions }));
  const core = data.resume(id);
  for (const [index, role] of hostRoles.entries()) {
    await data.waitFor(id, measuring(index), core);
    await sleep(1500);
    await lab.demo.cutLink(role);
    await sleep(1000 * cutSeconds[role]);
    await lab.demo.restoreLink(role);
    // The second one is cut only once the first run is in the journal.
    await data.waitFor(id, (event) => event.type === "run-ended" && event.runId.endsWith(`-n${index}`), core);
  }
  await expectToEndWell(core);
  await expectEachRunOnce(lab, data, id);
  await expectHosts(lab, before);
});

test("sshd's sessions are killed during an environment's start, a run and an undo", async () => {
  const { lab } = fixture;
  data = newDataFolder(lab);
  await keepAccountOfStarts(lab);
  const before = await describeHosts(lab);
  const conditions = [{ ...nuttcpFor(3), id: "n0" }];
  const id = await data.create(smallDraft(lab.demo.lab, ["native", "docker-nat"], { conditions }));
  const core = data.resume(id);
  const moments: ((event: CampaignEvent) => boolean)[] = [
    (event) => event.type === "change" && isContainer(event, "journalled"),
    (event) => measuring(0)(event) && isOf(event, "docker-nat"),
    (event) => event.type === "run-ended" && event.runId.includes("docker-nat"),
    (event) => event.type === "stage" && event.name === "restore",
  ];
  for (const moment of moments) {
    await data.waitFor(id, moment, core);
    await sleep(300);
    for (const role of hostRoles) await lab.demo.killSessions(role);
  }
  await expectToEndWell(core);
  const { events } = await data.content(id);
  expect(events.filter(({ type }) => type === "link-lost").length).toBeGreaterThanOrEqual(4);
  expect((await data.state(id)).linksLost).toEqual(new Set());
  await expectEachRunOnce(lab, data, id);
  await expectHosts(lab, before);
});

function isContainer(event: Extract<CampaignEvent, { type: "change" }>, status: string): boolean {
  return event.record.change.kind === "container" && event.record.status === status;
}

function isOf(event: CampaignEvent, slot: string): boolean {
  return event.type === "run-phase" && event.runId.includes(slot);
}

async function expectToEndWell(core: CoreProcess): Promise<void> {
  const { status, printed } = await core.ended;
  expect(status, printed).toBe(0);
}
