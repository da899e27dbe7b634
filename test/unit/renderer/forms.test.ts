// The forms of the window: what is stored comes back as it was, and what is typed is named where it is wrong.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fieldOf, newCampaignForm, toCampaignDraft } from "#renderer/pages/new/campaign-form.ts";
import { toConfiguration, toConfigurationForm } from "#renderer/pages/new/configuration-form.ts";
import { labFormChecker, labIdOf, toLabForm } from "#renderer/pages/labs/lab-form.ts";
import { configurationSchema, type Configuration } from "#shared/model/configuration.ts";
import type { Lab } from "#shared/model/lab.ts";
import { idSchema } from "#shared/model/text.ts";

const cpuList = fc.constantFrom("0", "0-7", "0-7,16-23", "3,5");
const optional = <T>(key: string, value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined }).map((found) => (found === undefined ? {} : { [key]: found }));

const common = fc
  .record({
    cpus: optional("cpus", cpuList),
    memory: fc.oneof(
      fc.constantFrom({ policy: "default" } as const, { policy: "local" } as const),
      fc.record({ policy: fc.constantFrom("interleave" as const, "bind" as const), nodes: cpuList }),
    ),
    thp: optional("thp", fc.constantFrom("always", "madvise", "never")),
    hugePages: optional("hugePages2M", fc.nat(100_000)),
  })
  .map(({ cpus, memory, thp, hugePages }) => ({
    id: "some-id",
    label: "A label",
    pinning: { ...cpus, memory },
    pages: { ...thp, ...hugePages },
  }));

const specific = fc.oneof(
  fc.constant({
    environment: "native" as const,
    network: { mode: "host" as const },
    storage: { kind: "file" as const },
  }),
  fc.record({
    environment: fc.constant("docker" as const),
    network: fc.record({ mode: fc.constantFrom("host" as const, "nat" as const) }),
    storage: fc.record({ kind: fc.constantFrom("volume" as const, "layer" as const) }),
  }),
  fc.record({
    environment: fc.constant("kvm" as const),
    machine: fc
      .tuple(
        fc.record({
          accelerator: fc.constantFrom("auto", "kvm", "tcg"),
          vcpus: fc.integer({ min: 1, max: 1024 }),
          memoryMiB: fc.integer({ min: 256, max: 16_777_216 }),
          cpuModel: fc.constantFrom("default", "host-model", "host-passthrough"),
          hugePages: fc.boolean(),
        }),
        optional("vcpuPins", fc.array(cpuList, { minLength: 1, maxLength: 4 })),
        optional("emulatorPin", cpuList),
      )
      .map(([machine, pins, emulator]) => ({ ...machine, ...pins, ...emulator })),
    network: fc.record({ mode: fc.constant("bridge" as const), vhost: fc.constantFrom("auto", "off") }),
    storage: fc.record({
      format: fc.constantFrom("raw", "qcow2"),
      cache: fc.constantFrom("none", "writeback", "unsafe"),
      io: fc.constantFrom("native", "threads", "io_uring"),
      ioThread: fc.boolean(),
    }),
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
  const fields = toCampaignDraft(form).error?.issues.map(({ path }) => fieldOf(path, form));
  expect(fields).toEqual(["host.sysctls.1.name", "host.sysctls.2.value"]);
});
