// Datasets and distributions of campaigns for figures, fetched as they are needed.
import type { DataDistribution, Dataset, Subject } from "#shared/model/dataset.ts";
import { api } from "#renderer/api/client.ts";
import { fetchFromCore } from "#renderer/api/fetch-from-core.ts";
import { createCampaignParts } from "#renderer/stores/campaign-parts.ts";

const allSubjects = "*";

/** Name of the piece of a dataset that has points of these subjects; null: of all. */
export function subjectsPiece(subjects: readonly Subject[] | null): string {
  return subjects === null ? allSubjects : subjects.toSorted().join(",");
}

export const useDatasetParts = createCampaignParts<Dataset>(async (campaignIds, piece, signal) => {
  // By HTTP, which takes half the time of a call: nothing on the way reads through the JSON.
  const query = new URLSearchParams({ campaigns: campaignIds.join(",") });
  if (piece !== allSubjects) query.set("subjects", piece);
  const found = await fetchFromCore(
    `/data/datasets?${query.toString()}`,
    signal,
    async (response) => (await response.json()) as readonly Dataset[],
  );
  return found.map((dataset, index) => [campaignIds[index] ?? dataset.id, dataset] as const);
});

export interface CampaignDistributions {
  readonly distributions: readonly DataDistribution[];
  readonly unreadable: readonly { readonly runId: string; readonly reason: string }[];
}

/** The piece names subjects, as `subjectsPiece` does; never all of them. */
export const useDistributionParts = createCampaignParts<CampaignDistributions>(
  async (campaignIds, piece, signal) => {
    const perSubject = await Promise.all(
      (piece.split(",") as Subject[]).map((subject) =>
        api.library.distributions({ campaignIds: [...campaignIds], subject }, { signal }),
      ),
    );
    return campaignIds.map((id) => {
      const own = perSubject.flat().filter(({ campaignId }) => campaignId === id);
      return [
        id,
        {
          distributions: own.flatMap(({ distributions }) => distributions),
          unreadable: own.flatMap(({ unreadable }) => unreadable),
        },
      ] as const;
    });
  },
);
