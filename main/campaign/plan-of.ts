// The dry run of a campaign with the very paths that will be used on the hosts.
import { usualScripts } from "../hosts/usual-scripts.ts";
import { kernelCommand, kernelSources } from "../workloads/kernels.ts";
import type { DryRun } from "#shared/contract/campaigns.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import { campaignDryRun, type CampaignDryRun } from "#shared/plan/campaign-dry-run.ts";

/** Touches no host. */
export async function planOf(campaign: Campaign, facts: CampaignDryRun["facts"]): Promise<DryRun> {
  const scripts = usualScripts(campaign.lab.sut.user);
  const { folder, sources } = await kernelSources();
  const script = scripts["build-kernels.sh"] ?? "";
  const kernelCommands = sources.map((source) => kernelCommand(script, folder, source));
  return campaignDryRun({ campaign, facts, scripts, kernelFolder: folder, kernelCommands });
}
