// The presets, and how they are fitted to machines of other shapes.
import { expect, test } from "vitest";
import { parseFacts } from "#shared/facts/parse-facts.ts";
import { configurationPresets, fittedTo } from "#shared/environments/presets.ts";
import { environmentOf } from "#shared/environments/registry.ts";
import { configurationSchema, type Configuration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import { sampleFacts } from "../../fixtures/sample-sut.ts";
import { machineText, twoSockets } from "../facts/machine-text.ts";
import { presetConfiguration } from "../../fixtures/preset-configuration.ts";

function errorsOf(configuration: Configuration, facts: Facts): string[] {
  return environmentOf(configuration)
    .check(configuration, facts)
    .flatMap(({ severity, text }) => (severity === "error" ? [text] : []));
}

/** Two sockets of 4 cores with SMT, with all that guests need. */
function largeSut(): Facts {
  const { docker, libvirt, qemu, kvm, vhostNet } = sampleFacts();
  const facts = parseFacts(machineText(twoSockets), { machine: "sut" });
  const hugePages = [null, 0, 1].map((node) => ({ sizeBytes: 2 ** 21, node, total: 0, free: 0 }));
  return { ...facts, docker, libvirt, qemu, kvm, vhostNet, memory: { ...facts.memory, hugePages } };
}

test("the ids of presets differ", () => {
  const ids = configurationPresets.map(({ configuration }) => configuration.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  ["a SUT with one node", sampleFacts(), ["NUMA node 1 is not there: sut1 has one NUMA node, 0."]],
  ["a SUT with two sockets", largeSut(), []],
])(
  "fitted to %s, presets are valid and have no error but a node that is not there",
  (_name, facts, allowed) => {
    for (const { configuration } of configurationPresets) {
      const fitted = configurationSchema.parse(fittedTo(configuration, facts));
      expect(errorsOf(fitted, facts)).toEqual(fitted.id.endsWith("two-sockets") ? allowed : []);
    }
  },
);

test("one socket is the CPUs of the first node, two sockets are all CPUs and all nodes", () => {
  const facts = largeSut();
  expect(fittedTo(presetConfiguration("native-one-socket"), facts).pinning).toEqual({
    cpus: "0-3,8-11",
    memory: { policy: "local" },
  });
  expect(fittedTo(presetConfiguration("docker-two-sockets"), facts).pinning).toEqual({
    memory: { policy: "interleave", nodes: "0-1" },
  });
});

test("a tuned guest's neighbouring vCPUs are the siblings of a core, core by core and socket by socket", () => {
  expect(fittedTo(presetConfiguration("kvm-tuned"), largeSut())).toMatchObject({
    machine: {
      vcpus: 16,
      topology: { sockets: 2, cores: 4, threads: 2 },
      vcpuPins: "0 8 1 9 2 10 3 11 4 12 5 13 6 14 7 15".split(" "),
    },
  });
});

test("a guest over two nodes has two nodes, and huge pages are reserved for all of its memory", () => {
  const { machine, pages } = fittedTo(presetConfiguration("kvm-best"), largeSut()) as Extract<
    Configuration,
    { environment: "kvm" }
  >;
  expect({ machine, pages }).toMatchInlineSnapshot(`
    {
      "machine": {
        "accelerator": "auto",
        "cpuModel": "host-passthrough",
        "hugePages": true,
        "memoryMiB": 29696,
        "numaCells": [
          {
            "cpus": "0-7",
            "hostNodes": "0",
            "memoryMiB": 14848,
          },
          {
            "cpus": "8-15",
            "hostNodes": "1",
            "memoryMiB": 14848,
          },
        ],
        "topology": {
          "cores": 4,
          "sockets": 2,
          "threads": 2,
        },
        "vcpuPins": [
          "0",
          "8",
          "1",
          "9",
          "2",
          "10",
          "3",
          "11",
          "4",
          "12",
          "5",
          "13",
          "6",
          "14",
          "7",
          "15",
        ],
        "vcpus": 16,
      },
      "pages": {
        "perNode": [
          {
            "hugePages2M": 7424,
            "node": 0,
          },
          {
            "hugePages2M": 7424,
            "node": 1,
          },
        ],
      },
    }
  `);
});

test("emulator and I/O thread of a guest on one socket get CPUs of another", () => {
  const best = presetConfiguration("kvm-best");
  const { pinning } = presetConfiguration("kvm-one-socket");
  expect(fittedTo({ ...best, pinning }, largeSut())).toMatchObject({
    machine: {
      vcpus: 8,
      topology: { sockets: 1, cores: 4, threads: 2 },
      vcpuPins: "0 8 1 9 2 10 3 11".split(" "),
      emulatorPin: "6",
      ioThreadPin: "7",
    },
  });
});

test("CPUs that make no regular topology are shown as cores of one socket, each vCPU on its own CPU", () => {
  const facts = sampleFacts();
  const cpu = { ...facts.cpu, online: "0-2,8" };
  expect(fittedTo(presetConfiguration("kvm-tuned"), { ...facts, cpu })).toMatchObject({
    machine: {
      vcpus: 4,
      memoryMiB: 3072,
      topology: { sockets: 1, cores: 4, threads: 1 },
      vcpuPins: ["0", "1", "2", "8"],
    },
  });
});

test("a guest without a choice on an axis gets none by fitting", () => {
  expect(
    Object.keys((fittedTo(presetConfiguration("kvm"), largeSut()) as { machine?: object }).machine ?? {}),
  ).toEqual(Object.keys((presetConfiguration("kvm") as { machine?: object }).machine ?? {}));
});
