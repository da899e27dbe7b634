// Warnings about pinning: each where it is true, and nowhere else.
import { describe, expect, test } from "vitest";
import { dataNics } from "#shared/environments/data-nics.ts";
import { configurationPresets, fittedTo } from "#shared/environments/presets.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import {
  type Configuration,
  configurationSchema,
  type KvmConfiguration,
  kvmConfigurationSchema,
} from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import { fourNodes, oneSocket } from "../facts/machine-text.ts";
import { dataLab, sutOf, twoSocketSut, withNic } from "./large-suts.ts";

const native = (pinning: Partial<Configuration["pinning"]>): Configuration => ({
  id: "native",
  label: "Native",
  environment: "native",
  pinning: { memory: { policy: "default" }, ...pinning },
  pages: {},
  network: { mode: "host" },
  storage: { kind: "file" },
});

type Machine = KvmConfiguration["machine"];
const guest = (machine: Partial<Machine>, pinning: Partial<Configuration["pinning"]> = {}) =>
  kvmConfigurationSchema.parse({
    ...native(pinning),
    environment: "kvm",
    machine: {
      accelerator: "auto",
      vcpus: machine.vcpuPins?.length ?? 4,
      memoryMiB: 1024,
      cpuModel: "host-passthrough",
      hugePages: false,
      ...machine,
    },
    network: { mode: "bridge", vhost: "auto" },
    storage: { format: "raw", cache: "none", io: "native", ioThread: true },
  });

function told(configuration: Configuration, facts: Facts): string[] {
  return environmentOf(configuration)
    .check(configuration, facts, dataLab)
    .filter(({ field }) => /^(pinning|machine)\./.test(field))
    .map(({ field, severity, text }) => `${severity === "error" ? "! " : ""}${field}: ${text}`);
}

describe("CPUs of a program", () => {
  test("siblings are split where other cores run both, not where every core runs one", () => {
    expect(told(native({ cpus: "0-3,8,9" }), twoSocketSut())).toEqual([
      "pinning.cpus: Siblings are split: CPUs 2-3 would run without CPUs 10-11 of the same cores, while the other cores run all their threads.",
    ]);
    expect(told(native({ cpus: "0-3" }), twoSocketSut())).toEqual([]);
    expect(told(native({ cpus: "0-3,8-11" }), twoSocketSut())).toEqual([]);
  });

  test("the interface's interrupts are told where CPUs near it are free of them", () => {
    // ens1f0 of node 1 is in the bridge that carries the data address; its interrupts are on 4 and 5.
    expect(told(native({ cpus: "4,12" }), twoSocketSut())).toEqual([
      "pinning.cpus: The interrupts of ens1f0 come on CPU 4, where the workload would run; CPUs 6-7,14-15 near them would be free of them.",
    ]);
    expect(told(native({ cpus: "12" }), twoSocketSut())).toEqual([
      "pinning.cpus: The interrupts of ens1f0 come on the sibling of CPU 12, where the workload would run; CPUs 6-7,14-15 near them would be free of them.",
    ]);
    expect(told(native({ cpus: "6,14" }), twoSocketSut())).toEqual([]);
    expect(told(native({ cpus: "4-7,12-15" }), twoSocketSut())).toEqual([]);
    expect(told(native({}), twoSocketSut())).toEqual([]);
  });

  test("interrupts that the configuration places count instead", () => {
    expect(told(native({ cpus: "4,12", nicIrqs: "6" }), twoSocketSut())).toEqual([]);
    expect(told(native({ cpus: "4-7,12-15", nicIrqs: "6" }), twoSocketSut())).toEqual([
      "pinning.nicIrqs: The interrupts of ens1f0 come on CPU 6, where the workload would run.",
    ]);
    expect(told(native({ nicIrqs: "6" }), twoSocketSut())).toEqual([]);
  });

  test("memory is bound to another node than the CPUs, not where that node is memory alone", () => {
    const bound = (nodes: string, cpus?: string) =>
      native({ ...(cpus === undefined ? {} : { cpus }), memory: { policy: "bind", nodes } });
    expect(told(bound("1", "0-3,8-11"), twoSocketSut())).toEqual([
      "pinning.memory.nodes: Memory is bound to NUMA node 1, and CPUs 0-3,8-11 are on node 0: all memory of what runs there is remote.",
    ]);
    expect(told(bound("0"), twoSocketSut())).toHaveLength(1);
    expect(told(bound("0-1"), twoSocketSut())).toEqual([]);
    expect(told(bound("0", "0-3,8-11"), twoSocketSut())).toEqual([]);
    const facts = twoSocketSut();
    const nodes = [...facts.memory.nodes, { node: 2, cpus: "", totalBytes: 2 ** 34, freeBytes: 2 ** 34 }];
    expect(told(bound("2", "0"), { ...facts, memory: { ...facts.memory, nodes } })).toEqual([]);
  });

  test("isolated CPUs: several threads stay on one, one may use one, and nobody uses them by itself", () => {
    const facts = sutOf(fourNodes, { isolated: "4-7" });
    expect(told(native({ cpus: "2-5" }), facts)).toEqual([
      "pinning.cpus: CPUs 4-5 are isolated (isolcpus): the scheduler does not balance over isolated CPUs, so several threads would stay on one CPU.",
    ]);
    expect(told(native({}), facts)).toEqual([
      "pinning.cpus: CPUs 4-7 are isolated (isolcpus): what is not pinned there runs on the other CPUs alone.",
    ]);
    expect(told(native({ cpus: "4" }), facts)).toEqual([]);
    expect(told(native({ cpus: "0-3" }), facts)).toEqual([]);
    expect(told(native({ cpus: "0" }), facts)).toEqual([]);
    expect(told(native({ cpus: "0" }), { ...facts, cpu: { ...facts.cpu, isolated: "2-7" } })).toEqual([
      "pinning.cpus: CPUs 2-3 are isolated (isolcpus) and would be undisturbed, and nothing runs there.",
    ]);
    expect(told(guest({ vcpuPins: ["4", "5", "6", "7"] }), facts)).toEqual([]);
  });
});

describe("CPUs for interrupts", () => {
  test("must be online, of a known interface that has interrupts, and not irqbalance's", () => {
    const facts = twoSocketSut();
    expect(told(native({ nicIrqs: "99" }), facts)[0]).toMatch(/^! pinning\.nicIrqs: CPU 99 is not online/);
    expect(told(native({ nicIrqs: "4" }), { ...facts, nics: [] })).toEqual([
      expect.stringMatching(
        /^! pinning\.nicIrqs: No interface of sut-1 carries the data address 198\.18\.1\.2/,
      ),
    ]);
    expect(told(native({ nicIrqs: "4" }), withNic(facts, null, []))).toEqual([
      "pinning.nicIrqs: data0 of sut-1 has no interrupts of its own; the setting will be recorded as not available.",
    ]);
    expect(told(native({ nicIrqs: "4" }), { ...facts, irqbalance: true })).toEqual([
      expect.stringMatching(/^! pinning\.nicIrqs: irqbalance runs on sut-1/),
    ]);
  });

  test("are those of the members of a bond, also where a bridge is over it", () => {
    const facts = withNic(twoSocketSut(), 0, [4]);
    const port = facts.nics.find(({ name }) => name === "data0");
    if (port === undefined) throw new Error("the fixture has no data0");
    const above = (name: string, master: string | null) => ({ ...port, name, master, irqs: [] });
    const bonded = {
      ...facts,
      nics: [above("data0", null), above("bond0", "data0"), { ...port, name: "eth0", master: "bond0" }],
    };
    expect(dataNics(dataLab, bonded)).toEqual(["eth0"]);
    expect(told(native({ nicIrqs: "4" }), bonded)).toEqual([]);
    const loop = { ...facts, nics: [above("data0", "bond0"), above("bond0", "data0")] };
    expect(dataNics(dataLab, loop)).toEqual([]);
  });
});

describe("vCPUs", () => {
  const twoCores = { sockets: 1, cores: 2, threads: 2 };

  test("of two guest cores on siblings are doubled; threads of one guest core belong on siblings", () => {
    expect(told(guest({ vcpuPins: ["0", "8", "1", "9"], topology: twoCores }), twoSocketSut())).toEqual([]);
    expect(told(guest({ vcpuPins: ["0", "8", "1", "9"] }), twoSocketSut())).toEqual([
      "machine.vcpuPins: Siblings are doubled: the guest takes vCPUs 0-1 (on CPUs 0,8) for cores of their own, and each pair is two threads of one core of the host; so with 1 more.",
    ]);
    expect(told(guest({ vcpuPins: ["0", "1", "2", "3"], topology: twoCores }), twoSocketSut())).toEqual([
      "machine.vcpuPins: The guest takes vCPUs 0-1 (on CPUs 0-1) for threads of one core, and on the host they are on different cores; so with 1 more.",
    ]);
    expect(told(guest({ vcpuPins: ["0", "1", "2", "3"] }), twoSocketSut())).toEqual([]);
  });

  test("overlap where lists differ, or have too few CPUs; not where they share a list that has enough", () => {
    expect(told(guest({ vcpuPins: ["0-3", "0-3", "0-3", "0-3"] }), twoSocketSut())).toEqual([]);
    expect(told(guest({ vcpuPins: ["2", "2", "3"] }), twoSocketSut())).toEqual([
      "machine.vcpuPins: vCPUs 0-1 share CPU 2: 2 of them on 1.",
    ]);
    expect(told(guest({ vcpuPins: ["0-1", "1-2"] }), twoSocketSut())).toEqual([
      "machine.vcpuPins: Pins overlap: vCPUs 0-1 meet on CPU 1.",
    ]);
    // More vCPUs than CPUs is said once.
    expect(told(guest({ vcpuPins: ["0", "0"] }, { cpus: "0" }), twoSocketSut())).toEqual([
      "machine.vcpus: 2 vCPUs share 1 CPUs of sut-1.",
    ]);
  });

  test("are not disturbed by emulator and I/O thread", () => {
    const helpers = { vcpuPins: ["0", "1"], emulatorPin: "1-2", ioThreadPin: "3" };
    expect(told(guest(helpers), twoSocketSut())).toEqual([
      "machine.emulatorPin: The emulator would run on CPU 1, where vCPUs are pinned.",
    ]);
    expect(told(guest({ ...helpers, emulatorPin: "2" }), twoSocketSut())).toEqual([]);
  });

  test("have memory on their own nodes, and cells where they are on several", () => {
    const pins = ["0", "1", "4", "5"];
    const cells = (first: string, second: string) => [
      { cpus: "0-1", memoryMiB: 512, hostNodes: first },
      { cpus: "2-3", memoryMiB: 512, hostNodes: second },
    ];
    // The interrupts on 4 and 5 are another story.
    const facts = withNic(twoSocketSut(), 1, []);
    expect(told(guest({ vcpuPins: pins, numaCells: cells("0", "1") }), facts)).toEqual([]);
    expect(told(guest({ vcpuPins: pins, numaCells: cells("0", "0") }), facts)).toEqual([
      "machine.numaCells.1.hostNodes: The memory of the guest's NUMA node 1 comes from node 0 of the host, and its vCPUs run on CPUs 4-5 of node 1.",
    ]);
    expect(told(guest({ vcpuPins: pins }), facts)).toEqual([
      expect.stringMatching(
        /^machine\.numaCells: The vCPUs run on the NUMA nodes 0-1, and the guest sees one/,
      ),
    ]);
    expect(
      told(guest({ vcpuPins: pins }, { memory: { policy: "interleave", nodes: "0-1" } }), facts),
    ).toEqual([]);
  });
});

test.each([
  ["two sockets", twoSocketSut(), ["kvm-tuned machine.numaCells"]],
  ["four nodes", withNic(sutOf(fourNodes), 1, [4, 5]), ["kvm-tuned machine.numaCells"]],
  ["one socket", withNic(sutOf(oneSocket), 0, [1]), []],
])("presets fitted to %s have no warning about pinning but true ones", (_name, facts, expected) => {
  const found = configurationPresets.flatMap(({ configuration }) => {
    const fitted = configurationSchema.parse(fittedTo(configuration, facts));
    return environmentOf(fitted)
      .check(fitted, facts, dataLab)
      .filter(
        ({ field, severity }) => severity === "warning" && /^pinning|^machine\.(?!cpuModel)/.test(field),
      )
      .map(({ field }) => `${fitted.id} ${field}`);
  });
  expect(found).toEqual(expected);
});
