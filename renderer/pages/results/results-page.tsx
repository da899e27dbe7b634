// What a campaign found so far: a part for each workload, for start-up and for each ladder, computed here from its events.
import { Button, Switch } from "@mantine/core";
import { useMemo, useState } from "react";
import { Link } from "wouter";
import type { Campaign } from "#shared/model/campaign.ts";
import type { WorkloadName } from "#shared/model/workload.ts";
import type { FigureInputs } from "#shared/figures/figure.ts";
import { slotStyles, type SlotStyle } from "#shared/figures/frame.ts";
import { slotsOf } from "#shared/plan/slots.ts";
import { networkSentences } from "#shared/report/network-path-text.ts";
import { countText } from "#shared/report/number.ts";
import type { CampaignState } from "#shared/state/campaign-state.ts";
import { results as resultsOf } from "#shared/stats/results.ts";
import { workloads } from "#shared/workloads/registry.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { Notice } from "#renderer/components/notice.tsx";
import { RawDrawer } from "#renderer/components/raw-drawer.tsx";
import { RefusedList } from "#renderer/components/refused-list.tsx";
import { Section } from "#renderer/components/section.tsx";
import { useCampaign } from "#renderer/stores/campaign-store.ts";
import { useFigureTheme } from "#renderer/theme/figure-theme.ts";
import { LadderSection } from "./ladder-section.tsx";
import { SectionIndex } from "./section-index.tsx";
import { StartUpSection } from "./start-up-section.tsx";
import { WorkloadSection } from "./workload-section.tsx";
import partStyles from "./part.module.css";
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
  if (ended.length === 0 && refusedCells.size === 0) return <Nothing campaignId={campaignId} />;
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
  const inputs = useMemo(
    (): FigureInputs => ({ campaign, results, theme, networkPath }),
    [campaign, results, theme, networkPath],
  );
  const looks = useMemo(
    () => new Map(slotStyles(campaign, theme).map((style) => [style.slot, style])),
    [campaign, theme],
  );
  const [allMetrics, setAllMetrics] = useState(false);
  const [raw, setRaw] = useState<string | null>(null);
  const refusedRuns = refusedCells.size * campaign.blocks;
  return (
    <div className={styles.page}>
      <NotResults inputs={inputs} />
      <div className={styles.tools}>
        <span>
          {ended < planned - refusedRuns
            ? `So far ${ended} of ${countText(planned - refusedRuns, "run")} have ended`
            : `All ${countText(planned - refusedRuns, "run")} have ended`}
          {refusedRuns > 0 ? `, ${countText(refusedCells.size, "cell is", "cells are")} refused` : ""},{" "}
          {countText(campaign.blocks, "block")}. {noiseText(campaign)}
        </span>
        <Switch
          label="Every metric"
          checked={allMetrics}
          onChange={(event) => setAllMetrics(event.currentTarget.checked)}
        />
      </div>
      <Parts {...{ inputs, runs, looks, allMetrics }} onRaw={setRaw} />
      <RawDrawer campaignId={campaign.id} runId={raw} onClose={() => setRaw(null)} />
    </div>
  );
}

interface PartsProps {
  readonly inputs: FigureInputs;
  readonly runs: CampaignState["runs"];
  readonly looks: ReadonlyMap<string, SlotStyle>;
  readonly allMetrics: boolean;
  readonly onRaw: (runId: string) => void;
}

function Parts({ inputs, runs, looks, allMetrics, onRaw }: PartsProps) {
  const { campaign, results } = inputs;
  const names = useMemo(
    () => [...new Set(campaign.conditions.map(({ workload }): WorkloadName => workload))],
    [campaign],
  );
  const ladders = useMemo(
    () =>
      (campaign.ladders ?? [])
        .map(({ id, title }) => ({
          id,
          title,
          rows: results.ladders.filter(({ ladderId, metric }) => ladderId === id && metric.primary),
        }))
        .filter(({ rows }) => rows.length > 0),
    [campaign, results],
  );
  const { startUp, refused } = results;
  const entries = useMemo(
    () => [
      ...names.map((name) => ({ id: partId(name), title: workloads[name].title })),
      ...(startUp.length > 0 ? [{ id: partId("start-up"), title: "Start-up" }] : []),
      ...ladders.map(({ id, title }) => ({ id: partId(`ladder-${id}`), title })),
      ...(refused.length > 0 ? [{ id: partId("refused"), title: "Refused cells" }] : []),
    ],
    [names, startUp, ladders, refused],
  );
  return (
    <>
      {entries.length > 1 ? <SectionIndex entries={entries} /> : null}
      {names.map((workload) => (
        <WorkloadSection
          key={workload}
          id={partId(workload)}
          {...{ workload, inputs, runs, looks, allMetrics, onRaw }}
        />
      ))}
      {startUp.length > 0 ? <StartUpSection id={partId("start-up")} inputs={inputs} looks={looks} /> : null}
      {ladders.map(({ id, title, rows }) => (
        <LadderSection
          key={id}
          id={partId(`ladder-${id}`)}
          title={title}
          rows={rows}
          inputs={inputs}
          looks={looks}
        />
      ))}
      {refused.length > 0 ? (
        <div id={partId("refused")} className={partStyles.part} tabIndex={-1}>
          <Section title="Refused cells">
            <RefusedList refused={refused} conditions={campaign.conditions} looks={looks} />
          </Section>
        </div>
      ) : null}
    </>
  );
}

function partId(name: string): string {
  return `results-${name}`;
}

/** What keeps these numbers, or some of them, from being results. */
function NotResults({ inputs: { campaign, results, networkPath } }: { readonly inputs: FigureInputs }) {
  const emulated = [...new Set(results.rows.filter((row) => row.emulated).map(({ label }) => label))];
  const network = networkSentences(campaign, networkPath);
  return (
    <>
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
      {network.length === 0 ? null : (
        <Notice severity={network.length > 1 ? "warning" : "info"}>{network.join(" ")}</Notice>
      )}
    </>
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
