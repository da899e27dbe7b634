// A dry run: every step of a campaign in the order of execution, with the exact commands, before a host is touched.
import type { DryRun, DryStep } from "../contract/campaigns.ts";
import type { EnvironmentContext } from "../environments/environment.ts";
import type { PlannedSession } from "../model/campaign.ts";
import type { Change } from "../model/change.ts";
import { commandText } from "../model/command.ts";
import type { Command } from "../model/command.ts";
import type { Configuration } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import { hostRoles } from "../model/lab.ts";
import type { HostRole } from "../model/lab.ts";
import type { RefusedCell } from "../model/result.ts";
import type { Condition } from "../model/workload.ts";
import { countText } from "../report/number.ts";
import { expectedSeconds } from "./expected-seconds.ts";
import { findings, thrownFinding } from "./findings.ts";
import type { Finding } from "./findings.ts";
import { refusedCells, type ObstacleInputs } from "./obstacles.ts";
import { parametersOf, portsOf } from "./parameters.ts";
import { planSessions } from "./plan-sessions.ts";
import { byCell, remaining } from "./remaining.ts";
import { runCommands, surroundingsOf } from "./run-commands.ts";
import type { RunCommand } from "./run-commands.ts";

/** A step that brings a host to where sessions can start: kernels, userland. */
export interface PreparationStep {
  readonly machine: HostRole;
  readonly title: string;
  readonly commands: readonly Command[];
  readonly seconds: number;
}

export interface DryRunInputs extends ObstacleInputs {
  readonly probe: (role: HostRole) => readonly Command[];
  readonly preparation: readonly PreparationStep[];
  /** Changes for the whole campaign, in order. */
  readonly hostChanges: (role: HostRole) => readonly Change[];
  /** The change before each session, where the campaign asks for it. */
  readonly dropCaches: Change;
  /** Folders on the hosts, as they will be. */
  readonly paths: {
    readonly userlandFolder: string;
    readonly kernelFolder: string;
    readonly dataFolder: string;
    readonly loadgenKernelFolder: string;
  };
  /** Paths on the SUT of the scripts of assets/host, by name. */
  readonly scripts: Readonly<Record<string, string>>;
}

/** Never throws for what a person chose: what cannot be planned is a finding, and the steps are then incomplete. */
export function dryRun(inputs: DryRunInputs): DryRun {
  const { campaign, facts } = inputs;
  const found: Finding[] = findings(inputs);
  const steps: DryStep[] = [];
  const collect = (
    field: string | null,
    make: () => readonly DryStep[],
    unprobed: () => { readonly finding: Finding; readonly steps: readonly DryStep[] } | null = () => null,
  ) => {
    try {
      steps.push(...make());
    } catch (thrown) {
      // Without facts a step may lack what a probe would tell: that is no error of the design.
      const instead = facts.sut === null ? unprobed() : null;
      steps.push(...(instead?.steps ?? []));
      const finding = instead?.finding ?? thrownFinding(thrown, field);
      if (!found.some(({ text }) => text === finding.text)) found.unshift(finding);
    }
  };
  let plan: readonly PlannedSession[] = [];
  let refused: readonly RefusedCell[] = [];
  collect("configurations", () => {
    plan = planSessions(campaign);
    return [];
  });
  collect("conditions", () => {
    refused = refusedCells(inputs);
    plan = remaining(plan, {
      runs: new Map(),
      stoppedCells: new Set(),
      refusedCells: byCell(refused),
    }).sessions;
    return [];
  });
  collect("host", () => openingSteps(inputs));
  for (const session of plan) {
    const place = campaign.configurations.findIndex(({ id }) => id === session.configurationId);
    collect(
      `configurations.${place}`,
      () => sessionSteps(inputs, session),
      () => unprobedSession(inputs, session),
    );
  }
  collect("host", () => closingSteps(inputs));
  return {
    seed: campaign.seed,
    runs: plan.reduce((sum, { runs }) => sum + runs.length, 0),
    totalSeconds: steps.reduce((sum, { seconds }) => sum + seconds, 0),
    steps,
    refused: [...refused],
    findings: found,
    factsTakenAt: oldest([facts.sut, facts.loadgen]),
  };
}

const outside = { block: null, slot: null, runId: null } as const;

function openingSteps(inputs: DryRunInputs): DryStep[] {
  return [
    ...hostRoles.map((role) => probeStep(inputs, role, "before")),
    ...hostRoles.flatMap((role) =>
      inputs.hostChanges(role).map((change) => changeStep(outside, role, change)),
    ),
    ...inputs.preparation.map(({ machine, title, commands, seconds }): DryStep => ({
      ...outside,
      machine,
      kind: "environment",
      title,
      commands: commands.map(commandText),
      seconds,
    })),
  ];
}

function closingSteps(inputs: DryRunInputs): DryStep[] {
  return [
    ...hostRoles.flatMap((role) => undoSteps(outside, role, inputs.hostChanges(role))),
    ...hostRoles.map((role) => probeStep(inputs, role, "after")),
  ];
}

function probeStep({ campaign, probe }: DryRunInputs, role: HostRole, moment: "before" | "after"): DryStep {
  const host = role === "sut" ? "system under test" : "load generator";
  const then = moment === "before" ? "" : " again, and compare";
  return {
    ...outside,
    machine: role,
    kind: "probe",
    title: `Record the facts of ${campaign.lab[role].address} (${host})${then}`,
    commands: probe(role).map(commandText),
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

function sessionSteps(inputs: DryRunInputs, session: PlannedSession): DryStep[] {
  const { campaign, environments, dropCaches } = inputs;
  const configuration = campaign.configurations.find(({ id }) => id === session.configurationId);
  if (configuration === undefined) return [];
  const environment = environments[configuration.environment];
  const context = contextOf(inputs, session, configuration);
  const place: Place = { block: session.block, slot: session.slot, runId: null };
  const changes = environment.changes(context);
  const baseline = environment.startUpBaseline?.(context);
  const ready: DryStep = {
    ...place,
    machine: environment.machine,
    kind: "environment",
    title: `Wait until ${configuration.label} is ready and record its facts`,
    commands: baseline === undefined ? [] : [commandText(baseline)],
    seconds: expectedSeconds.environment[configuration.environment],
  };
  return [
    ...(campaign.host.dropCaches ? [changeStep(place, "sut", dropCaches)] : []),
    ...changes.map((change) => changeStep(place, "sut", change)),
    ready,
    ...session.runs.flatMap(({ runId, conditionId }) =>
      runSteps(inputs, context, { ...place, runId }, conditionId),
    ),
    ...undoSteps(place, "sut", changes),
  ];
}

/** In place of a session that needs facts which nobody has read yet: its time, and what to do. */
function unprobedSession(inputs: DryRunInputs, session: PlannedSession) {
  const { campaign } = inputs;
  const configuration = campaign.configurations.find(({ id }) => id === session.configurationId);
  if (configuration === undefined) return null;
  const { label, environment } = configuration;
  const runs = session.runs.reduce((sum, { conditionId }) => sum + runSeconds(inputs, conditionId), 0);
  const step: DryStep = {
    block: session.block,
    slot: session.slot,
    runId: null,
    machine: inputs.environments[environment].machine,
    kind: "environment",
    title: `${label}: ${countText(session.runs.length, "run")}, whose steps are known once the lab has been probed`,
    commands: [],
    seconds: expectedSeconds.environment[environment] + runs,
  };
  const finding: Finding = {
    severity: "error",
    field: "labId",
    text: `Probe both hosts first: the commands for ${label} depend on what they are.`,
  };
  return { finding, steps: [step] };
}

function runSeconds({ campaign, workloads }: DryRunInputs, conditionId: string): number {
  const condition = campaign.conditions.find(({ id }) => id === conditionId);
  if (condition === undefined) return 0;
  const workload = workloads[condition.workload];
  return workload.estimateSeconds(parametersOf(condition, workload)) + expectedSeconds.run;
}

/** The whole of a run's estimate stands with its measurement; a workload does not say how it divides. */
function runSteps(
  inputs: DryRunInputs,
  context: EnvironmentContext,
  place: Place,
  conditionId: string,
): DryStep[] {
  const { campaign, workloads, environments, paths } = inputs;
  const condition = campaign.conditions.find(({ id }) => id === conditionId);
  if (condition === undefined) return [];
  const workload = workloads[condition.workload];
  const environment = environments[context.configuration.environment];
  const surroundings = surroundingsOf(environment, context, paths.loadgenKernelFolder);
  const seconds = runSeconds(inputs, conditionId);
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
  { campaign, facts, paths, scripts, workloads }: DryRunInputs,
  session: PlannedSession,
  configuration: Configuration,
): EnvironmentContext {
  return {
    campaignId: campaign.id,
    slot: session.slot,
    configuration,
    lab: campaign.lab,
    facts: facts.sut,
    userlandFolder: paths.userlandFolder,
    kernelFolder: paths.kernelFolder,
    dataFolder: paths.dataFolder,
    scripts,
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
