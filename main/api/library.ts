// The library: find, annotate, remove and bring back; the data of campaigns.
import type { Core } from "../core.ts";
import { comparison } from "#shared/compare/comparison.ts";
import { describeCampaign } from "../library/describe.ts";
import { readClaims } from "../library/claims.ts";
import { readDatasets, readDistributions } from "../library/datasets.ts";
import { listCampaigns, removeCampaign } from "../library/library.ts";
import { paperEntry, readPaper } from "../library/paper.ts";
import { TareError } from "#shared/model/error.ts";
import { api } from "./base.ts";

export function libraryHandlers({ paths }: Core) {
  const entries = async () => [
    ...(await listCampaigns(paths.campaigns)).campaigns,
    paperEntry(await readPaper(paths.assets)),
  ];
  const later = (): never => {
    throw new TareError("UNSUPPORTED", "The library cannot do this yet.");
  };
  return {
    list: api.library.list.handler(async () => ({
      campaigns: await entries(),
      removed: [],
      disk: { campaigns: 0, removed: 0, free: 0 },
      index: { generation: 1, building: false, done: 0, total: 0 },
    })),
    watch: api.library.watch.handler(later),
    find: api.library.find.handler(later),
    annotate: api.library.annotate.handler(later),
    rename: api.library.rename.handler(later),
    remove: api.library.remove.handler(async ({ input }) => {
      await removeCampaign(paths.campaigns, input.campaignId);
      return {};
    }),
    restore: api.library.restore.handler(later),
    purge: api.library.purge.handler(later),
    rebuild: api.library.rebuild.handler(later),
    datasets: api.library.datasets.handler(({ input }) =>
      readDatasets(paths, input.campaignIds, input.subjects),
    ),
    distributions: api.library.distributions.handler(({ input }) =>
      readDistributions(paths, input.campaignIds, input.subject),
    ),
    compare: api.library.compare.handler(async ({ input: { campaignIds, correction } }) =>
      comparison(
        await Promise.all(campaignIds.map((campaignId) => describeCampaign(paths, campaignId))),
        await readDatasets(paths, campaignIds),
        correction,
      ),
    ),
    claims: api.library.claims.handler(({ input }) => readClaims(paths, input.campaignId, input.labelling)),
  };
}
