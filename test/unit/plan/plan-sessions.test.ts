// The order of a campaign: complete, random, and decided by the seed alone.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Campaign } from "#shared/model/campaign.ts";
import { cellId } from "#shared/model/campaign.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { conditions, dockerNat, native, sampleCampaign } from "../sample-campaign.ts";

const designs: fc.Arbitrary<Campaign> = fc
  .record({
    configurations: fc.integer({ min: 1, max: 5 }),
    conditions: fc.integer({ min: 1, max: 6 }),
    blocks: fc.integer({ min: 1, max: 12 }),
    control: fc.boolean(),
    seed: fc.integer({ min: 0, max: 0xffffffff }),
  })
  .map(({ configurations, conditions: count, ...rest }) =>
    sampleCampaign({
      ...rest,
      configurations: Array.from({ length: configurations }, (_, n) =>
        n === 1 ? native : { ...dockerNat, id: `docker${n}` },
      ),
      conditions: Array.from({ length: count }, (_, n) => ({
        id: `stream-${n}`,
        label: "STREAM",
        workload: "stream" as const,
        parameters: {},
      })),
    }),
  );

const allRuns = (campaign: Campaign) => planSessions(campaign).flatMap(({ runs }) => runs);

const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);

test("every block runs every cell once, and no two runs share a name", () => {
  fc.assert(
    fc.property(designs, (campaign) => {
      const hasControl = campaign.control && campaign.configurations.some(({ id }) => id === "native");
      const slots = [
        ...campaign.configurations.map(({ id }) => id),
        ...(hasControl ? ["native.control"] : []),
      ];
      const cells = slots.flatMap((slot) => campaign.conditions.map(({ id }) => cellId(slot, id))).sort();
      const runs = allRuns(campaign);
      for (let block = 1; block <= campaign.blocks; block += 1) {
        const inBlock = runs.filter((run) => run.block === block);
        expect(inBlock.map((run) => cellId(run.slot, run.conditionId)).sort()).toEqual(cells);
      }
      expect(new Set(runs.map(({ runId }) => runId)).size).toBe(cells.length * campaign.blocks);
    }),
  );
});

test("the same seed gives the same plan, and more blocks leave the earlier ones as they were", () => {
  fc.assert(
    fc.property(designs, fc.integer({ min: 1, max: 5 }), (campaign, more) => {
      const plan = planSessions(campaign);
      expect(planSessions(campaign)).toEqual(plan);
      expect(planSessions({ ...campaign, blocks: campaign.blocks + more }).slice(0, plan.length)).toEqual(
        plan,
      );
    }),
  );
});

test("every order of configurations in a block and of conditions in a session is equally likely", () => {
  const campaign = sampleCampaign({
    control: true,
    blocks: 2,
    conditions: ["a", "b", "c"].map((id) => ({ id, label: id, workload: "stream", parameters: {} })),
  });
  const sessionOrders = new Map<string, number>();
  const conditionOrders = new Map<string, number>();
  const pairs = new Map<string, number>();
  for (let seed = 0; seed < 4800; seed += 1) {
    const [first, second] = [1, 2].map((block) =>
      planSessions({ ...campaign, seed }).filter((session) => session.block === block),
    );
    count(sessionOrders, first?.map(({ slot }) => slot).join() ?? "");
    count(
      conditionOrders,
      first
        ?.find(({ slot }) => slot === "kvm")
        ?.runs.map((run) => run.conditionId)
        .join() ?? "",
    );
    count(pairs, `${first?.[0]?.slot} then ${second?.[0]?.slot}`);
  }
  // 99.9 % quantiles of chi-square with 23, 5 and 15 degrees of freedom.
  expect(chiSquare(sessionOrders, 24)).toBeLessThan(49.73);
  expect(chiSquare(conditionOrders, 6)).toBeLessThan(20.52);
  expect(chiSquare(pairs, 16)).toBeLessThan(37.7);
});

test("a run is named after block, slot and condition", () => {
  const names = allRuns(sampleCampaign()).map(({ runId }) => runId);
  expect(names).toContain("b03-native.control-redis-c50");
});

test("cells whose names would be the same are refused", () => {
  const clash = sampleCampaign({
    configurations: [native, { ...dockerNat, id: "native-a" }],
    conditions: [
      { ...(conditions[0] as (typeof conditions)[number]), id: "b" },
      { ...(conditions[0] as (typeof conditions)[number]), id: "a-b" },
    ],
  });
  expect(() => planSessions(clash)).toThrow(/configuration "native" with condition "a-b".*"native-a"/);
  expect(() => planSessions(sampleCampaign({ configurations: [native, native] }))).toThrow(/same name/);
});

function chiSquare(counts: ReadonlyMap<string, number>, cells: number): number {
  const total = [...counts.values()].reduce((sum, each) => sum + each, 0);
  const expected = total / cells;
  const seen = [...counts.values()].reduce((sum, each) => sum + (each - expected) ** 2 / expected, 0);
  return seen + (cells - counts.size) * expected;
}
