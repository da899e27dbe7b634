// The core is killed at random instants, again and again, and taken up again: nothing is lost, nothing measured twice.
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { withDemoLab } from "../lab.ts";
import { type DataFolder, newDataFolder } from "./core-process.ts";
import { expectEachRunOnce } from "./expect-each-run-once.ts";
import { describeHosts, expectHosts, keepAccountOfStarts } from "./host-traces.ts";
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

const cases: readonly Case[] = [
  { name: "native and Docker", ids: ["native", "docker-nat"], kills: long ? 60 : 22, seed: 1 },
  { name: "native and a guest", ids: ["native", "kvm"], kills: long ? 40 : 3, seed: 2 },
];

test.each(cases)(
  "a campaign over $name survives $kills kills of the core",
  async ({ name, ids, kills, seed }) => {
    const { lab } = fixture;
    data = newDataFolder(lab);
    await keepAccountOfStarts(lab);
    const before = await describeHosts(lab);
    const id = await data.create(smallDraft(lab.demo.lab, ids, { blocks: long ? 2 : 1 }));
    const random = seededRandom(seed);
    const killedAt: string[] = [];
    while (killedAt.length < kills) {
      const core = data.resume(id);
      // Half of them early, while the hosts are connected and looked at; the others spread over all that comes then.
      const waitMs = 400 + random() * (random() < 0.5 ? 4000 : 12_000);
      const end = await Promise.race([core.ended, sleep(waitMs)]);
      expect(end === undefined || end.status === 0, end?.printed).toBe(true);
      // Once all is measured there is still the end of a campaign to be killed in.
      if (end !== undefined && killedAt.length >= 20) break;
      await core.kill();
      const last = (await data.content(id)).events.at(-1);
      if (last !== undefined) killedAt.push(`${last.type} ${last.type === "stage" ? last.name : ""}`.trim());
    }
    console.log(`${name}: killed after ${killedAt.join(", ")}`);
    const { status, printed } = await data.resume(id).ended;
    expect(status, printed).toBe(0);
    await expectEachRunOnce(lab, data, id);
    await expectHosts(lab, before);
  },
  long ? 1_800_000 : 400_000,
);
