// What stands in the way of a campaign, or should be known before it starts: found from the design and the hosts' facts.
import type { DryRun } from "../contract/campaigns.ts";
import type { Campaign } from "../model/campaign.ts";
import { toFailure } from "../model/error.ts";
import type { Condition } from "../model/workload.ts";
import { countText } from "../report/number.ts";
import {
  conditionObstacles,
  configurationObstacles,
  guestObstacles,
  refusedCells,
  type ObstacleInputs,
} from "./obstacles.ts";
import { ladderFindings } from "./ladder.ts";
import { conditionsIn } from "./plan-sessions.ts";
import { baselineOf, slotsOf } from "./slots.ts";

export type Finding = DryRun["findings"][number];

/** Errors keep the campaign from starting, refusals leave cells out, warnings are only told. */
const severities: readonly Finding["severity"][] = ["error", "refused", "warning"];

/** Each finding once, errors first. `field` is a dotted path into the draft. */
export function findings(inputs: ObstacleInputs): Finding[] {
  const { campaign } = inputs;
  const all = [
    ...designFindings(campaign),
    ...ladderFindings(campaign),
    ...missingFacts(inputs),
    ...campaign.configurations.flatMap((_, index) => configurationFindings(inputs, index)),
    ...campaign.conditions.flatMap((condition, index) => conditionFindings(inputs, condition, index)),
  ];
  const found = [...nothingLeft(inputs, all), ...all];
  return firstOfEach(found).sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** A campaign of which every cell is refused must not start. */
function nothingLeft(inputs: ObstacleInputs, found: readonly Finding[]): Finding[] {
  if (found.some(({ severity }) => severity === "error")) return [];
  const { campaign } = inputs;
  const cells = slotsOf(campaign).reduce(
    (sum, { configuration }) => sum + conditionsIn(campaign, configuration.id).length,
    0,
  );
  if (refusedCells(inputs).length < cells) return [];
  return [error(null, "Nothing of this campaign can be measured on this lab; the reasons are below.")];
}

function configurationFindings(inputs: ObstacleInputs, index: number): Finding[] {
  const { campaign, facts, environments } = inputs;
  const configuration = campaign.configurations[index];
  if (configuration === undefined || facts.sut === null) return [];
  const place = ({ field, text }: { field: string; text: string }) => ({
    field: `configurations.${index}.${field}`,
    text: `${configuration.label}: ${text}`,
  });
  const warnings = environments[configuration.environment]
    .check(configuration, facts.sut, campaign.lab)
    .filter(({ severity }) => severity === "warning");
  return [
    ...configurationObstacles(inputs, configuration).map((each): Finding => ({
      severity: "refused",
      ...place(each),
    })),
    ...warnings.map((each): Finding => ({ severity: "warning", ...place(each) })),
  ];
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

function missingFacts({ campaign, facts }: ObstacleInputs): Finding[] {
  return (["sut", "loadgen"] as const)
    .filter((role) => facts[role] === null)
    .map((role) =>
      warning(
        "labId",
        `${campaign.lab[role].address} (${role === "sut" ? "system under test" : "load generator"}) was never probed: the plan could not be checked against it.`,
      ),
    );
}

function conditionFindings(inputs: ObstacleInputs, condition: Condition, index: number): Finding[] {
  const { campaign } = inputs;
  const field = `conditions.${index}.parameters`;
  try {
    const measuring = campaign.configurations.filter(({ id }) =>
      conditionsIn(campaign, id).includes(condition),
    );
    return [
      // The same for most configurations; each is told once.
      ...measuring
        .flatMap((configuration) => conditionObstacles(inputs, condition, configuration))
        .map((each) =>
          refused(
            each.field === "parameters" ? field : null,
            each.field === "parameters" ? `${condition.label}: ${each.text}` : each.text,
          ),
        ),
      ...measuring.flatMap((configuration) =>
        guestObstacles(inputs, condition, configuration).map((each) =>
          refused(
            `configurations.${campaign.configurations.indexOf(configuration)}.${each.field}`,
            `${configuration.label}: ${each.text}`,
          ),
        ),
      ),
    ];
  } catch (thrown) {
    return [thrownFinding(thrown, field)];
  }
}

function firstOfEach(all: readonly Finding[]): Finding[] {
  return [...new Map(all.map((finding) => [`${finding.field} ${finding.text}`, finding])).values()];
}

function refused(field: string | null, text: string): Finding {
  return { severity: "refused", field, text };
}

function error(field: string | null, text: string): Finding {
  return { severity: "error", field, text };
}

function warning(field: string | null, text: string): Finding {
  return { severity: "warning", field, text };
}
