// The forms of the window: what is stored comes back as it was, and what is typed is named where it is wrong.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { campaignResolver, fieldIssue } from "#renderer/wizards/campaign/campaign-errors.ts";
import {
  campaignFormSchema,
  newCampaignForm,
  toCampaignDraft,
  toCampaignForm,
  type CampaignForm,
} from "#renderer/wizards/campaign/campaign-form.ts";
import { toConfiguration, toConfigurationForm } from "#renderer/wizards/configuration/configuration-form.ts";
import { matrixRows, withScope } from "#renderer/wizards/campaign/scope.ts";
import { labFormChecker, labIdOf, toLabForm } from "#renderer/wizards/lab/lab-form.ts";
import { configurationPresets } from "#shared/environments/presets.ts";
import { campaignDraftSchema, type CampaignDraft } from "#shared/model/campaign.ts";
import { configurationSchema, type Configuration } from "#shared/model/configuration.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Lab } from "#shared/model/lab.ts";
import { idSchema } from "#shared/model/text.ts";
import { presetNames, workloadNames } from "#shared/model/workload.ts";
import { campaignPresets, presetDraft } from "#shared/plan/campaign-presets.ts";
import { conditionsIn } from "#shared/plan/plan-sessions.ts";
import { sampleFacts } from "../sample-facts.ts";

const cpuList = fc.constantFrom("0", "0-7", "0-7,16-23", "3,5");
const device = fc.record({
  path: fc.constantFrom("/dev/nvme1n1", "/dev/disk/by-id/wwn-0x5000c500a1b2c3d4", "/dev/mapper/vg-lv_1"),
  serial: fc.constantFrom("S5XBNE0R301234", "with spaces inside", "0"),
});
const whole = (max: number, min = 0) => fc.integer({ min, max });

/** Any of the values, or no such key at all. */
function part(parts: Readonly<Record<string, fc.Arbitrary<unknown>>>) {
  return fc.record(parts, { requiredKeys: [] });
}

const common = fc.record({
  id: fc.constantFrom("some-id", "a", "x.y-2"),
  label: fc.constantFrom("A label", "Größe 2"),
  pinning: fc
    .tuple(
      part({ cpus: cpuList }),
      fc.oneof(
        fc.constantFrom({ policy: "default" }, { policy: "local" }),
        fc.record({ policy: fc.constantFrom("interleave", "bind"), nodes: cpuList }),
      ),
    )
    .map(([cpus, memory]) => ({ ...cpus, memory })),
  pages: part({
    thp: fc.constantFrom("always", "madvise", "never"),
    hugePages2M: whole(16_777_216),
    hugePages1G: whole(65_536),
    hugePagesNode: whole(1023),
  }),
});

const machine = fc
  .tuple(
    fc.record({
      accelerator: fc.constantFrom("auto", "kvm", "tcg"),
      vcpus: whole(1024, 1),
      memoryMiB: whole(16_777_216, 256),
      cpuModel: fc.constantFrom("default", "host-model", "host-passthrough", "SandyBridge", "EPYC-Rome"),
      hugePages: fc.boolean(),
    }),
    part({
      topology: fc.record({ sockets: whole(64, 1), cores: whole(1024, 1), threads: whole(8, 1) }),
      numaCells: fc.array(
        fc
          .tuple(fc.record({ cpus: cpuList, memoryMiB: whole(16_777_216, 64) }), part({ hostNodes: cpuList }))
          .map(([cell, nodes]) => ({ ...cell, ...nodes })),
        { minLength: 1, maxLength: 4 },
      ),
      vcpuPins: fc.array(cpuList, { minLength: 1, maxLength: 4 }),
      emulatorPin: cpuList,
      ioThreadPin: cpuList,
      // What a default says is left out: 2 MiB, not locked.
      hugePageKiB: fc.constant(1_048_576),
      locked: fc.constant(true),
    }),
  )
  .map(([fixed, rare]) => ({ ...fixed, ...rare }));

const deviceStorage = fc.record({ kind: fc.constant("device"), device });

const specific = fc.oneof(
  fc.record({
    environment: fc.constant("native"),
    network: fc.constant({ mode: "host" }),
    storage: fc.oneof(fc.constant({ kind: "file" }), deviceStorage),
  }),
  fc.record({
    environment: fc.constant("docker"),
    network: fc.oneof(
      fc.constantFrom({ mode: "host" }, { mode: "macvlan" }),
      part({ userlandProxy: fc.boolean() }).map((proxy) => ({ mode: "nat", ...proxy })),
    ),
    storage: fc.oneof(fc.constantFrom({ kind: "volume" }, { kind: "layer" }), deviceStorage),
  }),
  fc.record({
    environment: fc.constant("kvm"),
    machine,
    network: fc.record({
      mode: fc.constantFrom("bridge", "direct", "user"),
      vhost: fc.constantFrom("auto", "on", "off"),
    }),
    storage: fc
      .tuple(
        fc.record({
          format: fc.constantFrom("raw", "qcow2"),
          cache: fc.constantFrom("none", "writeback", "writethrough", "directsync", "unsafe"),
          io: fc.constantFrom("native", "threads", "io_uring"),
          ioThread: fc.boolean(),
        }),
        part({ device }),
      )
      .map(([disk, second]) => ({ ...disk, ...second })),
  }),
);

const configurations = fc
  .tuple(common, specific)
  .map(([shared, own]): Configuration => configurationSchema.parse({ ...shared, ...own }));

test("a configuration that went through the form is the same", () => {
  fc.assert(
    fc.property(configurations, (configuration) => {
      expect(configurationSchema.parse(toConfiguration(toConfigurationForm(configuration)))).toEqual(
        configuration,
      );
    }),
    { numRuns: 300 },
  );
});

const lab: Lab = {
  id: "pair",
  name: "Pair",
  sut: {
    address: "sut.example",
    port: 2222,
    user: "root",
    auth: { kind: "key", path: "~/.ssh/lab key" },
    jump: { address: "jump.example", port: 22, user: "ops", auth: { kind: "password" } },
    become: "root",
    dataAddress: "192.0.2.1",
    dataInterface: "enp1s0",
  },
  loadgen: {
    address: "2001:db8::2",
    port: 22,
    user: "bench",
    auth: { kind: "agent" },
    become: "sudo",
    dataAddress: "192.0.2.2",
  },
  guest: { address: "192.0.2.65/24", bridge: "br0" },
  userland: { kind: "archive", path: "/srv/it's here/userland.tar" },
  demo: false,
};

test("a lab that went through the form is the same", () => {
  expect(labFormChecker({ id: lab.id, demo: lab.demo }).parse(toLabForm(lab))).toEqual(lab);
});

test("what is wrong in a lab is named by the field where it was typed", () => {
  const form = toLabForm(lab);
  form.sut.jump.port = "twenty-two";
  form.loadgen.address = "-oProxyCommand=reboot";
  form.userland.path = "relative.tar";
  const result = labFormChecker({ id: lab.id, demo: false }).safeParse(form);
  expect(result.error?.issues.map(({ path }) => path.join("."))).toEqual([
    "sut.jump.port",
    "loadgen.address",
    "userland.path",
  ]);
});

test("an id made of any name is a usable one that is not taken", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (name) => {
      const first = labIdOf(name, new Set());
      const second = labIdOf(name, new Set([first]));
      expect(idSchema.safeParse(first).success).toBe(true);
      expect(idSchema.safeParse(second).success).toBe(true);
      expect(second).not.toBe(first);
      expect([first, second]).not.toContain("new");
    }),
  );
});

test("the form of a new campaign lacks nothing but a name", () => {
  const form = newCampaignForm("pair", null);
  const paths = toCampaignDraft(form).error?.issues.map(({ path }) => path.join("."));
  expect(paths).toEqual(["name"]);
  expect(toCampaignDraft({ ...form, name: "First" }).success).toBe(true);
});

test("a campaign of every preset that went through the form is the same", () => {
  for (const preset of campaignPresets)
    for (const sizes of presetNames) {
      const draft = presetDraft(lab, sizes, null, preset);
      const again = toCampaignDraft(toCampaignForm(draft)).data;
      // A scope that names every workload of the campaign is left out.
      expect({ ...again, scope: null }).toEqual({ ...campaignDraftSchema.parse(draft), scope: null });
      for (const { id } of draft.configurations)
        expect(conditionsIn(again ?? draft, id)).toEqual(conditionsIn(draft, id));
    }
});

test("conditions of no preset, scope, ladders and host changes go through the form", () => {
  const [first, second] = configurationPresets.map(({ configuration }) => configuration);
  if (first === undefined || second === undefined) throw new Error("there are presets");
  const draft: CampaignDraft = {
    name: "By hand",
    labId: "pair",
    configurations: [first, second],
    conditions: [
      { id: "own", label: "Own threads", workload: "stream", parameters: { threads: 3, sizes: [1, 2] } },
      ...presetDraft(lab, "quick", null)
        .conditions.filter(({ workload }) => workload === "redis")
        .slice(1),
    ],
    scope: { [second.id]: ["redis"] },
    ladders: [{ id: "walk", title: "A walk", steps: [second.id, first.id] }],
    blocks: 7,
    control: false,
    host: { governor: "performance", dropCaches: false, sysctls: { "vm.swappiness": "10" } },
    seed: 4,
  };
  expect(toCampaignDraft(toCampaignForm(draft)).data).toEqual(draft);
});

test("a draft that an earlier version stored is still read, workloads that it did not know are off", () => {
  const { ladders: _, workloads, ...form } = newCampaignForm("pair", null);
  const old = {
    ...form,
    workloads: { stream: { preset: "quick", left: [] } },
    configurations: form.configurations.map(({ id, label, environment, pinning }) => ({
      id,
      label,
      environment,
      pinning,
      pages: { thp: "", hugePages2M: "" },
      machine: {
        accelerator: "auto",
        vcpus: "2",
        memoryMiB: "2048",
        cpuModel: "default",
        vcpuPins: "",
        emulatorPin: "",
        hugePages: false,
      },
      network: { mode: "host", vhost: "auto" },
      storage: { kind: "volume", format: "raw", cache: "none", io: "native", ioThread: false },
    })),
  };
  const read = campaignFormSchema.parse(old);
  expect(workloadNames.filter((name) => read.workloads[name].preset !== "off")).toEqual(["stream"]);
  expect(workloads.stream.preset).toBe("quick");
  expect(toCampaignDraft({ ...read, name: "Old" }).error).toBeUndefined();
});

test("a workload that a configuration leaves out leaves its cells, its rows and the draft's scope", () => {
  const form = { ...newCampaignForm("pair", null), name: "First" };
  const [native, docker] = form.configurations;
  if (native === undefined || docker === undefined) throw new Error("there are configurations");
  docker.without = withScope([], ["fio", "stream"], false);
  expect(withScope(docker.without, ["stream"], true)).toEqual(["fio"]);
  const draft = toCampaignDraft(form).data;
  expect(draft?.scope?.[docker.id]).toEqual(
    workloadNames.filter((name) => name !== "fio" && name !== "stream"),
  );
  const rows = matrixRows(form.configurations, draft?.conditions ?? [], true);
  expect(rows.map(({ slot, control }) => [slot, control]).slice(0, 3)).toEqual([
    [native.id, false],
    [`${native.id}.control`, true],
    [docker.id, false],
  ]);
  expect(rows[2]?.conditions.some(({ workload }) => workload === "fio")).toBe(false);
  expect(rows[1]?.conditions).toEqual(draft?.conditions);
});

test("a configuration that was removed is no step of a ladder any more", () => {
  const form = { ...newCampaignForm("pair", null), name: "First" };
  form.ladders = [{ id: "walk", title: "Walk", steps: ["docker-nat", "gone", "docker-host"] }];
  expect(toCampaignDraft(form).data?.ladders?.[0]?.steps).toEqual(["docker-nat", "docker-host"]);
});

/** Messages by field, as the form shows them. */
async function messagesOf(form: CampaignForm, facts: Facts | null = null) {
  const { errors } = await campaignResolver(
    form,
    { facts },
    {
      fields: {},
      shouldUseNativeValidation: false,
    },
  );
  const found: Record<string, string> = {};
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null) return;
    const message: unknown = Reflect.get(value, "message");
    if (typeof message === "string") found[path] = message;
    else
      for (const key of Object.keys(value))
        visit(Reflect.get(value, key), path === "" ? key : `${path}.${key}`);
  };
  visit(errors, "");
  return found;
}

test("what is wrong in a guest is told at the field where it was typed", async () => {
  const form = { ...newCampaignForm("pair", null), name: "First" };
  const index = form.configurations.findIndex(({ environment }) => environment === "kvm");
  const kvm = form.configurations[index];
  if (kvm === undefined) throw new Error("there is a guest");
  kvm.machine.numaCells = "0-7:8192@0 8-15";
  kvm.machine.vcpuPins = "0 1-";
  kvm.machine.cpuModel = "sandy bridge";
  kvm.machine.topology = { sockets: "2", cores: "", threads: "1" };
  const at = `configurations.${index}.machine`;
  const found = await messagesOf(form);
  expect(found).toMatchObject({
    [`${at}.numaCells`]: "node 1, “8-15”, must be vCPUs:MiB or vCPUs:MiB@nodes, like 0-7:8192@0",
    [`${at}.vcpuPins`]: "pin of vCPU 1: must be a CPU list like 0-7,16-23",
    [`${at}.cpuModel`]: "must be a CPU model of libvirt, like SandyBridge",
  });
  expect(Object.keys(found)).toContain(`${at}.topology.cores`);
});

test("a configuration that is measured with nothing, and a ladder of one step, are told", async () => {
  const form = { ...newCampaignForm("pair", null), name: "First" };
  const [native] = form.configurations;
  if (native === undefined) throw new Error("there is a configuration");
  native.without = [...workloadNames];
  form.ladders = [{ id: "walk", title: "Walk", steps: ["docker-nat"] }];
  expect(await messagesOf(form)).toEqual({
    "configurations.0.without": "must be measured with a workload",
    "ladders.0.steps": "must have two configurations or more",
  });
});

test("a device that is in use, or whose serial number was typed wrong, is told", async () => {
  const block = {
    sizeBytes: 2 ** 40,
    model: "Disk",
    serial: "S5X1",
    rotational: false,
    scheduler: "none",
    mounts: [],
    holders: [],
    partitions: [],
    fileSystem: null,
  };
  const facts: Facts = {
    ...sampleFacts(),
    blocks: [
      { ...block, name: "sda", mounts: ["/"] },
      { ...block, name: "sdb" },
    ],
  };
  const form = { ...newCampaignForm("pair", null), name: "First" };
  const [native] = form.configurations;
  if (native === undefined) throw new Error("there is a configuration");
  const typed = async (path: string, serial: string) => {
    native.storage = { ...native.storage, kind: "device", device: { path, serial } };
    return messagesOf(form, facts);
  };
  const at = "configurations.0.storage.device";
  expect(await typed("/dev/sda", "S5X1")).toEqual({
    [`${at}.path`]: "/dev/sda is not free: it is mounted at /",
  });
  expect(await typed("/dev/sdb", "s5x1")).toEqual({
    [`${at}.serial`]: "/dev/sdb has the serial number S5X1, not s5x1",
  });
  expect(Object.keys(await typed("/dev/sdb", ""))).toEqual([`${at}.serial`]);
  expect(Object.keys(await typed("", ""))).toEqual([`${at}.path`, `${at}.serial`]);
  expect(await typed("/dev/sdb", "S5X1")).toEqual({});
});

test("a sysctl that cannot be one is named by its row", () => {
  const form = {
    ...newCampaignForm("pair", null),
    name: "First",
    host: {
      governor: "",
      dropCaches: false,
      sysctls: [
        { name: "vm.swappiness", value: "10" },
        { name: "vm swappiness; reboot", value: "10" },
        { name: "net.core.somaxconn", value: "" },
      ],
    },
  };
  const fields = toCampaignDraft(form).error?.issues.map((issue) => fieldIssue(issue, form).field);
  expect(fields).toEqual(["host.sysctls.1.name", "host.sysctls.2.value"]);
});
