// A page about one campaign, measured or the paper: its name over tabs that are places.
import { Suspense, type ComponentType, type ReactNode } from "react";
import { ErrorBoundary } from "#renderer/components/error-boundary.tsx";
import { lazyPage } from "#renderer/components/lazy-page.ts";
import { Page } from "#renderer/components/page.tsx";
import { PlaceTabs } from "#renderer/components/place-tabs.tsx";

export interface CampaignTab {
  /** Below the campaign's address; empty: what is shown first. */
  readonly path: string;
  readonly title: string;
  readonly page: ComponentType<{ readonly campaignId: string }>;
  /** The page takes the window's height, and scrolls inside: a long table is drawn only where it is looked at. */
  readonly fixed?: boolean;
}

/** What every campaign has. */
export const figuresTab: CampaignTab = {
  path: "figures",
  title: "Figures",
  page: lazyPage(async () => (await import("../figures/figures-tab.tsx")).FiguresTab),
};
export const claimsTab: CampaignTab = {
  path: "claims",
  title: "Claims",
  page: lazyPage(async () => (await import("../claims/claims-tab.tsx")).ClaimsTab),
};

interface TabbedCampaignProps {
  readonly campaignId: string;
  readonly tabs: readonly CampaignTab[];
  /** Path of the tab that the address names; the first one where there is no such tab. */
  readonly tab: string;
  readonly title: string;
  readonly subtitle: ReactNode;
  readonly actions?: ReactNode;
  /** Stands over every tab's content. */
  readonly children?: ReactNode;
}

export function TabbedCampaign({ campaignId, tabs, tab, children, ...head }: TabbedCampaignProps) {
  const base = `/campaigns/${encodeURIComponent(campaignId)}`;
  const current = tabs.find(({ path }) => path === tab) ?? tabs[0];
  const Content = current?.page;
  return (
    <Page
      {...head}
      fixed={current?.fixed === true}
      bar={
        <PlaceTabs
          label="About this campaign"
          current={current?.path ?? ""}
          places={tabs.map(({ path, title }) => ({
            path,
            title,
            href: path === "" ? base : `${base}/${path}`,
          }))}
        />
      }
    >
      {children}
      <ErrorBoundary key={tab}>
        <Suspense>{Content === undefined ? null : <Content campaignId={campaignId} />}</Suspense>
      </ErrorBoundary>
    </Page>
  );
}
