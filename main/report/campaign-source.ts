// What reports and exports are made of: a campaign's folder read whole, or the paper.
import { paperId, type Dataset, type Distributions, type Subject } from "#shared/model/dataset.ts";
import type { CampaignEvent } from "#shared/model/event.ts";
import type { Facts } from "#shared/model/facts.ts";
import type { Campaign } from "#shared/model/campaign.ts";
import type { Results } from "#shared/model/result.ts";
import { type CampaignState, reduceAll } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { factsByName } from "../library/campaign-facts.ts";
import { readCampaignFolder } from "../library/campaign-folder.ts";
import { readDistributions } from "../library/datasets.ts";
import { findCampaign } from "../library/library.ts";
import { measuredDataset } from "../library/measured-dataset.ts";
import { readPaper } from "../library/paper.ts";
import type { Paths } from "../paths.ts";

export type SourcePaths = Pick<Paths, "campaigns" | "assets">;

export interface MeasuredCampaign {
  readonly path: string;
  readonly campaign: Campaign;
  readonly events: readonly CampaignEvent[];
  readonly state: CampaignState;
  readonly results: Results;
  /** By file name without its ending. */
  readonly facts: Readonly<Record<string, Facts>>;
}

export interface CampaignSource {
  readonly dataset: Dataset;
  /** Null of the paper. */
  readonly measured: MeasuredCampaign | null;
}

/** Throws TareError NOT_FOUND, CAMPAIGN_DAMAGED. */
export async function readCampaignSource(paths: SourcePaths, campaignId: string): Promise<CampaignSource> {
  if (campaignId === paperId) return { dataset: (await readPaper(paths.assets)).dataset, measured: null };
  const content = await readCampaignFolder(await findCampaign(paths.campaigns, campaignId));
  const { path, campaign, events } = content;
  const state = reduceAll(events);
  const facts = await factsByName(path);
  return {
    dataset: await measuredDataset(content),
    measured: { path, campaign, events, state, results: results(campaign, state, workloads), facts },
  };
}

/** Of all workloads of the campaign, one after another. */
export async function allDistributions(
  paths: SourcePaths,
  { dataset, measured }: CampaignSource,
): Promise<Omit<Distributions, "campaignId">> {
  const subjects = new Set<Subject>(
    measured?.campaign.conditions.map(({ workload }) => workload) ??
      dataset.points.map(({ subject }) => subject),
  );
  const distributions: Distributions["distributions"][number][] = [];
  const unreadable: Distributions["unreadable"][number][] = [];
  for (const subject of subjects)
    for (const found of await readDistributions(paths, [dataset.id], subject)) {
      distributions.push(...found.distributions);
      unreadable.push(...found.unreadable);
    }
  return { distributions, unreadable };
}
