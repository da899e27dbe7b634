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
  const folderOfScripts = `${usualHome(campaign.lab.sut.user)}/.cache/tare/scripts/${id}`;
  const scripts = Object.fromEntries(files.map(({ name }) => [name, `${folderOfScripts}/${name}`]));
  const { folder, sources } = await kernelSources();
  const script = scripts["build-kernels.sh"] ?? "";
  const kernelCommands = sources.map((source) => kernelCommand(script, folder, source));
  return campaignDryRun({ campaign, facts, scripts, kernelFolder: folder, kernelCommands });
}

/** Written out, because a quoted "~" could not be pasted. A host may have another home; what is executed is journalled. */
function usualHome(user: string): string {
  return user === "root" ? "/root" : `/home/${user}`;
}
