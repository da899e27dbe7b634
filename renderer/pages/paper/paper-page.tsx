// The paper as a campaign: where its numbers come from, its data, figures and claims.
import { Suspense, type ComponentType } from "react";
import { paperId } from "#shared/model/dataset.ts";
import { ErrorBoundary } from "#renderer/components/error-boundary.tsx";
import { lazyPage } from "#renderer/components/lazy-page.ts";
import { Page } from "#renderer/components/page.tsx";
import { PlaceTabs } from "#renderer/components/place-tabs.tsx";
import { PaperAbout } from "./paper-about.tsx";

const tabs: readonly {
  readonly path: string;
  readonly title: string;
  readonly page: ComponentType<{ readonly campaignId: string }>;
}[] = [
  { path: "", title: "About", page: PaperAbout },
  {
    path: "data",
    title: "Data",
    page: lazyPage(async () => (await import("./paper-data.tsx")).PaperData),
  },
  {
    path: "figures",
    title: "Figures",
    page: lazyPage(async () => (await import("../figures/figures-tab.tsx")).FiguresTab),
  },
  {
    path: "claims",
    title: "Claims",
    page: lazyPage(async () => (await import("../claims/claims-tab.tsx")).ClaimsTab),
  },
];

export function PaperPage({ tab }: { readonly tab: string }) {
  const base = `/campaigns/${paperId}`;
  const current = tabs.find(({ path }) => path === tab) ?? tabs[0];
  const Content = current?.page;
  return (
    <Page
      title="Felter et al. 2014"
      fixed={tab === "data"}
      subtitle={<span>The paper's own data, read-only</span>}
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
      <ErrorBoundary key={tab}>
        <Suspense>{Content === undefined ? null : <Content campaignId={paperId} />}</Suspense>
      </ErrorBoundary>
    </Page>
  );
}
