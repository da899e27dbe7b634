// Cells that a lab cannot measure: which, why, and that the rest of the campaign goes on without them.
import { expect, test } from "vitest";
import { environments } from "#shared/environments/registry.ts";
import { campaignSchema, type Campaign } from "#shared/model/campaign.ts";
import { configurationSchema } from "#shared/model/configuration.ts";
import type { Configuration } from "#shared/model/configuration.ts";
import { guestObstacles, refusedCells } from "#shared/plan/obstacles.ts";
import { findings } from "#shared/plan/findings.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { byCell, remaining } from "#shared/plan/remaining.ts";
import { presetConditions, workloads } from "#shared/workloads/registry.ts";
import { kvm, native, sampleCampaign } from "../sample-campaign.ts";
import { sampleFacts } from "../sample-facts.ts";

const conditions = [...presetConditions("stream", "quick"), ...presetConditions("nuttcp", "quick")];
const campaign = campaignSchema.parse(sampleCampaign({ conditions, blocks: 2 }));
const whole = { sut: sampleFacts(), loadgen: sampleFacts({ machine: "loadgen", hostname: "load-1" }) };
const inputs = (change: Partial<Campaign> = {}, facts: Partial<typeof whole> = {}) => ({
  campaign: { ...campaign, ...change },
  facts: { ...whole, ...facts },
  workloads,
  environments,
});
const cells = (refused: ReturnType<typeof refusedCells>) =>
  refused.map(({ slot, conditionId, reason }) => `${slot} ${conditionId}: ${reason}`);

test("a lab that offers everything refuses nothing", () => {
  expect(refusedCells(inputs())).toEqual([]);
});

test("a configuration that the SUT does not offer is refused as a whole, with the reason", () => {
  const twoSockets = { ...native, id: "two", pinning: { memory: { policy: "bind" as const, nodes: "0-1" } } };
  expect(cells(refusedCells(inputs({ configurations: [native, twoSockets] })))).toMatchInlineSnapshot(`
    [
      "two stream: NUMA node 1 is not there: sut-1 has one NUMA node, 0.",
      "two nuttcp-transmit: NUMA node 1 is not there: sut-1 has one NUMA node, 0.",
      "two nuttcp-receive: NUMA node 1 is not there: sut-1 has one NUMA node, 0.",
    ]
  `);
});

test("a tool that is missing, and a guest that is too small, refuse only what needs them", () => {
  const small = { ...kvm, machine: { ...kvm.machine, memoryMiB: 256 } };
  const loadgen = sampleFacts({ hostname: "load-1", tools: { nuttcp: null } });
  const refused = cells(
    refusedCells(inputs({ configurations: [native, small], control: false }, { loadgen })),
  );
  expect(refused.filter((cell) => cell.includes("stream"))).toMatchInlineSnapshot(`
    [
      "kvm stream: The guest has 256 MiB of memory; STREAM, 3 x 128 MiB needs 416 MiB.",
    ]
  `);
  expect(refused.filter((cell) => cell.includes("needs nuttcp on load-1"))).toHaveLength(4);
});

test("fio's region must fit on the block device that a configuration chose, not on the file system", () => {
  const facts = sampleFacts({
    freeBytes: 2 ** 20,
    blocks: ["sdb", "sdc"].map((name, index) => ({
      name,
      sizeBytes: index === 0 ? 2 ** 26 : 2 ** 30,
      model: null,
      serial: "S1",
      rotational: false,
      scheduler: null,
      mounts: [],
      holders: [],
      partitions: [],
      fileSystem: null,
    })),
  });
  const onDevice = (id: string) =>
    configurationSchema.parse({
      ...native,
      id,
      storage: { kind: "device", device: { path: `/dev/${id}`, serial: "S1" } },
    });
  const configurations = [native, onDevice("sdb"), onDevice("sdc")];
  const fio = presetConditions("fio", "quick").slice(0, 1);
  expect(
    cells(refusedCells(inputs({ configurations, control: false, conditions: fio }, { sut: facts }))),
  ).toEqual([
    "native fio-read-d2: Fio's file of 128.0 MiB does not fit: sut-1 has 1.0 MiB free.",
    "sdb fio-read-d2: Fio's region of 128.0 MiB does not fit on /dev/sdb, which has 64.0 MiB.",
  ]);
});

test("a file that a guest's disk has no room for is refused there, and goes onto a second disk", () => {
  const [fio] = presetConditions("fio", "as described");
  if (fio === undefined) throw new Error("There is no fio condition.");
  const large = { ...fio, parameters: { ...fio.parameters, fileBytes: 30 * 2 ** 30 } };
  const reasons = (configuration: Configuration) =>
    guestObstacles({ workloads }, large, configuration).map(({ text }) => text);
  expect(reasons(kvm).join()).toMatch(/^the guest's disk has room for 28 GiB/);
  const device = { path: "/dev/sdb", serial: "S1" };
  expect(reasons({ ...kvm, storage: { ...kvm.storage, device } })).toEqual([]);
  expect(reasons(native)).toEqual([]);
});

test("a campaign of which nothing is left must not start; one cell is enough", () => {
  const loadgen = sampleFacts({ hostname: "load-1", tools: { nuttcp: null } });
  const only = presetConditions("nuttcp", "quick");
  const severities = (change: Partial<Campaign>) =>
    findings(inputs(change, { loadgen })).map(({ severity }) => severity);
  expect(severities({ conditions: [...only] })).toContain("error");
  expect(severities({})).not.toContain("error");
});

test("refused cells are neither missing nor failed, and a configuration outside of its scope is not planned", () => {
  const scope = { "docker-nat": ["nuttcp" as const], kvm: ["stream" as const] };
  const plan = planSessions({ ...campaign, scope });
  const slots = (id: string) =>
    plan.flatMap(({ runs }) => runs).filter(({ conditionId }) => conditionId === id);
  expect(new Set(slots("stream").map(({ slot }) => slot))).toEqual(
    new Set(["native", "native.control", "kvm"]),
  );
  const refusedCellsOfKvm = byCell([{ slot: "kvm", conditionId: "stream", reason: "no" }]);
  const { counts, sessions } = remaining(plan, {
    runs: new Map(),
    stoppedCells: new Set(),
    refusedCells: refusedCellsOfKvm,
  });
  expect(counts).toMatchObject({ refused: 2, missing: counts.planned - 2 });
  expect(sessions.map(({ slot }) => slot)).not.toContain("kvm");
});
