// The core is killed at random instants, again and again, and taken up again: nothing is lost, nothing measured twice.
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import { withDemoLab } from "../lab.ts";
import { type DataFolder, newDataFolder } from "./core-process.ts";
import { completes, expectEachRunOnce } from "./expect-each-run-once.ts";
import { describeHosts, expectHosts, keepAccountOfStarts } from "./host-traces.ts";
import { seededRandom } from "./seeded-random.ts";
import { type ConfigurationId, fewConditions, shortConditions, smallDraft } from "./small-campaign.ts";

const fixture = withDemoLab();
const long = process.env["TARE_LONG"] === "1";
let data: DataFolder | undefined;
afterEach(() => data?.remove());

interface Case {
  readonly name: string;
  readonly ids: readonly ConfigurationId[];
  readonly conditions: CampaignDraft["conditions"];
  readonly kills: number;
  readonly seed: number;
}

const { fio, redis } = shortConditions;
// Images and guests make a resume slow, so most are without; a run in an emulated guest takes ten times as long.
const cases: readonly Case[] = [
  { name: "native", ids: ["native"], conditions: fewConditions, kills: long ? 60 : 3, seed: 6 },
  {
    name: "native and Docker",
    ids: ["native", "docker-nat"],
    conditions: fewConditions,
    kills: long ? 60 : 2,
    seed: 9,
  },
  {
    name: "native and a guest",
    ids: ["native", "kvm"],
    conditions: long ? fewConditions : [fio, redis],
    kills: long ? 40 : 1,
    seed: 1,
  },
];

test.each(cases)(
  "campaigns over $name survive $kills kills of the core",
  async ({ name, ids, conditions, kills, seed }) => {
    const { lab } = fixture;
    data = newDataFolder(lab);
    await keepAccountOfStarts(lab);
    const before = await describeHosts(lab);
    const random = seededRandom(seed);
    const reaches = spread(kills, ids.length * (5 + 5 * conditions.length), random);
    const killedAt: string[] = [];
    while (killedAt.length < kills) {
      const id = await data.create(smallDraft(lab.demo.lab, ids, { conditions }));
      while (killedAt.length < kills) {
        const killed = await resumeAndKill(data, id, reaches[killedAt.length] ?? 1, random);
        if (killed === null) break;
        killedAt.push(killed);
      }
      await completes(data, id);
      await expectEachRunOnce(lab, data, id);
      await expectHosts(lab, before);
    }
    console.log(`${name}: killed after ${killedAt.join(", ")}`);
  },
  long ? 1_800_000 : 600_000,
);

/**
 * How many events after its start the core is killed, each time: random, together over all that it does however few they
 * are, and the early ones first, which leave most of the campaign for the others. Some twenty events come before the
 * first environment; `more` come with all of them: some five with each, and five with each run.
 */
function spread(kills: number, more: number, random: () => number): number[] {
  const reach = 15 + more;
  return Array.from({ length: kills }, (_, part) => Math.ceil((reach * (part + random())) / kills));
}

/**
 * Kills the core some moment after one of its next events: so the instants spread over all that it does, however fast
 * the machine. Returns what it had written last, null where it came to its end before.
 */
async function resumeAndKill(
  folder: DataFolder,
  id: string,
  more: number,
  random: () => number,
): Promise<string | null> {
  const seen = (await folder.content(id)).events.length;
  const core = folder.resume(id);
  const reached = folder
    .waitFor(id, ({ seq }) => seq >= seen + more, core)
    .then(
      () => true,
      () => false,
    );
  if (await reached) await sleep(random() * 600);
  const ended = await Promise.race([core.ended, sleep(0)]);
  if (ended !== undefined) {
    expect(ended.status, ended.printed).toBe(0);
    return null;
  }
  await core.kill();
  const last = (await folder.content(id)).events.at(-1);
  if (last?.type === "stage") return last.name;
  return last?.type === "run-phase" ? last.phase : (last?.type ?? "nothing");
}
