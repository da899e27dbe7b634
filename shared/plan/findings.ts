// What stands in the way of a campaign, or should be known before it starts: found from the design and the hosts' facts.
import type { DryRun } from "../contract/campaigns.ts";
import type { Environment } from "../environments/environment.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Configuration, EnvironmentName } from "../model/configuration.ts";
import { toFailure } from "../model/error.ts";
import type { Facts } from "../model/facts.ts";
import type { Condition, Needs } from "../model/workload.ts";
import { bytesText, countText } from "../report/number.ts";
import { parametersOf } from "./parameters.ts";
import type { Workloads } from "./parameters.ts";
import { baselineOf } from "./slots.ts";

export type Finding = DryRun["findings"][number];
export type Environments = Readonly<Record<EnvironmentName, Environment>>;

export interface FindingInputs {
  readonly campaign: Campaign;
  readonly facts: { readonly sut: Facts | null; readonly loadgen: Facts | null };
  readonly workloads: Workloads;
  readonly environments: Environments;
}

/** Each finding once, errors first. `field` is a dotted path into the draft. */
export function findings(inputs: FindingInputs): Finding[] {
  const { campaign, facts, environments } = inputs;
  const all = [
    ...designFindings(campaign),
    ...missingFacts(inputs),
    ...campaign.configurations.flatMap((configuration, index) =>
      facts.sut === null
        ? []
        : environments[configuration.environment]
            .check(configuration, facts.sut)
            .map(({ severity, field, text }) => ({
              severity,
              field: `configurations.${index}.${field}`,
              text: `${configuration.label}: ${text}`,
            })),
    ),
    ...campaign.conditions.flatMap((condition, index) => conditionFindings(inputs, condition, index)),
  ];
  return firstOfEach(all).sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}

/** The finding that a thrown value stands for. */
export function thrownFinding(thrown: unknown, field: string | null): Finding {
  return error(field, toFailure(thrown).message);
}

function designFindings({ configurations, blocks, control, lab }: Campaign): Finding[] {
  const found: Finding[] = [];
  if (baselineOf({ configurations }) === undefined)
    found.push(
      warning("configurations", "No configuration is native: there will be values but no ratio to native."),
    );
  else if (!control)
    found.push(
      warning(
        "control",
        "Without the A/A control the machine's own noise is not measured: a ratio counts as distinguishable as soon as its interval excludes 1.",
      ),
    );
  if (blocks === 1) found.push(warning("blocks", "One block gives values without any interval."));
  else if (blocks < 5)
    found.push(
      warning(
        "blocks",
        `With ${blocks} blocks the 95 % intervals are wide (Student's t with ${countText(blocks - 1, "degree")} of freedom). 10 blocks are usual.`,
      ),
    );
  if (lab.demo)
    found.push(
      warning(null, "Both hosts of this lab are one machine: the figures are only for trying Tare."),
    );
  return found;
}

function missingFacts({ campaign, facts }: FindingInputs): Finding[] {
  return (["sut", "loadgen"] as const)
    .filter((role) => facts[role] === null)
    .map((role) =>
      warning(
        "labId",
        `${campaign.lab[role].address} (${role === "sut" ? "system under test" : "load generator"}) was never probed: the plan could not be checked against it.`,
      ),
    );
}

function conditionFindings(inputs: FindingInputs, condition: Condition, index: number): Finding[] {
  const { campaign, facts, workloads } = inputs;
  const workload = workloads[condition.workload];
  const field = `conditions.${index}.parameters`;
  try {
    const parameters = parametersOf(condition, workload);
    const needs = workload.needs(parameters);
    return [
      ...(facts.sut === null ? [] : workload.check(parameters, facts.sut)).map((reason) =>
        error(field, `${condition.label}: ${reason}`),
      ),
      ...(facts.loadgen === null ? [] : toolFindings(workload.title, needs, facts.loadgen)),
      ...campaign.configurations.flatMap((configuration, place) =>
        guestFindings(condition, needs, configuration, place),
      ),
    ];
  } catch (thrown) {
    return [thrownFinding(thrown, field)];
  }
}

/** Only tools that the probe looked for and did not find; of others nothing is known. */
function toolFindings(title: string, needs: Needs, facts: Facts): Finding[] {
  return needs.loadgenTools
    .filter((tool) => facts.tools[tool] === null)
    .map((tool) =>
      error(null, `${title} needs ${tool} on ${facts.hostname}, and it is not installed there.`),
    );
}

function guestFindings(
  condition: Condition,
  needs: Needs,
  configuration: Configuration,
  place: number,
): Finding[] {
  if (configuration.environment !== "kvm") return [];
  const memory = configuration.machine.memoryMiB * 2 ** 20;
  if (needs.memoryBytes <= memory) return [];
  const text = `${configuration.label}: the guest has ${bytesText(memory)} of memory; ${condition.label} needs ${bytesText(needs.memoryBytes)}.`;
  return [error(`configurations.${place}.machine.memoryMiB`, text)];
}

function firstOfEach(all: readonly Finding[]): Finding[] {
  return [...new Map(all.map((finding) => [`${finding.field} ${finding.text}`, finding])).values()];
}

function error(field: string | null, text: string): Finding {
  return { severity: "error", field, text };
}

function warning(field: string | null, text: string): Finding {
  return { severity: "warning", field, text };
}
