// Ladders: what a step changes, what is wrong with a walk, and the walks to begin with.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { campaignSchema, type Campaign } from "#shared/model/campaign.ts";
import { configurationSchema, type Configuration } from "#shared/model/configuration.ts";
import { configurationDifferences, differenceText } from "#shared/plan/configuration-differences.ts";
import { ladderConfigurations, ladderPresets } from "#shared/plan/ladder-presets.ts";
import { ladderFindings } from "#shared/plan/ladder.ts";
import { dockerNat, kvm, native, sampleCampaign } from "../sample-campaign.ts";
import { sampleFacts } from "../sample-facts.ts";

const machine = (change: Partial<typeof kvm.machine>): Configuration => ({
  ...kvm,
  machine: { ...kvm.machine, ...change },
});
const disk = (change: Partial<typeof kvm.storage>): Configuration => ({
  ...kvm,
  storage: { ...kvm.storage, ...change },
});
const docker = (change: object): Configuration => configurationSchema.parse({ ...dockerNat, ...change });
const device = { path: "/dev/nvme1n1", serial: "S1" };

const irqs = { ...native, pinning: { ...native.pinning, nicIrqs: "4-5" } } as const;

const changes: readonly (readonly [Configuration, Configuration, string])[] = [
  [kvm, machine({ cpuModel: "SandyBridge" }), "CPU model from default to SandyBridge"],
  [native, irqs, "NIC interrupts from as the host has them to host CPUs 4-5"],
  [kvm, machine({ accelerator: "tcg" }), "accelerator from auto to tcg"],
  [kvm, machine({ memoryMiB: 4096 }), "memory from 1024 MiB to 4096 MiB"],
  [
    kvm,
    machine({ topology: { sockets: 1, cores: 1, threads: 2 } }),
    "CPU topology from one core a vCPU to 1 socket x 1 core x 2 threads",
  ],
  [kvm, machine({ vcpuPins: ["0", "1"] }), "vCPU pinning from not pinned to host CPUs 0 / 1"],
  [kvm, machine({ emulatorPin: "0" }), "emulator pinning from not pinned to host CPUs 0"],
  [kvm, machine({ locked: true }), "memory locking from not locked to locked"],
  [
    kvm,
    machine({
      numaCells: [
        { cpus: "0", memoryMiB: 512, hostNodes: "0" },
        { cpus: "1", memoryMiB: 512 },
      ],
    }),
    "guest NUMA from one node to vCPUs 0 with 512 MiB of host node 0, vCPUs 1 with 512 MiB",
  ],
  [
    kvm,
    { ...kvm, machine: { ...kvm.machine, hugePages: true }, pages: { hugePages2M: 512 } },
    "huge pages from none to 512 of 2 MiB reserved, the guest's memory in pages of 2 MiB",
  ],
  [kvm, { ...kvm, network: { mode: "direct", vhost: "auto" } }, "network from bridge to direct"],
  [kvm, { ...kvm, network: { mode: "bridge", vhost: "off" } }, "vhost from auto to off"],
  [
    kvm,
    disk({ format: "qcow2", cache: "writeback", io: "threads" }),
    "storage from raw, cache none, io native to qcow2, cache writeback, io threads",
  ],
  [kvm, disk({ ioThread: false }), "I/O thread from own thread, not pinned to none"],
  [kvm, machine({ ioThreadPin: "1" }), "I/O thread from own thread, not pinned to own thread, host CPUs 1"],
  [kvm, disk({ device }), "second disk from none to /dev/nvme1n1"],
  [dockerNat, docker({ network: { mode: "macvlan" } }), "network from NAT to macvlan"],
  [
    dockerNat,
    docker({ network: { mode: "nat", userlandProxy: false } }),
    "network from NAT to NAT without userland proxy",
  ],
  [
    dockerNat,
    docker({ storage: { kind: "layer" } }),
    "storage from file of the host to the container's layer",
  ],
  [
    dockerNat,
    docker({ storage: { kind: "device", device } }),
    "storage from file of the host to device /dev/nvme1n1",
  ],
  [native, docker({ network: { mode: "host" } }), "environment from native to Docker"],
  [native, kvm, "environment from native to KVM"],
  [native, { ...native, pinning: { cpus: "0-7", memory: { policy: "default" } } }, "CPUs from all to 0-7"],
  [
    native,
    { ...native, pinning: { memory: { policy: "interleave", nodes: "0-1" } } },
    "memory policy from default to interleave on nodes 0-1",
  ],
  [
    native,
    { ...native, pages: { thp: "never" } },
    "transparent huge pages from as the host has them to never",
  ],
];

test.each(changes)("%#: one change is one difference, with both values", (from, to, text) => {
  expect(configurationDifferences(from, to).map(differenceText)).toEqual([text]);
  expect(configurationDifferences(to, from)).toHaveLength(1);
});

test("ids and labels are no difference; a configuration differs from itself in nothing, and both ways in the same axes", () => {
  const any = fc.constantFrom(...changes.flatMap(([from, to]) => [from, to]));
  fc.assert(
    fc.property(any, any, (a, b) => {
      const renamed = { ...a, id: "other", label: "Other" };
      expect(configurationDifferences(a, renamed)).toEqual([]);
      const there = configurationDifferences(a, b);
      const back = configurationDifferences(b, a);
      expect(back).toEqual(there.map(({ axis, from, to }) => ({ axis, from: to, to: from })));
    }),
  );
});

const tuned: Configuration = {
  ...machine({ cpuModel: "host-passthrough", vcpuPins: ["0", "1"] }),
  id: "kvm-tuned",
  label: "KVM tuned",
};
const found = (steps: readonly string[], change: Partial<Campaign> = {}) =>
  ladderFindings(
    campaignSchema.parse(
      sampleCampaign({
        configurations: [native, dockerNat, kvm, tuned],
        ladders: [{ id: "walk", title: "Walk", steps: [...steps] }],
        ...change,
      }),
    ),
  ).map(({ severity, field, text }) => `${severity} ${field}: ${text}`);

test("a walk of single changes has no findings", () => {
  const only = { ...machine({ cpuModel: "host-passthrough" }), id: "passthrough" };
  expect(found(["kvm", "passthrough", "kvm-tuned"], { configurations: [native, kvm, only, tuned] })).toEqual(
    [],
  );
});

test("unknown configurations, steps that change nothing, and two ladders of one name keep a campaign from starting", () => {
  expect(found(["kvm", "gone", "kvm-tuned"])).toEqual([
    "error ladders.0.steps.1: Walk: there is no configuration gone in this campaign.",
  ]);
  const same = { ...kvm, id: "again", label: "KVM again" };
  expect(found(["kvm", "again"], { configurations: [native, kvm, same] })).toEqual([
    "error ladders.0.steps.1: Walk, step 1 (KVM to KVM again) changes nothing.",
  ]);
  const ladder = { id: "walk", title: "Walk", steps: ["native", "kvm"] };
  expect(found([], { ladders: [ladder, ladder] })).toEqual([
    "error ladders.1.id: Two ladders have the id walk. Give one of them another.",
  ]);
});

test("a step of several changes is told with all of them", () => {
  expect(found(["kvm", "kvm-tuned"])).toEqual([
    "warning ladders.0.steps.1: Walk, step 1 (KVM to KVM tuned) changes 2 things at once: CPU model from default to host-passthrough; vCPU pinning from not pinned to host CPUs 0 / 1. What it yields cannot be credited to one of them; the paper changed three at once and credited one.",
  ]);
});

test("a workload that one of the steps is not measured with cannot be walked", () => {
  const only = { ...machine({ cpuModel: "host-passthrough" }), id: "passthrough", label: "KVM passthrough" };
  expect(
    found(["kvm", "passthrough"], {
      configurations: [native, kvm, only],
      scope: { passthrough: ["stream"] },
    }),
  ).toEqual([
    "warning ladders.0.steps: Walk: redis is not measured in KVM passthrough, so it is left out of this ladder.",
  ]);
});

const gibibyte = 2 ** 30;
const plainFacts = sampleFacts();
/** Two sockets, a node each, four cores a socket, two threads a core. */
const twoSockets = sampleFacts({
  cpu: {
    ...plainFacts.cpu,
    sockets: 2,
    cores: 8,
    threads: 16,
    online: "0-15",
    topology: Array.from({ length: 16 }, (_, cpu) => {
      const core = cpu % 8;
      const socket = core < 4 ? 0 : 1;
      return { cpu, core, socket, node: socket, l3: null };
    }),
  },
  memory: {
    ...plainFacts.memory,
    totalBytes: 64 * gibibyte,
    availableBytes: 60 * gibibyte,
    nodes: ["0-3,8-11", "4-7,12-15"].map((cpus, node) => ({
      node,
      cpus,
      totalBytes: 32 * gibibyte,
      freeBytes: 30 * gibibyte,
    })),
    hugePages: [{ sizeBytes: 2 ** 21, node: null, total: 0, free: 0 }],
  },
});

test.each(ladderPresets.map((preset) => [preset.id, preset] as const))(
  "%s: every step is one change, on one socket, on two and without facts",
  (_, preset) => {
    for (const facts of [plainFacts, twoSockets, null]) {
      const { configurations, ladder } = ladderConfigurations(preset, facts);
      const campaign = campaignSchema.parse(
        sampleCampaign({
          configurations: [native, ...configurations],
          ladders: ladder === null ? [] : [ladder],
        }),
      );
      expect(ladder?.steps).toEqual(configurations.map(({ id }) => id));
      expect(ladderFindings(campaign)).toEqual([]);
    }
  },
);

test("what a SUT does not offer is left out with the reason, and the walk goes on from the step before", () => {
  const [preset] = ladderPresets;
  if (preset === undefined) throw new Error("there are no presets");
  const { configurations, leftOut } = ladderConfigurations(preset, sampleFacts());
  expect(configurations.map(({ label }) => label)).not.toContain("KVM … + guest NUMA");
  expect(leftOut).toContainEqual({
    id: "walk-kvm-numa",
    label: "KVM … + guest NUMA",
    reason: "The CPUs of sut-1 are on one NUMA node.",
  });
  const [first] = configurations;
  const last = configurations.at(-1);
  expect(last).toMatchObject({ storage: { format: "raw", cache: "none", io: "native", ioThread: true } });
  expect(first).toMatchObject({ machine: { cpuModel: "default" }, storage: { format: "qcow2" } });
});

test("a SUT without the environment has no walk", () => {
  const bare = sampleFacts({ docker: null });
  const walks = ladderPresets.map((preset) => ladderConfigurations(preset, bare));
  expect(walks.map(({ ladder }) => ladder?.id ?? null)).toEqual(["walk-kvm", null, null]);
  expect(walks[1]?.leftOut.map(({ reason }) => reason)).toEqual(["Docker is not installed on sut-1."]);
});

test("the network is walked with every workload that uses it", () => {
  const walk = ladderPresets.find(({ id }) => id === "walk-docker-network");
  expect(walk === undefined ? [] : ladderConfigurations(walk, null).workloads).toEqual(
    expect.arrayContaining(["nuttcp", "redis"]),
  );
});
