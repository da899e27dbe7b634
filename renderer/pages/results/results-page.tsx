// What a campaign found so far: a figure and a table for each workload, computed here from its events.
import { Button, Switch } from "@mantine/core";
import { useMemo, useState } from "react";
import { Link } from "wouter";
import type { Campaign } from "#shared/model/campaign.ts";
import type { WorkloadName } from "#shared/model/workload.ts";
import { slotStyles } from "#shared/figures/frame.ts";
import { slotsOf } from "#shared/plan/slots.ts";
import { countText } from "#shared/report/number.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { results as resultsOf } from "#shared/stats/results.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { Notice } from "#renderer/components/notice.tsx";
import { RawDrawer } from "#renderer/components/raw-drawer.tsx";
import { useCampaign } from "#renderer/stores/campaign-store.ts";
import { useFigureTheme } from "#renderer/theme/figure-theme.ts";
import { WorkloadSection } from "./workload-section.tsx";
import styles from "./results-page.module.css";

export function ResultsPage({ campaignId }: { readonly campaignId: string }) {
  const campaign = useCampaign(campaignId, (view) => view.campaign);
  const runs = useCampaign(campaignId, (view) => view.state.runs);
  const startUps = useCampaign(campaignId, (view) => view.state.startUps);
  const refusedCells = useCampaign(campaignId, (view) => view.state.refusedCells);
  const networkPath = useCampaign(campaignId, (view) => view.state.networkPath);
  const planned = useCampaign(campaignId, (view) => view.state.plannedRuns);
  if (campaign === null || planned === 0) return null;
  const ended = [...runs.values()].filter(({ status }) => status === "ok" || status === "failed");
  if (ended.length === 0) return <Nothing campaignId={campaignId} />;
  return (
    <CampaignResults
      {...{ campaign, runs, startUps, refusedCells, networkPath, planned }}
      ended={ended.length}
    />
  );
}

interface CampaignResultsProps {
  readonly campaign: Campaign;
  readonly runs: CampaignState["runs"];
  readonly startUps: CampaignState["startUps"];
  readonly refusedCells: CampaignState["refusedCells"];
  readonly networkPath: CampaignState["networkPath"];
  readonly planned: number;
  readonly ended: number;
}

function CampaignResults(props: CampaignResultsProps) {
  const { campaign, runs, startUps, refusedCells, networkPath, planned, ended } = props;
  const theme = useFigureTheme();
  const results = useMemo(
    () => resultsOf(campaign, { runs, startUps, refusedCells }, workloads),
    [campaign, runs, startUps, refusedCells],
  );
  const looks = useMemo(
    () => new Map(slotStyles(campaign, theme).map((style) => [style.slot, style])),
    [campaign, theme],
  );
  const [allMetrics, setAllMetrics] = useState(false);
  const [raw, setRaw] = useState<string | null>(null);
  const emulated = [...new Set(results.rows.filter((row) => row.emulated).map(({ label }) => label))];
  const names = [...new Set(campaign.conditions.map(({ workload }): WorkloadName => workload))];
  return (
    <div className={styles.page}>
      {campaign.lab.demo ? (
        <Notice severity="warning">
          Not results: both hosts of the built-in lab are parts of this one machine and share its CPUs, memory
          and disk. These figures show how Tare works; they say nothing of native, Docker or KVM.
        </Notice>
      ) : null}
      {emulated.length === 0 ? null : (
        <Notice severity="warning">
          Not results: {emulated.join(", ")} ran emulated (TCG), without KVM. Its values are hatched or
          crossed and are never compared.
        </Notice>
      )}
      <div className={styles.tools}>
        <span>
          {ended < planned
            ? `So far ${ended} of ${countText(planned, "run")} have ended`
            : `All ${countText(planned, "run")} have ended`}
          , {countText(campaign.blocks, "block")}. {noiseText(campaign)}
        </span>
        <Switch
          label="Every metric"
          checked={allMetrics}
          onChange={(event) => setAllMetrics(event.currentTarget.checked)}
        />
      </div>
      {names.map((workload) => (
        <WorkloadSection
          key={workload}
          {...{ campaign, workload, results, runs, looks, theme, networkPath, allMetrics }}
          onRaw={setRaw}
        />
      ))}
      <RawDrawer campaignId={campaign.id} runId={raw} onClose={() => setRaw(null)} />
    </div>
  );
}

function noiseText(campaign: Campaign): string {
  const control = slotsOf(campaign).some((slot) => slot.control);
  return control
    ? "Native runs twice in each block: the ratio of the two is the noise floor (A/A) that any other ratio has to exceed."
    : "Without an A/A control the machine's own noise is not known.";
}

function Nothing({ campaignId }: { readonly campaignId: string }) {
  return (
    <EmptyState
      title="Nothing was measured yet"
      actions={
        <Button component={Link} href={`/campaigns/${encodeURIComponent(campaignId)}`} variant="default">
          To the run
        </Button>
      }
    >
      <p>
        Figures and ratios appear here with the first run that ends, and are brought up to date with every
        other.
      </p>
    </EmptyState>
  );
}
