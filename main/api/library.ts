// The library: find, annotate, remove and bring back; the data of campaigns.
import type { Core } from "../core.ts";
import { comparison } from "#shared/compare/comparison.ts";
import { describeCampaign } from "../library/describe.ts";
import { readClaims } from "../library/claims.ts";
import { readDatasets, readDistributions } from "../library/datasets.ts";
import type { Dataset } from "#shared/model/dataset.ts";
import { readPaper } from "../library/paper.ts";
import { paperFacts } from "#shared/reference/paper-facts.ts";
import { api, streamOf } from "./base.ts";

export function libraryHandlers({ paths, library }: Core) {
  return {
    list: api.library.list.handler(({ signal }) => library.list(signal === undefined ? {} : { signal })),
    watch: api.library.watch.handler(({ signal = new AbortController().signal }) =>
      Promise.resolve(streamOf(library.watch(signal))),
    ),
    find: api.library.find.handler(async ({ input, signal }) => ({
      campaignIds: [...(await library.find(input.text, signal))],
    })),
    annotate: api.library.annotate.handler(async ({ input }) => {
      await library.annotate(input.campaignId, input.annotation);
      return {};
    }),
    rename: api.library.rename.handler(async ({ input }) => {
      await library.rename(input.campaignId, input.name);
      return {};
    }),
    remove: api.library.remove.handler(async ({ input }) => {
      await library.remove(input.campaignId);
      return {};
    }),
    restore: api.library.restore.handler(async ({ input }) => {
      await library.restore(input.campaignId);
      return {};
    }),
    purge: api.library.purge.handler(async ({ input }) => {
      await library.purge(input.campaignId);
      return {};
    }),
    rebuild: api.library.rebuild.handler(async () => {
      await library.rebuild();
      return {};
    }),
    datasets: api.library.datasets.handler(async ({ input, signal }) => {
      const bytes = await library.datasets(input.campaignIds, input.subjects ?? null, signal);
      return JSON.parse(new TextDecoder().decode(bytes)) as Dataset[];
    }),
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
    paper: api.library.paper.handler(async () => paperFacts((await readPaper(paths.assets)).file)),
    claims: api.library.claims.handler(({ input }) => readClaims(paths, input.campaignId, input.labelling)),
  };
}
