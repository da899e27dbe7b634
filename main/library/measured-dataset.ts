// A campaign's folder as a dataset, and its whole distributions, which are in the raw output alone.
import { join } from "node:path";
import { campaignDataset } from "#shared/dataset/campaign-dataset.ts";
import { campaignDistributions, type RunDistributions } from "#shared/dataset/campaign-distributions.ts";
import type { Dataset, Distributions, Subject } from "#shared/model/dataset.ts";
import { toFailure } from "#shared/model/error.ts";
import { planSessions } from "#shared/plan/plan-sessions.ts";
import { reduceAll } from "#shared/state/campaign-state.ts";
import { results } from "#shared/stats/results.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { annotationName, readAnnotation } from "./annotation-file.ts";
import { readableFacts } from "./campaign-facts.ts";
import { type CampaignContent, readCampaignFolder } from "./campaign-folder.ts";
import { readMeasured } from "./measured-reading.ts";

/** Under the name that a person gave it later, where one did. */
export async function measuredDataset({ path, campaign, events }: CampaignContent): Promise<Dataset> {
  const state = reduceAll(events);
  const { sut, environments } = await readableFacts(path);
  const { name } = await readAnnotation(join(path, annotationName));
  const dataset = campaignDataset({
    campaign,
    status: state.status,
    results: results(campaign, state, workloads),
    networkPath: state.networkPath,
    startedAt: new Map([...state.runs.values()].map(({ runId, startedAt }) => [runId, startedAt])),
    facts: sut,
    environmentFacts: environments,
  });
  return { ...dataset, name: name ?? dataset.name };
}

/** Distributions of one workload; a run whose output cannot be read is named beside them. Throws TareError CAMPAIGN_DAMAGED. */
export async function measuredDistributions(campaignPath: string, subject: Subject): Promise<Distributions> {
  const { path, campaign, events } = await readCampaignFolder(campaignPath);
  const state = reduceAll(events);
  const { sut } = await readableFacts(path);
  const conditions = new Map(
    campaign.conditions.filter(({ workload }) => workload === subject).map((each) => [each.id, each]),
  );
  const runs: RunDistributions[] = [];
  const unreadable: Distributions["unreadable"][number][] = [];
  for (const planned of planSessions(campaign).flatMap((session) => session.runs)) {
    const { runId, block, slot, conditionId } = planned;
    const condition = conditions.get(conditionId);
    const run = state.runs.get(runId);
    if (condition === undefined || run?.status !== "ok") continue;
    try {
      const place = { campaignPath: path, runId, attempt: run.attempt };
      const { distributions } = await readMeasured(place, condition);
      if (distributions.length > 0)
        runs.push({ block, runId, slot, conditionId, emulated: run.emulated, distributions });
    } catch (error) {
      unreadable.push({ runId, reason: toFailure(error).message });
    }
  }
  return { campaignId: campaign.id, distributions: campaignDistributions(campaign, runs, sut), unreadable };
}
