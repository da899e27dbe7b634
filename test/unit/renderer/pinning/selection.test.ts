// Choosing on the map of a machine: ranges, toggling, and the way from CPU to CPU.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { machineTree } from "#shared/facts/machine-tree.ts";
import { layoutOfTree } from "#renderer/wizards/configuration/pinning/map-kin.ts";
import {
  applied,
  layoutOf,
  rangeOf,
  stepFrom,
  toggled,
  type CpuLayout,
} from "#renderer/wizards/configuration/pinning/selection.ts";
import { parseFacts } from "#shared/facts/parse-facts.ts";
import { fourNodes, machineText, twoSockets } from "../../facts/machine-text.ts";

// Four cores of two threads, siblings numbered after all first threads.
const smt = layoutOf([
  [0, 4],
  [1, 5],
  [2, 6],
  [3, 7],
]);

test("a range along first threads leaves their siblings out, one that ends on a second thread takes both", () => {
  expect(rangeOf(smt, 1, 3)).toEqual([1, 2, 3]);
  expect(rangeOf(smt, 3, 1)).toEqual([1, 2, 3]);
  expect(rangeOf(smt, 6, 7)).toEqual([6, 7]);
  expect(rangeOf(smt, 0, 6)).toEqual([0, 4, 1, 5, 2, 6]);
  expect(rangeOf(smt, 0, 9)).toEqual([]);
});

test("the first and last CPU of a drawn socket span all of it", () => {
  const layout = layoutOfTree(machineTree(parseFacts(machineText(twoSockets), { machine: "sut" })));
  expect(new Set(rangeOf(layout, 0, 11))).toEqual(new Set([0, 1, 2, 3, 8, 9, 10, 11]));
  const flat = layoutOfTree(machineTree(parseFacts(machineText(fourNodes), { machine: "sut" })));
  expect(rangeOf(flat, 2, 5)).toEqual([2, 3, 4, 5]);
});

test("a group is taken whole before it is left", () => {
  expect(toggled(new Set([0]), [0, 4])).toEqual(new Set([0, 4]));
  expect(toggled(new Set([0, 4, 1]), [0, 4])).toEqual(new Set([1]));
  expect(toggled(new Set([1]), [])).toEqual(new Set([1]));
});

test("steps stay on the thread and end at the ends", () => {
  expect(stepFrom(smt, 5, "right")).toBe(6);
  expect(stepFrom(smt, 5, "left")).toBe(4);
  expect(stepFrom(smt, 4, "left")).toBe(4);
  expect(stepFrom(smt, 5, "last")).toBe(7);
  // A core whose sibling is offline.
  expect(stepFrom(layoutOf([[0, 2], [1]]), 2, "right")).toBe(1);
  expect(stepFrom(smt, 99, "right")).toBe(99);
});

const layouts: fc.Arbitrary<CpuLayout> = fc
  .record({ cores: fc.integer({ min: 1, max: 40 }), threads: fc.integer({ min: 1, max: 4 }) })
  .map(({ cores, threads }) =>
    layoutOf(
      Array.from({ length: cores }, (_, core) =>
        Array.from({ length: threads }, (_unused, thread) => core + thread * cores),
      ),
    ),
  );

test("a range has both its ends, is the same from either, and comes off as it went on", () => {
  fc.assert(
    fc.property(layouts, fc.nat(), fc.nat(), fc.array(fc.nat(159)), (layout, a, b, had) => {
      const all = [...layout.places.keys()];
      const from = all[a % all.length] ?? 0;
      const to = all[b % all.length] ?? 0;
      const range = rangeOf(layout, from, to);
      expect(range).toContain(from);
      expect(range).toContain(to);
      expect(new Set(range)).toEqual(new Set(rangeOf(layout, to, from)));
      const before = new Set(had);
      const on = applied(before, range, true);
      expect(range.every((cpu) => on.has(cpu))).toBe(true);
      expect(applied(on, range, false)).toEqual(new Set(had.filter((cpu) => !range.includes(cpu))));
      // Nothing was changed in place.
      expect(before).toEqual(new Set(had));
    }),
  );
});
