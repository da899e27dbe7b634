// Campaigns as datasets, the paper among them.
import type { Dataset, Distributions, Subject } from "#shared/model/dataset.ts";
import { paperId } from "#shared/model/dataset.ts";
import type { Paths } from "../paths.ts";
import { readCampaignFolder } from "./campaign-folder.ts";
import { findCampaign } from "./library.ts";
import { measuredDataset, measuredDistributions } from "./measured-dataset.ts";
import { readPaper } from "./paper.ts";

/** In the order asked for; points of `subjects` alone where some are named. Throws TareError NOT_FOUND, CAMPAIGN_DAMAGED. */
export function readDatasets(
  paths: Pick<Paths, "campaigns" | "assets">,
  campaignIds: readonly string[],
  subjects?: readonly Subject[],
): Promise<Dataset[]> {
  return Promise.all(
    campaignIds.map(async (campaignId) => {
      const dataset =
        campaignId === paperId
          ? (await readPaper(paths.assets)).dataset
          : await measuredDataset(await readCampaignFolder(await findCampaign(paths.campaigns, campaignId)));
      if (subjects === undefined) return dataset;
      return { ...dataset, points: dataset.points.filter(({ subject }) => subjects.includes(subject)) };
    }),
  );
}

/** Whole distributions of one workload of each campaign, in the order asked for. Throws as `readDatasets`. */
export function readDistributions(
  paths: Pick<Paths, "campaigns" | "assets">,
  campaignIds: readonly string[],
  subject: Subject,
): Promise<Distributions[]> {
  return Promise.all(
    campaignIds.map(async (campaignId) => {
      if (campaignId !== paperId)
        return measuredDistributions(await findCampaign(paths.campaigns, campaignId), subject);
      const { distributions } = await readPaper(paths.assets);
      const own = distributions.filter((each) => each.subject === subject);
      return { campaignId, distributions: own, unreadable: [] };
    }),
  );
}
