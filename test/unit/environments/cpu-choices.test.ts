// One-click choices: what they give on machines of several shapes, and that nothing speaks against it.
import { expect, test } from "vitest";
import { cpuChoices, type CpuChoice, type CpuChoiceName } from "#shared/environments/cpu-choices.ts";
import { fittedTo } from "#shared/environments/presets.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import { configurationSchema } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import { sampleFacts, sampleLab } from "../../fixtures/sample-sut.ts";
import { serverFacts, twoSocketsServer } from "../../fixtures/servers.ts";
import { armServer, fourNodes, oneSocket } from "../facts/machine-text.ts";
import { dataLab, sutOf, twoSocketSut, withNic } from "./large-suts.ts";
import { presetConfiguration } from "../../fixtures/preset-configuration.ts";

const native = presetConfiguration("native");
const guest = presetConfiguration("kvm-best");

function choose(name: CpuChoiceName, facts: Facts, configuration = native): CpuChoice {
  const found = cpuChoices(configuration, facts, dataLab).find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no choice ${name}`);
  return found;
}

const pinning = (name: CpuChoiceName, facts: Facts) => choose(name, facts).chosen?.pinning ?? null;
const why = (name: CpuChoiceName, facts: Facts) => choose(name, facts).reason;

test("two sockets with SMT", () => {
  const facts = twoSocketSut();
  expect(pinning("one-socket", facts)).toEqual({ cpus: "0-3,8-11", memory: { policy: "local" } });
  expect(pinning("all-sockets", facts)).toEqual({ memory: { policy: "interleave", nodes: "0-1" } });
  expect(choose("all-sockets", facts).title).toBe("Two sockets");
  expect(pinning("one-node", facts)).toBeNull();
  expect(why("one-node", facts)).toMatch(/same as one socket/);
  expect(pinning("cores", facts)).toEqual({ cpus: "0-7", memory: { policy: "interleave", nodes: "0-1" } });
  expect(pinning("host", facts)).toEqual({ memory: { policy: "default" } });
  expect(choose("host", facts).chosen?.machine).toBeNull();
});

test("the paper's one and two sockets are the ones of the presets", () => {
  const facts = twoSocketSut();
  expect(pinning("one-socket", facts)).toEqual(
    fittedTo(presetConfiguration("native-one-socket"), facts).pinning,
  );
  expect(pinning("all-sockets", facts)).toEqual(
    fittedTo(presetConfiguration("native-two-sockets"), facts).pinning,
  );
  const tuned = presetConfiguration("kvm-one-socket");
  const [chosen, fitted] = [choose("one-socket", facts, tuned).chosen, fittedTo(tuned, facts)];
  if (fitted.environment !== "kvm") throw new Error("it is a guest");
  const { vcpus, vcpuPins, topology } = fitted.machine;
  expect(chosen?.machine).toMatchObject({ vcpus, vcpuPins, topology });
});

test("one socket of four nodes without SMT", () => {
  const facts = sutOf(fourNodes);
  expect(pinning("one-socket", facts)).toBeNull();
  expect(pinning("all-sockets", facts)).toEqual({ memory: { policy: "interleave", nodes: "0-3" } });
  expect(pinning("one-node", facts)).toEqual({ cpus: "0-3", memory: { policy: "local" } });
  expect(why("cores", facts)).toBe("sut-1 runs one thread a core: there are no siblings.");
});

test("a machine of one node, and one that tells no topology, say why they have no such thing", () => {
  for (const facts of [sutOf(oneSocket), sutOf(armServer), sampleFacts()])
    for (const name of ["one-socket", "all-sockets", "one-node", "cores"] as const) {
      expect(pinning(name, facts)).toBeNull();
      expect(why(name, facts)).toMatch(/^sut.* \S+.*\.$/);
    }
});

test("a core near the NIC: of its node, without its interrupts or their sibling, CPU 0 last", () => {
  // Interrupts of ens1f0, which is in the bridge over it, are on CPUs 4 and 5.
  expect(pinning("near-nic", twoSocketSut())).toEqual({ cpus: "6,14", memory: { policy: "local" } });
  expect(why("near-nic", twoSocketSut())).toBe(
    "CPUs 6,14: a core of NUMA node 1, where ens1f0 is, without its interrupts.",
  );
  expect(pinning("near-nic", withNic(twoSocketSut(), 0, [9]))?.cpus).toBe("2,10");
  expect(pinning("near-nic", withNic(twoSocketSut(), 0, [1, 10, 3]))?.cpus).toBe("0,8");
  expect(why("near-nic", withNic(twoSocketSut(), 0, [0, 1, 2, 3]))).toMatch(
    /every core there has its interrupts/,
  );
  // One node: everything is near.
  expect(pinning("near-nic", withNic(sutOf(oneSocket), null, [1]))?.cpus).toBe("2");
  // Interrupts that the configuration places count, and stay placed.
  const placed = { ...native, pinning: { ...native.pinning, nicIrqs: "6" } };
  expect(choose("near-nic", twoSocketSut(), placed).chosen?.pinning).toEqual({
    cpus: "4,12",
    nicIrqs: "6",
    memory: { policy: "local" },
  });
});

test("where the interface or its node is not known, there is no core near it", () => {
  expect(why("near-nic", withNic(twoSocketSut(), null, [1]))).toMatch(/does not tell which NUMA node/);
  expect(cpuChoices(native, twoSocketSut(), null).find(({ name }) => name === "near-nic")).toMatchObject({
    chosen: null,
    reason: "The data interface of sut-1 is not known.",
  });
  expect(
    cpuChoices(native, twoSocketSut(), sampleLab).find(({ name }) => name === "near-nic")?.chosen,
  ).toBeNull();
});

test("a program is kept off isolated CPUs, where its threads would stay where they start; a guest is not", () => {
  const facts = sutOf(fourNodes, { isolated: "2-3,15" });
  expect(choose("one-node", facts)).toMatchObject({
    chosen: { pinning: { cpus: "0-1" } },
    reason: expect.stringMatching(/Of these, CPUs 0-1: the others are isolated/),
  });
  expect(choose("one-node", facts, guest).chosen?.pinning.cpus).toBe("0-3");
  expect(
    pinning("cores", { ...twoSocketSut(), cpu: { ...twoSocketSut().cpu, isolated: "4-7,12-15" } })?.cpus,
  ).toBe("0-3");
});

test("an isolated CPU is for what is pinned one by one", () => {
  const isolated = (facts: Facts) => ({ ...facts, cpu: { ...facts.cpu, isolated: "3,6,14" } });
  expect(pinning("near-nic", isolated(withNic(sutOf(oneSocket), 0, [1])))?.cpus).toBe("3");
  expect(pinning("near-nic", isolated(twoSocketSut()))?.cpus).toBe("7,15");
  expect(choose("near-nic", isolated(twoSocketSut()), guest).chosen?.pinning.cpus).toBe("6,14");
});

test("a guest gets a vCPU on each CPU, siblings as threads, helpers on CPUs left over, and cells where there are nodes", () => {
  const facts = twoSocketSut();
  expect(choose("one-socket", facts, guest).chosen?.machine).toMatchObject({
    vcpus: 8,
    topology: { sockets: 1, cores: 4, threads: 2 },
    vcpuPins: ["0", "8", "1", "9", "2", "10", "3", "11"],
    // On the other socket, off the interrupts of ens1f0.
    emulatorPin: "6",
    ioThreadPin: "7",
    memoryMiB: 2048,
  });
  expect(choose("one-socket", facts, guest).chosen?.machine).not.toHaveProperty("numaCells");
  const some = { ...guest, pinning: { cpus: "0,8,4,12", memory: { policy: "default" } } } as const;
  const threads = choose("threads", facts, some);
  expect(threads.reason).toMatch(/CPUs 0,4,8,12, siblings as threads of one core/);
  expect(threads.chosen?.pinning).toEqual(some.pinning);
  expect(threads.chosen?.machine).toMatchObject({
    vcpus: 4,
    topology: { sockets: 2, cores: 1, threads: 2 },
    vcpuPins: ["0", "8", "4", "12"],
    numaCells: [
      { cpus: "0-1", memoryMiB: 1024, hostNodes: "0" },
      { cpus: "2-3", memoryMiB: 1024, hostNodes: "1" },
    ],
    // The first CPU of a node of the vCPUs whose core has none of them.
    emulatorPin: "1",
  });
  const all = choose("all-sockets", facts, guest).chosen;
  expect(all?.pinning.memory).toEqual({ policy: "interleave", nodes: "0-1" });
  expect(all?.machine?.vcpuPins).toHaveLength(16);
  for (const left of ["numaCells", "emulatorPin", "ioThreadPin"])
    expect(all?.machine).not.toHaveProperty(left);
  const bare = choose("host", facts, guest).chosen?.machine;
  for (const gone of ["vcpuPins", "topology", "numaCells", "emulatorPin"])
    expect(bare).not.toHaveProperty(gone);
  expect(cpuChoices(native, facts, dataLab).some(({ name }) => name === "threads")).toBe(false);
});

test("nothing speaks against what a choice gives, in any environment", () => {
  const paper = serverFacts(twoSocketsServer, "sut");
  const machines = [
    twoSocketSut(),
    withNic(paper, 0, [0, 1]),
    withNic(sutOf(fourNodes), 1, [4]),
    withNic(sutOf(oneSocket), 0, [1]),
  ];
  let chosen = 0;
  for (const facts of machines)
    for (const id of ["native", "docker-host", "kvm", "kvm-tuned"])
      for (const choice of cpuChoices(fittedTo(presetConfiguration(id), facts), facts, dataLab)) {
        if (choice.chosen === null) continue;
        const { machine, pinning: pins } = choice.chosen;
        const made = configurationSchema.parse({
          ...presetConfiguration(id),
          pinning: pins,
          ...(machine === null ? {} : { machine: { ...machine, cpuModel: "host-passthrough" } }),
        });
        expect(
          environmentOf(made)
            .check(made, facts, dataLab)
            .filter(({ field }) => field !== "environment"),
        ).toEqual([]);
        chosen += 1;
      }
  expect(chosen).toBeGreaterThan(30);
});
