// The dry run of a campaign with the very paths that will be used on the hosts.
import { readScripts } from "../ssh/scripts.ts";
import { assetPath } from "../installation.ts";
import { kernelCommand, kernelSources } from "../workloads/kernels.ts";
import type { DryRun } from "#shared/contract/campaigns.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import { campaignDryRun, type CampaignDryRun } from "#shared/plan/campaign-dry-run.ts";

/** Touches no host. */
export async function planOf(campaign: Campaign, facts: CampaignDryRun["facts"]): Promise<DryRun> {
  const { id, files } = readScripts(assetPath("host"));
  const scripts = Object.fromEntries(files.map(({ name }) => [name, `~/.cache/tare/scripts/${id}/${name}`]));
  const { folder, sources } = await kernelSources();
  const script = scripts["build-kernels.sh"] ?? "";
  const kernelCommands = sources.map((source) => kernelCommand(script, folder, source));
  return campaignDryRun({ campaign, facts, scripts, kernelFolder: folder, kernelCommands });
}
