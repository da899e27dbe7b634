// The paper as a campaign: where its numbers come from, its data, figures and claims.
import { paperId } from "#shared/model/dataset.ts";
import { lazyPage } from "#renderer/components/lazy-page.ts";
import { AboutLine, EditAbout } from "#renderer/pages/campaign/campaign-about.tsx";
import {
  claimsTab,
  figuresTab,
  TabbedCampaign,
  type CampaignTab,
} from "#renderer/pages/campaign/tabbed-campaign.tsx";
import { PaperAbout } from "./paper-about.tsx";

const tabs: readonly CampaignTab[] = [
  { path: "", title: "About", page: PaperAbout },
  {
    path: "data",
    title: "Data",
    fixed: true,
    page: lazyPage(async () => (await import("./paper-data.tsx")).PaperData),
  },
  figuresTab,
  claimsTab,
];

export function PaperPage({ tab }: { readonly tab: string }) {
  return (
    <TabbedCampaign
      campaignId={paperId}
      {...{ tabs, tab }}
      title="Felter et al. 2014"
      subtitle={
        <>
          <span>The paper's own data, read-only</span>
          <AboutLine campaignId={paperId} />
        </>
      }
      actions={<EditAbout campaignId={paperId} />}
    />
  );
}
