// Campaigns: planned, created, steered, followed, listed.
import type { Core } from "../core.ts";
import { planOf } from "../campaign/plan-of.ts";
import { campaignOf, storeCampaign } from "../campaign/create-campaign.ts";
import { readCampaignFolder } from "../library/campaign-folder.ts";
import { findCampaign } from "../library/library.ts";
import { labNoise } from "../library/noise.ts";
import { listRaw } from "../library/raw-store.ts";
import type { CampaignDraft } from "#shared/model/campaign.ts";
import { api, streamOf } from "./base.ts";

export function campaignHandlers(core: Core) {
  const { campaigns, labs, library, paths } = core;
  const versions = {
    tare: core.version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
  const designOf = async (draft: CampaignDraft) =>
    campaignOf(draft, await labs.get(draft.labId), versions, new Date());

  return {
    get: api.campaigns.get.handler(
      async ({ input }) =>
        (await readCampaignFolder(await findCampaign(paths.campaigns, input.campaignId))).campaign,
    ),
    dryRun: api.campaigns.dryRun.handler(async ({ input }) =>
      planOf(await designOf(input), await labs.facts(input.labId)),
    ),
    create: api.campaigns.create.handler(async ({ input }) => {
      const campaign = await designOf(input);
      await storeCampaign(paths.campaigns, campaign);
      return campaign;
    }),
    start: api.campaigns.start.handler(async ({ input }) => {
      await campaigns.start(input.campaignId);
      return {};
    }),
    resume: api.campaigns.resume.handler(async ({ input }) => {
      await campaigns.start(input.campaignId);
      return {};
    }),
    pause: api.campaigns.pause.handler(({ input }) => {
      campaigns.pause(input.campaignId);
      return {};
    }),
    cancel: api.campaigns.cancel.handler(({ input }) => {
      campaigns.cancel(input.campaignId);
      return {};
    }),
    noise: api.campaigns.noise.handler(async ({ input, signal = new AbortController().signal }) =>
      labNoise(paths.campaigns, input.labId, await library.ofLab(input.labId, signal), signal),
    ),
    events: api.campaigns.events.handler(({ input, signal = new AbortController().signal }) =>
      Promise.resolve(streamOf(campaigns.events(input.campaignId, input.afterSeq, signal))),
    ),
    live: api.campaigns.live.handler(({ input, signal = new AbortController().signal }) =>
      Promise.resolve(streamOf(campaigns.live(input.campaignId, signal))),
    ),
    files: api.campaigns.files.handler(async ({ input }) =>
      listRaw(await findCampaign(paths.campaigns, input.campaignId), input.runId),
    ),
  };
}
