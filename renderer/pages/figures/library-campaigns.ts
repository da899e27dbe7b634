// What the library's list tells about campaigns, by id; the paper is in every library.
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import { paperId } from "#shared/model/dataset.ts";

export interface KnownCampaign {
  readonly id: string;
  readonly name: string;
  /** Where and when, for people who look for it. */
  readonly place: string;
  readonly workloads: readonly string[];
  /** Changes when what was measured does, or the name. */
  readonly version: string;
}

const paper: KnownCampaign = {
  id: paperId,
  name: "Felter et al. 2014",
  place: "the paper's own data",
  workloads: ["linpack", "stream", "randomaccess", "nuttcp", "netperf", "fio", "redis", "mysql"],
  version: "paper",
};

/** The paper first, then the others as the list has them. */
export function libraryCampaigns(entries: readonly CampaignEntry[]): ReadonlyMap<string, KnownCampaign> {
  const measured = entries.filter(({ id }) => id !== paperId);
  return new Map(
    [
      paper,
      ...measured.map(
        ({ id, name, lab, createdAt, workloads, status, runsDone, runsFailed }): KnownCampaign => ({
          id,
          name,
          place: `${lab}, ${createdAt.slice(0, 10)}`,
          workloads,
          version: JSON.stringify([name, status, runsDone, runsFailed]),
        }),
      ),
    ].map((campaign) => [campaign.id, campaign]),
  );
}
