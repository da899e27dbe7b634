// The frame of everything about one campaign: its name, its status, its tabs.
import { Button } from "@mantine/core";
import { Link } from "wouter";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { lazyPage } from "#renderer/components/lazy-page.ts";
import { StatusLabel } from "#renderer/components/status-label.tsx";
import { instantText } from "#renderer/format/instant.ts";
import { countText } from "#shared/report/number.ts";
import { useCampaignStatus } from "#renderer/stores/campaign-status.ts";
import { useCampaign } from "#renderer/stores/campaign-store.ts";
import { claimsTab, figuresTab, TabbedCampaign, type CampaignTab } from "./tabbed-campaign.tsx";
import { AboutLine, EditAbout, useEntry } from "./campaign-about.tsx";

const tabs: readonly CampaignTab[] = [
  {
    path: "",
    title: "Run",
    page: lazyPage(async () => (await import("../run/run-page.tsx")).RunPage),
  },
  {
    path: "results",
    title: "Results",
    page: lazyPage(async () => (await import("../results/results-page.tsx")).ResultsPage),
  },
  figuresTab,
  claimsTab,
  {
    path: "facts",
    title: "Facts",
    page: lazyPage(async () => (await import("./facts-tab.tsx")).FactsTab),
  },
  {
    path: "changes",
    title: "Changes",
    page: lazyPage(async () => (await import("./changes-tab.tsx")).ChangesTab),
  },
  {
    path: "files",
    title: "Files",
    page: lazyPage(async () => (await import("./files-tab.tsx")).FilesTab),
  },
];

interface CampaignPageProps {
  readonly campaignId: string;
  readonly tab: string;
}

export function CampaignPage({ campaignId, tab }: CampaignPageProps) {
  const campaign = useCampaign(campaignId, (view) => view.campaign);
  const failure = useCampaign(campaignId, (view) => view.failure);
  const entry = useEntry(campaignId);
  return (
    <TabbedCampaign
      {...{ campaignId, tabs, tab }}
      title={entry?.name ?? campaign?.name ?? campaignId}
      subtitle={<Summary campaignId={campaignId} />}
      actions={<EditAbout campaignId={campaignId} />}
    >
      {failure === null ? null : (
        <FailureNotice
          failure={failure}
          actions={
            <Button component={Link} href="/" variant="default">
              To the library
            </Button>
          }
        />
      )}
    </TabbedCampaign>
  );
}

function Summary({ campaignId }: { readonly campaignId: string }) {
  const campaign = useCampaign(campaignId, (view) => view.campaign);
  const planned = useCampaign(campaignId, (view) => view.state.plannedRuns);
  const status = useCampaignStatus(campaignId);
  return (
    <>
      <StatusLabel status={status} />
      {campaign === null ? null : (
        <>
          <span>{campaign.lab.name}</span>
          <span>
            {countText(planned, "run")}, {countText(campaign.blocks, "block")}
          </span>
          <span>created {instantText(campaign.createdAt)}</span>
          <span>seed {campaign.seed}</span>
        </>
      )}
      <AboutLine campaignId={campaignId} />
    </>
  );
}
