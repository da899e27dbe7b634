// The core is killed at random instants, again and again, and taken up again: nothing is lost, nothing measured twice.
import { afterEach, expect, test } from "vitest";
import { setTimeout as sleep } from "node:timers/promises";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { withDemoLab } from "../lab.ts";
import { type DataFolder, newDataFolder } from "./core-process.ts";
import { describeHosts, expectHosts, keepAccountOfStarts, measureStarts } from "./host-traces.ts";
import { seededRandom } from "./seeded-random.ts";
import { type ConfigurationId, smallDraft } from "./small-campaign.ts";

const fixture = withDemoLab();
const long = process.env["TARE_LONG"] === "1";
let data: DataFolder | undefined;
afterEach(() => data?.remove());

interface Case {
  readonly name: string;
  readonly ids: readonly ConfigurationId[];
  readonly kills: number;
  readonly seed: number;
}

test.each<Case>([
  { name: "native and Docker", ids: ["native", "docker-nat"], kills: long ? 60 : 22, seed: 1 },
  ...(long ? [{ name: "a guest too", ids: ["native", "docker-nat", "kvm"], kills: 40, seed: 2 }] : []),
])(
  "a campaign over $name survives $kills kills of the core",
  async ({ ids, kills, seed }) => {
    const { lab } = fixture;
    data = newDataFolder(lab);
    await keepAccountOfStarts(lab);
    const id = await data.create(smallDraft(lab.demo.lab, ids));
    const before = await describeHosts(lab);
    const random = seededRandom(seed);

    let died = 0;
    while (died < kills) {
      const core = data.resume(id);
      const end = await Promise.race([core.ended, sleep(300 + random() * 5700)]);
      if (end !== undefined) break;
      await core.kill();
      died += 1;
    }
    console.log(`killed ${died} times`);
    const last = await data.resume(id).ended;
    expect(last, last.printed).toMatchObject({ status: 0 });

    const { campaign, events } = await data.content(id);
    const planned = planSessions(campaign).flatMap(({ runs }) => runs.map(({ runId }) => runId));
    const ends = events.filter((event) => event.type === "run-ended" && event.outcome === "ok");
    expect(ends.map((event) => event.type === "run-ended" && event.runId).toSorted()).toEqual(
      planned.toSorted(),
    );
    expect(await measureStarts(lab, id)).toEqual(new Map(planned.map((runId) => [runId, 1])));
    await expectHosts(lab, before);
  },
  600_000,
);
