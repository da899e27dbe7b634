// Why a lab cannot measure a cell: found from the design and the hosts' facts, the same for a plan and for the runner.
import { deviceRoom } from "../environments/device-checks.ts";
import type { Environment } from "../environments/environment.ts";
import type { Campaign } from "../model/campaign.ts";
import type { Configuration, EnvironmentName } from "../model/configuration.ts";
import type { Facts } from "../model/facts.ts";
import type { RefusedCell } from "../model/result.ts";
import type { Condition, Needs } from "../model/workload.ts";
import { bytesText } from "../report/number.ts";
import { parametersOf } from "./parameters.ts";
import type { Workloads } from "./parameters.ts";
import { conditionsIn } from "./plan-sessions.ts";
import { slotsOf } from "./slots.ts";

export type Environments = Readonly<Record<EnvironmentName, Environment>>;

export interface ObstacleInputs {
  readonly campaign: Campaign;
  readonly facts: { readonly sut: Facts | null; readonly loadgen: Facts | null };
  readonly workloads: Workloads;
  readonly environments: Environments;
}

export interface Obstacle {
  /** Dotted path inside the configuration, or inside the condition. */
  readonly field: string;
  /** One sentence. */
  readonly text: string;
}

/** What the SUT lacks for a configuration; empty where its facts are not known. */
export function configurationObstacles(
  { campaign, facts, environments }: ObstacleInputs,
  configuration: Configuration,
): readonly Obstacle[] {
  if (facts.sut === null) return [];
  return environments[configuration.environment]
    .check(configuration, facts.sut, campaign.lab)
    .filter(({ severity }) => severity === "error");
}

/** What the hosts lack for a condition; the configuration counts only for where its test data lies. Throws TareError INPUT_INVALID for unusable parameters. */
export function conditionObstacles(
  { facts, workloads }: ObstacleInputs,
  condition: Condition,
  configuration: Configuration,
): readonly Obstacle[] {
  const workload = workloads[condition.workload];
  const parameters = parametersOf(condition, workload);
  const reasons =
    facts.sut === null ? [] : workload.check(parameters, facts.sut, deviceRoom(configuration, facts.sut));
  return [
    ...reasons.map((text) => ({ field: "parameters", text })),
    ...(facts.loadgen === null
      ? []
      : missingTools(workload.title, workload.needs(parameters), facts.loadgen)),
  ];
}

/** Only tools that the probe looked for and did not find; of others nothing is known. */
function missingTools(title: string, { loadgenTools }: Needs, { tools, hostname }: Facts): Obstacle[] {
  return loadgenTools
    .filter((tool) => tools[tool] === null)
    .map((tool) => ({
      field: "workload",
      text: `${title} needs ${tool} on ${hostname}, and it is not installed there.`,
    }));
}

/** assets/host/guest-files.sh makes a file system of 32 GiB; userland and reserve take a part of it. */
const guestRoomBytes = 28 * 2 ** 30;

/** What a guest is too small for. Throws TareError INPUT_INVALID for unusable parameters. */
export function guestObstacles(
  { workloads }: Pick<ObstacleInputs, "workloads">,
  condition: Condition,
  configuration: Configuration,
): readonly Obstacle[] {
  if (configuration.environment !== "kvm") return [];
  const workload = workloads[condition.workload];
  const { memoryBytes, diskBytes } = workload.needs(parametersOf(condition, workload));
  const memory = configuration.machine.memoryMiB * 2 ** 20;
  const obstacles: Obstacle[] = [];
  if (memoryBytes > memory)
    obstacles.push({
      field: "machine.memoryMiB",
      text: `the guest has ${bytesText(memory)} of memory; ${condition.label} needs ${bytesText(memoryBytes)}.`,
    });
  if (diskBytes > guestRoomBytes && configuration.storage.device === undefined)
    obstacles.push({
      field: "storage.format",
      text: `the guest's disk has room for ${bytesText(guestRoomBytes)}; ${condition.label} needs ${bytesText(diskBytes)}. A block device as second disk can hold more.`,
    });
  return obstacles;
}

/** The cells that are not run, each with the first reason that was found. Throws TareError INPUT_INVALID. */
export function refusedCells(inputs: ObstacleInputs): RefusedCell[] {
  const { campaign } = inputs;
  return slotsOf(campaign).flatMap(({ slot, configuration }) => {
    const [ofConfiguration] = configurationObstacles(inputs, configuration);
    return conditionsIn(campaign, configuration.id).flatMap((condition): RefusedCell[] => {
      const obstacle =
        ofConfiguration ??
        conditionObstacles(inputs, condition, configuration)[0] ??
        guestObstacles(inputs, condition, configuration)[0];
      return obstacle === undefined
        ? []
        : [{ slot, conditionId: condition.id, reason: sentence(obstacle.text) }];
    });
  });
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
