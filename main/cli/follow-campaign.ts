// Starts or resumes a campaign in this process and shows it until its hosts are as before; Ctrl+C pauses, twice cancels.
import type { Core } from "../core.ts";
import { readCampaignFolder, type CampaignContent } from "../library/campaign-folder.ts";
import { findCampaign } from "../library/library.ts";
import type { Failure } from "#shared/model/error.ts";
import { showProgress } from "./progress.ts";

/** The campaign's content after it ended, and why it did not go to its end (null where it did). */
export async function followCampaign(
  core: Core,
  campaignId: string,
): Promise<{ content: CampaignContent; failure: Failure | null }> {
  const path = await findCampaign(core.paths.campaigns, campaignId);
  const { campaign } = await readCampaignFolder(path);
  const progress = showProgress(campaign);
  const watching = new AbortController();
  const interrupt = interrupter(core, campaignId);
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  const watchers = [
    each(core.campaigns.events(campaignId, 0, watching.signal), progress.event),
    each(core.campaigns.live(campaignId, watching.signal), progress.live),
  ];
  try {
    await core.campaigns.start(campaignId);
    const failure = await core.campaigns.ended(campaignId);
    return { content: await readCampaignFolder(path), failure };
  } finally {
    watching.abort();
    await Promise.all(watchers);
    progress.stop();
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}

function interrupter(core: Core, campaignId: string): () => void {
  let times = 0;
  return () => {
    times += 1;
    if (!core.campaigns.running().includes(campaignId)) return;
    if (times === 1) {
      process.stderr.write(
        "\nPausing after the current run; press Ctrl+C again to cancel it. The hosts are put back either way.\n",
      );
      core.campaigns.pause(campaignId);
    } else core.campaigns.cancel(campaignId);
  };
}

async function each<T>(items: AsyncIterable<T>, use: (item: T) => void): Promise<void> {
  for await (const item of items) use(item);
}
