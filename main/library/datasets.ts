// Campaigns as datasets, the paper among them.
import type { Dataset, Subject } from "#shared/model/dataset.ts";
import { paperId } from "#shared/model/dataset.ts";
import { campaignDataset } from "#shared/dataset/campaign-dataset.ts";
import { reduceAll } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { workloads } from "#shared/workloads/registry.ts";
import type { Paths } from "../paths.ts";
import { readCampaignFolder } from "./campaign-folder.ts";
import { findCampaign } from "./library.ts";
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
          : await measured(paths.campaigns, campaignId);
      if (subjects === undefined) return dataset;
      return { ...dataset, points: dataset.points.filter(({ subject }) => subjects.includes(subject)) };
    }),
  );
}

async function measured(campaigns: string, campaignId: string): Promise<Dataset> {
  const { campaign, events } = await readCampaignFolder(await findCampaign(campaigns, campaignId));
  const state = reduceAll(events);
  return campaignDataset({ campaign, status: state.status, results: results(campaign, state, workloads) });
}
