// A dry run: every step of a campaign in the order of execution, with the exact commands, before a host is touched.
import type { DryRun, DryStep } from "../contract/campaigns.ts";
import { dropCachesChange } from "../changes/drop-caches.ts";
import type { EnvironmentContext } from "../environments/environment.ts";
import { environmentOf } from "../environments/registry.ts";
import type { Campaign, PlannedSession } from "../model/campaign.ts";
import type { Change } from "../model/change.ts";
import { commandText } from "../model/command.ts";
import type { Configuration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { hostRoles } from "../model/lab.ts";
import type { HostRole } from "../model/lab.ts";
import type { Condition } from "../model/workload.ts";
import { workloads } from "../workloads/registry.ts";
import { expectedPlaces } from "./expected-places.ts";
import type { Places } from "./expected-places.ts";
import { expectedSeconds } from "./expected-seconds.ts";
import { findings, thrownFinding } from "./findings.ts";
import type { Finding, HostFacts } from "./findings.ts";
import { hostChanges } from "./host-changes.ts";
import { parametersOf, portsOf } from "./parameters.ts";
import { planSessions } from "./plan-sessions.ts";
import { runCommands, surroundingsOf } from "./run-commands.ts";
import type { RunCommand } from "./run-commands.ts";

export interface DryRunInputs {
  readonly campaign: Campaign;
  readonly facts: HostFacts;
  /** Where things lie on the hosts; what is not known yet is shown as `HASH`. */
  readonly places?: Places;
}

type Inputs = Required<DryRunInputs>;

/** Never throws for what a person chose: what cannot be planned is a finding, and the steps are then incomplete. */
export function dryRun({ campaign, facts, places = expectedPlaces }: DryRunInputs): DryRun {
  const inputs: Inputs = { campaign, facts, places };
  const found: Finding[] = findings(campaign, facts);
  const steps: DryStep[] = [];
  // Without facts a step may lack what a probe would tell: that is no error of the design.
  const collect = (field: string | null, make: () => readonly DryStep[]) => {
    try {
      steps.push(...make());
    } catch (thrown) {
      const finding = thrownFinding(thrown, field, facts.sut === null ? "warning" : "error");
      if (!found.some(({ text }) => text === finding.text)) found.unshift(finding);
    }
  };
  let plan: readonly PlannedSession[] = [];
  collect("configurations", () => {
    plan = planSessions(campaign);
    return [];
  });
  collect("host", () => openingSteps(inputs));
  for (const session of plan) {
    const place = campaign.configurations.findIndex(({ id }) => id === session.configurationId);
    collect(`configurations.${place}`, () => sessionSteps(inputs, session));
  }
  collect("host", () => closingSteps(inputs));
  return {
    seed: campaign.seed,
    runs: plan.reduce((sum, { runs }) => sum + runs.length, 0),
    totalSeconds: steps.reduce((sum, { seconds }) => sum + seconds, 0),
    steps,
    findings: found,
    factsTakenAt: oldest([facts.sut, facts.loadgen]),
  };
}

const outside = { block: null, slot: null, runId: null } as const;

function openingSteps(inputs: Inputs): DryStep[] {
  const { campaign, places } = inputs;
  const guests = campaign.configurations.some(
    (each) => each.environment === "kvm" && each.machine.accelerator === "auto",
  );
  const title = "Boot a probe guest for as long as it takes to see whether KVM is usable";
  return [
    ...hostRoles.map((role) => probeStep(inputs, role, "before")),
    ...hostRoles.flatMap((role) =>
      hostChanges(campaign, role, places.scripts).map((change) => changeStep(outside, role, change)),
    ),
    equipStep("sut", "Find Tare's compiled kernels, or compile them"),
    equipStep("loadgen", "Find Tare's compiled kernels, or compile them"),
    equipStep("sut", "Find the userland, or make it: the first time takes some minutes"),
    ...(guests ? [{ ...equipStep("sut", title), kind: "probe" } as const] : []),
  ];
}

/** What is done depends on what is found on the host: its commands are in the journal, not in a plan. */
function equipStep(machine: HostRole, title: string): DryStep {
  const seconds = expectedSeconds.preparation / 4;
  return { ...outside, machine, kind: "environment", title, commands: [], seconds };
}

function closingSteps(inputs: Inputs): DryStep[] {
  const { campaign, places } = inputs;
  return [
    ...hostRoles.flatMap((role) => undoSteps(outside, role, hostChanges(campaign, role, places.scripts))),
    ...hostRoles.map((role) => probeStep(inputs, role, "after")),
  ];
}

function probeStep({ campaign, places }: Inputs, role: HostRole, moment: "before" | "after"): DryStep {
  const host = role === "sut" ? "system under test" : "load generator";
  const then = moment === "before" ? "" : " again, and compare";
  const script = places.scripts["facts.sh"] ?? "facts.sh";
  return {
    ...outside,
    machine: role,
    kind: "probe",
    title: `Record the facts of ${campaign.lab[role].address} (${host})${then}`,
    commands: [commandText({ argv: ["sh", script], root: true })],
    seconds: expectedSeconds.probe,
  };
}

type Place = Pick<DryStep, "block" | "slot" | "runId">;

function changeStep(place: Place, machine: HostRole, change: Change): DryStep {
  const commands = [change.probe, ...change.apply].map(commandText);
  return {
    ...place,
    machine,
    kind: "change",
    title: change.title,
    commands,
    seconds: expectedSeconds.change,
  };
}

/** The undo of changes, last first; acts that leave no state have none. */
function undoSteps(place: Place, machine: HostRole, changes: readonly Change[]): DryStep[] {
  return changes
    .filter(({ lasting }) => lasting)
    .toReversed()
    .map((change) => undoStep(place, machine, change));
}

function undoStep(place: Place, machine: HostRole, change: Change): DryStep {
  const commands = change.undo.map(commandText);
  const title = `Undo: ${change.title}`;
  return { ...place, machine, kind: "undo", title, commands, seconds: expectedSeconds.change };
}

function sessionSteps(inputs: Inputs, session: PlannedSession): DryStep[] {
  const { campaign, places } = inputs;
  const configuration = campaign.configurations.find(({ id }) => id === session.configurationId);
  if (configuration === undefined) return [];
  const environment = environmentOf(configuration);
  const context = contextOf(inputs, session, configuration);
  const place: Place = { block: session.block, slot: session.slot, runId: null };
  const changes = environment.changes(context);
  const ready: DryStep = {
    ...place,
    machine: environment.machine,
    kind: "environment",
    title: `Wait until ${configuration.label} is ready and record its facts`,
    commands: [],
    seconds: expectedSeconds.environment[configuration.environment],
  };
  return [
    ...(campaign.host.dropCaches ? [changeStep(place, "sut", dropCachesChange(places.scripts))] : []),
    ...changes.map((change) => changeStep(place, "sut", change)),
    ready,
    ...session.runs.flatMap(({ runId, conditionId }) =>
      runSteps(inputs, context, { ...place, runId }, conditionId),
    ),
    ...undoSteps(place, "sut", changes),
  ];
}

/** The whole of a run's estimate stands with its measurement; a workload does not say how it divides. */
function runSteps(inputs: Inputs, context: EnvironmentContext, place: Place, conditionId: string): DryStep[] {
  const { campaign, places } = inputs;
  const condition = campaign.conditions.find(({ id }) => id === conditionId);
  if (condition === undefined) return [];
  const workload = workloads[condition.workload];
  const environment = environmentOf(context.configuration);
  const surroundings = surroundingsOf(environment, context, places.loadgenKernelFolder);
  const seconds = workload.estimateSeconds(parametersOf(condition, workload)) + expectedSeconds.run;
  return runCommands({ workload, condition, environment, context, surroundings }).map((command) =>
    runStep(place, condition, command, seconds),
  );
}

function runStep(place: Place, condition: Condition, run: RunCommand, seconds: number): DryStep {
  const { phase, machine, command, program } = run;
  return {
    ...place,
    machine,
    kind: phase,
    title: `${condition.label}: ${program}`,
    commands: [commandText(command)],
    seconds: phase === "measure" ? seconds : 0,
  };
}

function contextOf(
  { campaign, facts, places }: Inputs,
  session: PlannedSession,
  configuration: Configuration,
): EnvironmentContext {
  return {
    campaignId: campaign.id,
    slot: session.slot,
    configuration,
    lab: campaign.lab,
    facts: facts.sut,
    userlandFolder: places.userlandFolder,
    kernelFolder: places.kernelFolder,
    dataFolder: places.dataFolder,
    scripts: places.scripts,
    ports: portsOf(campaign, workloads),
    accelerator: expectedAccelerator(configuration, facts.sut),
  };
}

/** The accelerator that the probe before the campaign will find, as far as the facts tell. */
function expectedAccelerator(
  configuration: Configuration,
  facts: Facts | null,
): EnvironmentContext["accelerator"] {
  if (configuration.environment !== "kvm") return "none";
  const { accelerator } = configuration.machine;
  if (accelerator !== "auto") return accelerator;
  return facts !== null && (!facts.kvm.present || facts.kvm.usable === false) ? "tcg" : "kvm";
}

function oldest(facts: readonly (Facts | null)[]): string | null {
  const times = facts.flatMap((each) => (each === null ? [] : [each.takenAt]));
  return times.length < facts.length ? null : (times.sort()[0] ?? null);
}
