// Pause, cancel and a second controller, at moments when a run, an environment's start or nothing is under way.
import { afterEach, expect, test } from "vitest";
import type { CampaignEvent } from "#shared/model/event.ts";
import { withDemoLab } from "../lab.ts";
import { type DataFolder, newDataFolder } from "./core-process.ts";
import { completes, expectEachRunOnce } from "./expect-each-run-once.ts";
import { describeHosts, expectHosts, keepAccountOfStarts } from "./host-traces.ts";
import { withKeptImage } from "./keep-image.ts";
import { nuttcpFor, shortConditions, smallDraft } from "./small-campaign.ts";

const fixture = withDemoLab();
withKeptImage(fixture);
const folders: DataFolder[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

async function begin() {
  const { lab } = fixture;
  const data = newDataFolder(lab);
  folders.push(data);
  await keepAccountOfStarts(lab);
  return { lab, data, before: await describeHosts(lab) };
}

const conditions = [nuttcpFor(3), shortConditions.stream];
const measuring = (event: CampaignEvent) => event.type === "run-phase" && event.phase === "measure";
const containerStarts = (event: CampaignEvent) =>
  event.type === "change" && event.record.change.kind === "container" && event.record.status === "journalled";
const connecting = (event: CampaignEvent) => event.type === "stage" && event.name === "connect";
const equipping = (event: CampaignEvent) => event.type === "stage" && event.name === "kernels";

test("paused while connecting, while equipping, during an environment's start and during a run, it goes on each time", async () => {
  const { lab, data, before } = await begin();
  const id = await data.create(smallDraft(lab.demo.lab, ["native", "docker-nat"], { conditions }));
  for (const moment of [connecting, equipping, containerStarts, measuring]) {
    const seen = (await data.content(id)).events.length;
    const core = data.resume(id);
    await data.waitFor(id, (event) => event.seq > seen && moment(event), core);
    core.pause();
    const { status, printed } = await core.ended;
    expect({ status, paused: printed.includes("Paused") }, printed).toEqual({ status: 1, paused: true });
    expect(await data.state(id)).toMatchObject({ status: "paused" });
    await expectHosts(lab, before);
  }
  await completes(data, id);
  await expectEachRunOnce(lab, data, id);
  await expectHosts(lab, before);
});

test("cancelled during a run and during an environment's start, it keeps what it measured and can still be taken up", async () => {
  const { lab, data, before } = await begin();
  const id = await data.create(smallDraft(lab.demo.lab, ["native", "docker-nat"], { conditions }));
  for (const moment of [measuring, containerStarts]) {
    const seen = (await data.content(id)).events.length;
    const core = data.resume(id);
    await data.waitFor(id, (event) => event.seq > seen && moment(event), core);
    await core.cancel();
    const { status, printed } = await core.ended;
    expect(status, printed).toBe(130);
    const { events } = await data.content(id);
    expect(events.at(-1)).toMatchObject({ type: "campaign-ended", outcome: "cancelled" });
    expect(events.filter(({ type }) => type === "hosts-compared").slice(-2)).toMatchObject([
      { differences: [] },
      { differences: [] },
    ]);
    await expectHosts(lab, before);
  }
  await completes(data, id);
  await expectHosts(lab, before);
});

test("a second controller is refused and told who measures; a second process of the same campaign too", async () => {
  const { lab, data, before } = await begin();
  const other = newDataFolder(lab);
  folders.push(other);
  const first = await data.create(smallDraft(lab.demo.lab, ["native"], { name: "The first", conditions }));
  const second = await other.create(smallDraft(lab.demo.lab, ["native"], { name: "The second", conditions }));
  const running = data.resume(first);
  await data.waitFor(first, measuring, running);

  const refused = await other.resume(second).ended;
  expect(refused).toMatchObject({
    status: 4,
    printed: expect.stringContaining('"The first" measures since'),
  });
  expect((await other.content(second)).events.at(-1)).toMatchObject({
    outcome: "failed",
    failure: { code: "HOST_BUSY" },
  });
  expect(await data.resume(first).ended).toMatchObject({
    status: 4,
    printed: expect.stringContaining(`Process ${running.pid} of this computer already runs this campaign`),
  });

  const { status, printed } = await running.ended;
  expect(status, printed).toBe(0);
  await expectEachRunOnce(lab, data, first);
  const { status: later, printed: said } = await other.resume(second).ended;
  expect(later, said).toBe(0);
  await expectHosts(lab, before);
});
