// From a time to the blocks that fit into it, and what a campaign compares.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { configurationPresets } from "#shared/environments/presets.ts";
import { presetConditions } from "#shared/workloads/registry.ts";
import { blocksOf, blocksWithin, positiveNumber } from "#renderer/wizards/campaign/blocks-choice.ts";
import { comparedCells } from "#renderer/wizards/campaign/compared-cells.ts";
import { matrixRows } from "#renderer/wizards/campaign/scope.ts";
import { toConfigurationForm } from "#renderer/wizards/configuration/configuration-form.ts";

test("as many blocks as fit, and one more would not", () => {
  const seconds = fc.double({ min: 1, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(seconds, seconds, (time, perBlock) => {
      const blocks = blocksWithin(time, perBlock, 35);
      expect(blocks === 0 || 35 + blocks * perBlock <= time * (1 + 1e-12)).toBe(true);
      expect(blocks === 1000 || 35 + (blocks + 1) * perBlock > time * (1 - 1e-12)).toBe(true);
    }),
  );
  expect(blocksWithin(3600, 0, 35)).toBe(0);
});

test("numbers as people type them", () => {
  expect(["1,5", " 4 ", "0", "-1", "1e3", "four", ""].map(positiveNumber)).toEqual([
    1.5,
    4,
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(["10", " 3", "0", "1.5", "", "12345"].map(blocksOf)).toEqual([10, 3, 0, 0, 0, 0]);
});

test("everything but the first native configuration is compared, by environment", () => {
  const forms = configurationPresets
    .map(({ configuration }) => toConfigurationForm(configuration))
    .filter(({ id }) => ["native", "docker-host", "docker-nat", "kvm"].includes(id));
  const conditions = presetConditions("redis", "quick");
  const [, host, nat] = forms;
  if (host === undefined || nat === undefined) throw new Error("the presets are there");
  host.without = ["redis"];
  const cells = comparedCells(matrixRows(forms, conditions, true));
  expect(cells.map(({ compared, conditions: own }) => [compared, own.length])).toEqual([
    ["control", conditions.length],
    ["docker", conditions.length],
    ["kvm", conditions.length],
  ]);
  expect(comparedCells(matrixRows(forms.slice(1), conditions, true))).toEqual([]);
});
