// The guest's NUMA nodes as rows and as text, and the host's node of each vCPU.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { cellsText, nodesOfVcpus, readCells } from "#renderer/wizards/configuration/pinning/guest-cells.ts";

test("rows come back from their text as they were, half filled ones too", () => {
  const text = fc.constantFrom("", "0-7", "8", "8192", "x");
  fc.assert(
    fc.property(fc.array(fc.record({ vcpus: text, memoryMiB: text, hostNodes: text })), (rows) => {
      expect(readCells(cellsText(rows))).toEqual(rows);
    }),
  );
});

test("signs that part rows and fields cannot be typed into one", () => {
  expect(cellsText([{ vcpus: "0 - 3:", memoryMiB: "10 24", hostNodes: "@1" }])).toBe("0-3:1024@1");
  expect(readCells("32-63")).toBeNull();
});

const nodeOf = new Map([0, 1, 2, 3, 4, 5, 6, 7].map((cpu) => [cpu, cpu < 4 ? 0 : 1]));

test("vCPUs are where their pins are, and in equal blocks where one of them is nowhere in particular", () => {
  const guest = { vcpus: 4, nodeOf, nodes: [0, 1] };
  expect(nodesOfVcpus({ ...guest, pins: [[4], [5, 6], [0], [7]] })).toEqual([1, 1, 0, 1]);
  expect(nodesOfVcpus({ ...guest, pins: [[4], [3, 4], [0], [7]] })).toEqual([0, 0, 1, 1]);
  expect(nodesOfVcpus({ ...guest, pins: [] })).toEqual([0, 0, 1, 1]);
  expect(nodesOfVcpus({ ...guest, vcpus: 5, pins: [] })).toEqual([0, 0, 0, 1, 1]);
});
