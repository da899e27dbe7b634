// A machine as a tree: machines of many shapes, and any facts at all.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseCpuList } from "#shared/facts/cpu-list.ts";
import { type MachineTree, machineTree, treeCpus } from "#shared/facts/machine-tree.ts";
import { parseFacts } from "#shared/facts/parse-facts.ts";
import type { Facts } from "#shared/model/facts.ts";
import { sampleFacts } from "../../fixtures/sample-sut.ts";
import {
  armServer,
  type DescribedMachine,
  fourNodes,
  machineText,
  oneSocket,
  twoSockets,
} from "./machine-text.ts";

const factsOf = (machine: DescribedMachine) => parseFacts(machineText(machine), { machine: "sut" });

/** `0: 0 (0,1 | 2,3)`: socket, node, cores by L3 group. */
function shape({ sockets }: MachineTree): string[] {
  return sockets.flatMap(({ socket, nodes }) =>
    nodes.map(({ node, groups }) => {
      const cores = groups.map((group) =>
        group.cores.map(({ cpus }) => cpus.map(({ cpu }) => cpu).join("+")).join(" "),
      );
      return `${socket}: ${node} (${cores.join(" | ")})`;
    }),
  );
}

test("two sockets with SMT: siblings, the interface's interrupts, isolated CPUs, devices at their node", () => {
  const tree = machineTree(factsOf(twoSockets), ["ens1f0"]);
  expect(shape(tree)).toEqual(["0: 0 (0+8 1+9 2+10 3+11)", "1: 1 (4+12 5+13 6+14 7+15)"]);
  const [first, second] = tree.sockets.map(({ nodes }) => nodes[0]);
  expect(second).toMatchObject({
    cpus: "4-7,12-15",
    totalBytes: 16_384_000 * 1024,
    freeBytes: 15_000_000 * 1024,
    shared: false,
    nics: [{ name: "ens1f0", data: true, speedMbps: 100_000, interruptCpus: [4, 5] }],
    disks: [{ name: "sda", model: "SAMSUNG MZ7LH960", sizeBytes: 1953525168 * 512 }],
  });
  expect(first).toMatchObject({ nics: [], disks: [] });
  expect(second?.groups[0]).toMatchObject({ l3: "4-7,12-15", l3Bytes: 32768 * 1024 });
  expect(treeCpus(tree).find(({ cpu }) => cpu === 4)).toEqual({
    cpu: 4,
    core: 4,
    siblings: [12],
    node: 1,
    isolated: true,
    allowed: true,
    interruptsOf: ["ens1f0"],
  });
  expect(tree.elsewhere).toEqual({ nics: [], disks: [] });
});

test("four nodes on one socket, L3 groups smaller than nodes", () => {
  expect(shape(machineTree(factsOf(fourNodes)))).toEqual([
    "0: 0 (0 1 | 2 3)",
    "0: 1 (4 5 | 6 7)",
    "0: 2 (8 9 | 10 11)",
    "0: 3 (12 13 | 14 15)",
  ]);
});

test("sub-NUMA clusters: an L3 that is larger than a node is told as it is", () => {
  const facts = factsOf({
    ...oneSocket,
    nodeCpus: ["0,2", "1,3"],
    cores: oneSocket.cores.map((core) => ({ ...core, node: core.coreId % 2 })),
  });
  const tree = machineTree(facts);
  expect(shape(tree)).toEqual(["0: 0 (0 2)", "0: 1 (1 3)"]);
  expect(tree.sockets[0]?.nodes.map(({ groups }) => groups[0]?.l3)).toEqual(["0-3", "0-3"]);
});

test("one node over two sockets is on each of them, and says so", () => {
  const facts = factsOf({ ...twoSockets, nodeCpus: ["0-15"] });
  const tree = machineTree(facts);
  expect(shape(tree)).toEqual(["0: 0 (0+8 1+9 2+10 3+11)", "1: 0 (4+12 5+13 6+14 7+15)"]);
  expect(tree.sockets.flatMap(({ nodes }) => nodes.map(({ shared }) => shared))).toEqual([true, true]);
});

test("no L3, no topology, memory alone, CPUs that are off", () => {
  expect(shape(machineTree(factsOf(armServer)))).toEqual(["0: 0 (0 1 2 3 4 5 6 7)"]);
  const bare = sampleFacts();
  const flat = machineTree({ ...bare, cpu: { ...bare.cpu, online: "0-2,5", allowed: "0-1" } });
  expect(flat).toMatchObject({ topologyKnown: false, offline: [3, 4] });
  expect(shape(flat)).toEqual(["0: 0 (0 1 2 5)"]);
  expect(treeCpus(flat).map(({ allowed }) => allowed)).toEqual([true, true, false, false]);
  const memory = machineTree(factsOf({ ...oneSocket, nodeCpus: ["0-3", ""] }));
  expect(memory.memoryNodes).toMatchObject([
    { node: 1, cpus: "", groups: [], totalBytes: 16_384_000 * 1024 },
  ]);
});

test("interrupts that come on every CPU make none of them special", () => {
  const bare = sampleFacts();
  const [nic] = bare.nics;
  if (nic === undefined) throw new Error("the sample has an interface");
  const tree = machineTree({ ...bare, nics: [{ ...nic, irqs: [{ irq: 30, cpus: "0-1" }] }] }, ["data0"]);
  expect(treeCpus(tree).flatMap(({ interruptsOf }) => interruptsOf)).toEqual([]);
  expect(tree.elsewhere.nics).toMatchObject([{ name: "data0", data: true, interruptCpus: [] }]);
});

const anyTopology = fc.uniqueArray(
  fc.record({
    cpu: fc.nat(40),
    core: fc.nat(12),
    socket: fc.nat(3),
    node: fc.nat(4),
    l3: fc.constantFrom(null, "0-7", "8-15"),
  }),
  { selector: ({ cpu }) => cpu, maxLength: 30 },
);

test("every CPU that is online is in the tree once, whatever the topology says", () => {
  const bare = sampleFacts();
  fc.assert(
    fc.property(
      anyTopology,
      fc.uniqueArray(fc.nat(40), { minLength: 1 }),
      fc.uniqueArray(fc.nat(6)),
      (topology, online, nodes) => {
        const facts: Facts = {
          ...bare,
          cpu: { ...bare.cpu, topology, online: online.join(",") },
          memory: {
            ...bare.memory,
            nodes: nodes.map((node) => ({ node, cpus: "", totalBytes: 1, freeBytes: 1 })),
          },
        };
        const tree = machineTree(facts);
        const cpus = treeCpus(tree).map(({ cpu }) => cpu);
        expect(cpus.toSorted((a, b) => a - b)).toEqual(parseCpuList(facts.cpu.online));
        // Nodes without CPUs are told, too.
        const told = [...tree.sockets.flatMap((socket) => socket.nodes), ...tree.memoryNodes];
        expect(nodes.every((node) => told.some((each) => each.node === node))).toBe(true);
        for (const { cpu, siblings } of treeCpus(tree)) expect(siblings).not.toContain(cpu);
      },
    ),
  );
});
