// Start-up of environments: one value a block, and the ratio to native's within the block.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { startUpKey, type StartUp } from "#shared/state/campaign-state.ts";
import { startUpRows } from "#shared/stats/start-up.ts";
import { sampleCampaign } from "../sample-campaign.ts";

const campaign = sampleCampaign({ blocks: 4 });
const seconds = {
  native: [0.21, 0.2, 0.22, 0.19],
  "native.control": [0.2, 0.21, 0.2, 0.21],
  "docker-nat": [0.52, 0.55, 0.5, 0.53],
  kvm: [10.9, 11.2, 11, 10.7],
};
const startUps = (values: Readonly<Record<string, readonly number[]>>, change: Partial<StartUp> = {}) =>
  Object.entries(values).flatMap(([slot, list]) =>
    list.map((each, index): StartUp => ({
      block: index + 1,
      slot,
      seconds: each,
      commandSeconds: each / 2,
      emulated: false,
      ...change,
    })),
  );
const rowsOf = (list: readonly StartUp[], design = campaign) =>
  startUpRows(design, new Map(list.map((each) => [startUpKey(each.block, each.slot), each])));

test("mean, deviation and ratio are those computed by hand in Python", () => {
  const [native, control, docker, kvm] = rowsOf(startUps(seconds));
  expect(native).toMatchObject({ slot: "native", ratio: null, distinguishable: null });
  expect(native?.mean).toBeCloseTo(0.205, 12);
  expect(native?.deviation).toBeCloseTo(0.012909944487358, 12);
  expect(control?.distinguishable).toBe(false);
  expect(docker?.ratio?.value).toBeCloseTo(2.56328316, 8);
  expect(docker?.ratio?.interval?.[0]).toBeCloseTo(2.19945967, 8);
  expect(docker?.ratio?.interval?.[1]).toBeCloseTo(2.98728848, 8);
  expect(kvm?.ratio?.value).toBeCloseTo(53.48707551, 7);
  expect([docker?.distinguishable, kvm?.distinguishable]).toEqual([true, true]);
});

test("the order in which environments started does not matter", () => {
  const list = startUps(seconds);
  const expected = rowsOf(list);
  fc.assert(
    fc.property(fc.shuffledSubarray(list, { minLength: list.length }), (order) => {
      expect(rowsOf(order)).toEqual(expected);
    }),
  );
});

test("only what started has a row, and where native has no start-up there is no ratio", () => {
  expect(rowsOf([])).toEqual([]);
  const rows = rowsOf(startUps({ kvm: [10, 11] }));
  expect(rows.map(({ slot, mean, ratio }) => [slot, mean, ratio])).toEqual([["kvm", 10.5, null]]);
});

test("an emulated guest's start-up is marked, and no verdict is given on it", () => {
  const { kvm, ...others } = seconds;
  const rows = rowsOf([...startUps(others), ...startUps({ kvm }, { emulated: true })]);
  expect(rows.at(-1)).toMatchObject({ slot: "kvm", emulated: true, distinguishable: null });
});
