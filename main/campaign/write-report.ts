// README.md of a campaign's folder: what was run, where, in what order, with what result and how sure.
import { join } from "node:path";
import { writeFileAtomic } from "#main/library/atomic-file.ts";
import { readCampaignFolder, type CampaignContent } from "#main/library/campaign-folder.ts";
import { campaignReport } from "#shared/report/campaign-report.ts";
import { reduceAll } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { keptFacts } from "#main/library/campaign-facts.ts";

/** The report as Markdown, from the folder's own content. */
export async function reportText({ path, campaign, events }: CampaignContent): Promise<string> {
  const state = reduceAll(events);
  const facts = {
    sut: await keptFacts(path, "sut", "before"),
    loadgen: await keptFacts(path, "loadgen", "before"),
  };
  return campaignReport(campaign, state, results(campaign, state, workloads), facts);
}

/** Writes it anew. Throws TareError DISK_FULL. */
export async function writeReport(campaignPath: string): Promise<void> {
  const content = await readCampaignFolder(campaignPath);
  await writeFileAtomic(join(campaignPath, "README.md"), await reportText(content));
}
