// The dry run of a real campaign: complete, in order, executable as shown, and frank about what stands in the way.
import { expect, test } from "vitest";
import { changeScripts } from "#shared/changes/script.ts";
import { environmentScripts } from "#shared/environments/names.ts";
import { campaignSchema } from "#shared/model/campaign.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import { dryRunSchema } from "#shared/contract/campaigns.ts";
import { campaignDryRun } from "#shared/plan/campaign-dry-run.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { kvm, sampleCampaign } from "../sample-campaign.ts";
import { sampleFacts } from "../sample-facts.ts";

const conditions = Object.values(workloads).flatMap(({ presets }) => (presets.quick ?? []).slice(0, 1));
const facts = { sut: sampleFacts(), loadgen: sampleFacts({ machine: "loadgen", hostname: "load-1" }) };
const campaign = campaignSchema.parse(
  sampleCampaign({
    conditions,
    blocks: 5,
    host: { governor: "performance", dropCaches: true, sysctls: { "vm.swappiness": "10" } },
  }),
);
const plan = (change: Partial<Campaign> = {}, known: Parameters<typeof campaignDryRun>[0]["facts"] = facts) =>
  campaignDryRun({
    campaign: { ...campaign, ...change },
    facts: known,
    scripts,
    kernelFolder: "/var/lib/tare/kernels/f00d",
    kernelCommands: [{ argv: ["sh", "/root/scripts/build-kernels.sh"], root: true }],
  });
const scripts = Object.fromEntries(
  [...changeScripts, ...environmentScripts].map((name) => [name, `/root/scripts/${name}`]),
);

const plainNic = {
  driver: null,
  mac: null,
  up: true,
  speedMbps: null,
  duplex: null,
  mtu: 1500,
  queues: { rx: 1, tx: 1 },
  offloads: [],
  node: null,
  irqs: [],
  master: null,
};

const title = (step: { title: string }) => step.title.replace("Undo: ", "");

test("every planned run is shown in the order of the plan, between the facts before and after", () => {
  const { steps, runs, totalSeconds, findings } = dryRunSchema.parse(plan());
  const planned = planSessions(campaign).flatMap((session) => session.runs.map(({ runId }) => runId));
  expect([...new Set(steps.flatMap(({ runId }) => (runId === null ? [] : [runId])))]).toEqual(planned);
  expect(steps.filter(({ kind }) => kind === "measure")).toHaveLength(runs);
  expect(totalSeconds).toBeGreaterThan(runs);
  expect([steps[0]?.kind, steps.at(-1)?.kind]).toEqual(["probe", "probe"]);
  expect(findings).toEqual([]);
});

test("every lasting change is undone, last first, in its session or at the end", () => {
  const { steps } = plan();
  for (const [block, slot] of [
    [null, null],
    [2, "kvm"],
    [5, "docker-nat"],
  ]) {
    const own = steps.filter((step) => step.block === block && step.slot === slot && step.machine === "sut");
    const changes = own.filter(({ kind }) => kind === "change").map(title);
    const undone = own.filter(({ kind }) => kind === "undo").map(title);
    expect(undone.length).toBeGreaterThan(0);
    expect(undone.toReversed()).toEqual(changes.filter((each) => !each.includes("drop the page cache")));
  }
});

test("commands are shown as they would be typed", () => {
  const { steps } = plan();
  const measure = (slot: string, condition: string) =>
    steps.find(({ kind, runId }) => kind === "measure" && runId === `b01-${slot}-${condition}`)?.commands[0];
  expect(measure("docker-nat", "nuttcp-transmit")).toMatch(/^nuttcp -t .*198\.18\.1\.2$/);
  expect(measure("kvm", "nuttcp-transmit")).toMatch(/^nuttcp -t .*198\.18\.1\.65$/);
  expect(steps.find(({ kind, slot }) => kind === "change" && slot === null)?.commands).toMatchInlineSnapshot(`
    [
      "# as root
    sh /root/scripts/settings.sh governor-probe",
      "# as root
    sh /root/scripts/settings.sh governor-set performance",
    ]
  `);
});

test("what stands in the way is found with its field, errors first", () => {
  const tooLarge = { ...kvm, machine: { ...kvm.machine, memoryMiB: 256 } };
  const known = {
    sut: sampleFacts({ docker: null }),
    loadgen: sampleFacts({ hostname: "load-1", tools: { nuttcp: null } }),
  };
  const { findings } = plan(
    { configurations: [...campaign.configurations.slice(0, 2), tooLarge], blocks: 2, control: false },
    known,
  );
  expect(findings.map(({ severity, field, text }) => `${severity} ${field}: ${text}`)).toMatchInlineSnapshot(`
    [
      "refused configurations.1.environment: Docker, NAT: Docker is not installed on sut-1.",
      "refused configurations.2.machine.memoryMiB: KVM: the guest has 256 MiB of memory; STREAM, 3 x 128 MiB needs 416 MiB.",
      "refused null: nuttcp needs nuttcp on load-1, and it is not installed there.",
      "warning control: Without the A/A control the machine's own noise is not measured: a ratio counts as distinguishable as soon as its interval excludes 1.",
      "warning blocks: With 2 blocks the 95 % intervals are wide (Student's t with 1 degree of freedom). 10 blocks are usual.",
    ]
  `);
});

test("a plan without facts is made all the same, and says that it was not checked", () => {
  const { findings, steps, factsTakenAt } = plan({}, { sut: null, loadgen: null });
  expect(factsTakenAt).toBeNull();
  // Five blocks of four slots.
  expect(steps.filter(({ kind }) => kind === "measure")).toHaveLength(20 * conditions.length);
  expect(findings.map(({ field }) => field)).toEqual(["labId", "labId"]);
});

test("what cannot be planned without facts is counted with its time, and a probe is asked for", () => {
  const { lab } = campaign;
  const { dataInterface: _, ...sut } = lab.sut;
  const guests = campaign.configurations.filter(({ environment }) => environment !== "docker");
  // SSH comes by another interface than the one that a bridge is made over.
  const elsewhere = { ...sut, address: "198.18.9.2" };
  const unnamed = {
    configurations: guests,
    lab: { ...lab, sut: elsewhere, guest: { address: lab.guest.address } },
  };
  const unprobed = plan(unnamed, { sut: null, loadgen: null });
  const nic = { name: "eth1", addresses: [`${sut.dataAddress}/24`] };
  const known = { ...facts, sut: sampleFacts({ nics: [{ ...plainNic, ...nic }] }) };
  const probed = plan(unnamed, known);
  expect(probed.findings).toEqual([]);
  expect(unprobed.findings[0]).toEqual({
    severity: "error",
    field: "labId",
    text: "Probe both hosts first: the commands for KVM depend on what they are.",
  });
  expect(unprobed.findings.filter(({ severity }) => severity === "error")).toHaveLength(1);
  expect(unprobed.totalSeconds / probed.totalSeconds).toBeGreaterThan(0.9);
});

test("parameters that cannot be used are an error of their condition", () => {
  const [first, ...rest] = conditions;
  if (first === undefined) throw new Error("no condition");
  const { findings } = plan({ conditions: [{ ...first, parameters: { elements: "many" } }, ...rest] });
  expect(findings[0]).toMatchObject({ severity: "error", field: "conditions.0.parameters" });
});
