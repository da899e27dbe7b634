// Theme, routes and everything that can appear over any page.
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { paperId } from "#shared/model/dataset.ts";
import { CommandPalette } from "./components/command-palette.tsx";
import { ImportDrop } from "./components/import-drop.tsx";
import { ErrorBoundary } from "./components/error-boundary.tsx";
import { lazyPage } from "./components/lazy-page.ts";
import { Shell } from "./components/shell.tsx";
import { SignedOut } from "./components/signed-out.tsx";
import { LibraryPage } from "./pages/library/library-page.tsx";
import { useConnection } from "./stores/connection-store.ts";
import { useFirstPlace } from "./stores/first-place.ts";
import { shareStyleNonce, styleNonce } from "./theme/style-nonce.ts";
import { cssVariables, theme } from "./theme/theme.ts";

const LabsPage = lazyPage(async () => (await import("./pages/labs/labs-page.tsx")).LabsPage);
const HostsPage = lazyPage(async () => (await import("./pages/hosts/hosts-page.tsx")).HostsPage);
const LabWizard = lazyPage(async () => (await import("./wizards/lab/lab-wizard.tsx")).LabWizard);
const CampaignWizard = lazyPage(
  async () => (await import("./wizards/campaign/campaign-wizard.tsx")).CampaignWizard,
);
const PlanPage = lazyPage(async () => (await import("./pages/plan/plan-page.tsx")).PlanPage);
const CampaignPage = lazyPage(async () => (await import("./pages/campaign/campaign-page.tsx")).CampaignPage);
const PaperPage = lazyPage(async () => (await import("./pages/paper/paper-page.tsx")).PaperPage);
const FiguresPage = lazyPage(async () => (await import("./pages/figures/figures-page.tsx")).FiguresPage);
const ComparePage = lazyPage(async () => (await import("./pages/compare/compare-page.tsx")).ComparePage);
const Prompts = lazyPage(async () => (await import("./components/prompts.tsx")).Prompts);

shareStyleNonce();

export function App() {
  const signedOut = useConnection((state) => state.status === "signed-out");
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <Notifications position="bottom-right" limit={4} />
      {signedOut ? <SignedOut /> : <Window />}
    </MantineProvider>
  );
}

function Window() {
  useFirstPlace();
  return (
    <>
      <CommandPalette />
      <ImportDrop />
      <Suspense>
        <Prompts />
      </Suspense>
      <Shell>
        <Suspense>
          <Switch>
            <Route path="/">{bounded(<LibraryPage />)}</Route>
            <Route path="/labs">{bounded(<LabsPage />)}</Route>
            <Route path="/labs/:id/*?">
              {({ id, "*": rest }) =>
                bounded(<LabWizard key={id} labId={decodeURIComponent(id)} place={rest ?? ""} />)
              }
            </Route>
            <Route path="/hosts">{bounded(<HostsPage />)}</Route>
            <Route path="/new/*?">{({ "*": rest }) => bounded(<CampaignWizard place={rest ?? ""} />)}</Route>
            <Route path="/plan">{bounded(<PlanPage />)}</Route>
            <Route path="/figures">{bounded(<FiguresPage />)}</Route>
            <Route path="/compare">{bounded(<ComparePage />)}</Route>
            <Route path={`/campaigns/${paperId}/*?`}>
              {({ "*": rest }) => bounded(<PaperPage tab={rest ?? ""} />)}
            </Route>
            <Route path="/campaigns/:id/*?">
              {({ id, "*": rest }) =>
                bounded(<CampaignPage key={id} campaignId={decodeURIComponent(id)} tab={rest ?? ""} />)
              }
            </Route>
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </Suspense>
      </Shell>
    </>
  );
}

function bounded(page: React.ReactNode) {
  return <ErrorBoundary>{page}</ErrorBoundary>;
}
