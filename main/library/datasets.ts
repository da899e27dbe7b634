// Campaigns as datasets, the paper among them.
import { join } from "node:path";
import type { Campaign } from "#shared/model/campaign.ts";
import type { Dataset, Subject } from "#shared/model/dataset.ts";
import { paperId } from "#shared/model/dataset.ts";
import { campaignDataset } from "#shared/dataset/campaign-dataset.ts";
import { type CampaignState, reduceAll } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { workloads } from "#shared/workloads/registry.ts";
import type { Paths } from "../paths.ts";
import { annotationName, readAnnotation } from "./annotation-file.ts";
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
  const path = await findCampaign(campaigns, campaignId);
  const { campaign, events } = await readCampaignFolder(path);
  const { name } = await readAnnotation(join(path, annotationName));
  const dataset = datasetOf({ path, campaign, state: reduceAll(events) });
  return { ...dataset, name: name ?? dataset.name };
}

/** The dataset of a campaign that has been read; its name is the design's. */
export function datasetOf({
  campaign,
  state,
}: {
  readonly path: string;
  readonly campaign: Campaign;
  readonly state: CampaignState;
}): Dataset {
  return campaignDataset({ campaign, status: state.status, results: results(campaign, state, workloads) });
}
