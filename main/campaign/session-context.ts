// What an environment needs to know of a session: the same for its start, its programs and for finding it again.
import { hostFolder, type EnvironmentContext } from "#shared/environments/environment.ts";
import type { Facts } from "#shared/model/facts.ts";
import { hostRoles } from "#shared/model/lab.ts";
import type { Campaign, PlannedSession } from "#shared/model/campaign.ts";
import type { Scripts } from "#shared/changes/script.ts";
import { portsOf } from "#shared/plan/parameters.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { configurationOf } from "./planned-run.ts";

/** Where userland and kernels are on the hosts, and how guests run. */
export type Equipment = NonNullable<CampaignState["equipment"]>;

export function sessionContext(
  campaign: Campaign,
  session: Pick<PlannedSession, "slot" | "configurationId">,
  on: { equipment: Equipment; facts: Facts; scripts: Scripts },
): EnvironmentContext {
  const configuration = configurationOf(campaign, session.configurationId);
  return {
    campaignId: campaign.id,
    slot: session.slot,
    configuration,
    lab: campaign.lab,
    facts: on.facts,
    userlandFolder: on.equipment.userlandFolder,
    kernelFolder: on.equipment.kernelFolders.sut,
    dataFolder: `${hostFolder}/data`,
    scripts: on.scripts,
    ports: portsOf(campaign, workloads),
    accelerator: acceleratorOf(configuration, on.equipment.accelerator),
  };
}

/** What to say where a resumed campaign runs other programs than before; null where they are the same. */
export function equipmentRemark(earlier: Equipment | null, now: Equipment): string | null {
  if (earlier === null) return null;
  const others = [
    ...(earlier.userlandFolder === now.userlandFolder
      ? []
      : [`the userland (${earlier.userlandFolder} before, ${now.userlandFolder} now)`]),
    ...hostRoles.flatMap((role) => {
      const [before, after] = [earlier.kernelFolders[role], now.kernelFolders[role]];
      const where = role === "sut" ? "system under test" : "load generator";
      return before === after ? [] : [`Tare's kernels on the ${where} (${before} before, ${after} now)`];
    }),
  ];
  if (others.length === 0) return null;
  return `The campaign went on with other programs than it began with: ${others.join(", ")}. What was measured before cannot be compared with what was measured after; measure it again.`;
}

function acceleratorOf(
  configuration: EnvironmentContext["configuration"],
  usable: "kvm" | "tcg",
): EnvironmentContext["accelerator"] {
  if (configuration.environment !== "kvm") return "none";
  const { accelerator } = configuration.machine;
  return accelerator === "auto" ? usable : accelerator;
}
