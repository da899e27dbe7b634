// All figures over the chosen campaigns: an index, the choices that hold for all of them, and a panel each.
import { Button, Loader } from "@mantine/core";
import { useCallback, useMemo, useRef, useState } from "react";
import { Link } from "wouter";
import type { OverlayInputs } from "#shared/figures/overlay.ts";
import { paperId } from "#shared/model/dataset.ts";
import { EmptyState } from "#renderer/components/empty-state.tsx";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { RawDrawer } from "#renderer/components/raw-drawer.tsx";
import { useFreshLibrary } from "#renderer/stores/fresh-library.ts";
import { useFigureTheme } from "#renderer/theme/figure-theme.ts";
import { ChoiceBar } from "./choice-bar.tsx";
import { FailedCampaigns } from "./failed-campaigns.tsx";
import { subjectsPiece, useDatasetParts } from "./figure-data.ts";
import {
  figureEntries,
  figureGroups,
  isTable,
  mayHave,
  sectionId,
  type FigureEntry,
} from "./figure-groups.ts";
import { drawnFigure } from "./draw-figure.ts";
import { FigureIndex } from "./figure-index.tsx";
import { FigureSection } from "./figure-section.tsx";
import { useFiguresChoice } from "./figures-state.ts";
import { libraryCampaigns } from "./library-campaigns.ts";
import { TableSection } from "./table-section.tsx";
import { useFigureKeys } from "./use-figure-keys.ts";
import styles from "./figures-view.module.css";

/** Up to so many campaigns are read whole at once; of more only what a figure near the view needs. */
const readWhole = 12;

/** `own`: the campaign whose tab this is, which is always among them; null where any may be chosen. */
export function FiguresView({ own }: { readonly own: string | null }) {
  const [choice, change] = useFiguresChoice(own);
  const { value: library, failure: noLibrary, reload } = useFreshLibrary();
  const known = useMemo(() => libraryCampaigns(library?.campaigns ?? []), [library]);
  // What the library says of a campaign tells whether what was read of it still holds.
  const ready = library !== null || noLibrary !== null;
  const campaigns = useMemo(
    () => (ready ? choice.campaigns.map((id) => ({ id, version: known.get(id)?.version ?? "" })) : []),
    [choice.campaigns, known, ready],
  );
  const whole = campaigns.length <= readWhole;
  const data = useDatasetParts({ campaigns: whole ? campaigns : [], what: subjectsPiece(null) });
  const failed = useMemo(() => new Set(data.failures.keys()), [data.failures]);
  const theme = useFigureTheme();
  const inputs = useMemo(
    (): OverlayInputs => ({
      datasets: choice.campaigns.flatMap((id) => data.values.get(id) ?? []),
      distributions: new Map(),
      scale: choice.scale,
      labelling: choice.labelling,
      theme,
    }),
    [choice, data.values, theme],
  );
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const loading = data.loading || !ready;
  const key = JSON.stringify([campaigns, choice.labelling]);
  const shown = useMemo(
    () =>
      figureEntries.filter(
        (entry) =>
          !without.has(`${entry.id} ${key}`) &&
          (whole && !loading
            ? hasData(entry, inputs)
            : campaigns.some(({ id }) => mayHave(entry, known.get(id)))),
      ),
    [without, key, whole, loading, inputs, campaigns, known],
  );
  const empty = useCallback(
    (id: string) => setWithout((before) => new Set(before).add(`${id} ${key}`)),
    [key],
  );
  const [run, setRun] = useState<{ readonly campaignId: string; readonly runId: string } | null>(null);
  return (
    <div className={styles.view}>
      <ChoiceBar {...{ own, choice, change, known, failed }} />
      {noLibrary === null ? null : (
        <FailureNotice
          failure={noLibrary}
          actions={
            <Button variant="default" onClick={() => void reload()}>
              Read again
            </Button>
          }
        />
      )}
      <FailedCampaigns failures={data.failures} known={known} onRetry={data.retry} />
      {choice.campaigns.length === 0 ? (
        <NoCampaign onPaper={() => change({ campaigns: [paperId] })} />
      ) : shown.length === 0 ? (
        loading ? (
          <p className={styles.loading} role="status">
            <Loader size="xs" /> Reading the campaigns…
          </p>
        ) : failed.size === campaigns.length ? null : (
          <NoFigure own={own} />
        )
      ) : (
        <Figures
          {...{ shown, choice, campaigns, inputs, whole, known }}
          loading={loading}
          onEmpty={empty}
          onFigure={(figure) => change({ figure })}
          onRun={(campaignId, runId) => setRun({ campaignId, runId })}
        />
      )}
      <RawDrawer campaignId={run?.campaignId ?? ""} runId={run?.runId ?? null} onClose={() => setRun(null)} />
    </div>
  );
}

/** What cannot be drawn at all tells so in its own place. */
function hasData(entry: FigureEntry, inputs: OverlayInputs): boolean {
  if (isTable(entry)) return entry.make(inputs) !== null;
  // Distributions are read when the figure comes near: until then it counts that the workload was measured.
  if (entry.distributions)
    return inputs.datasets.some(({ points }) =>
      points.some(({ subject }) => entry.subjects?.includes(subject) ?? true),
    );
  const { figure, failure } = drawnFigure(entry, { ...inputs, scale: "absolute" });
  return figure !== null || failure !== null;
}

interface FiguresProps {
  readonly shown: readonly FigureEntry[];
  readonly choice: ReturnType<typeof useFiguresChoice>[0];
  readonly campaigns: readonly { readonly id: string; readonly version: string }[];
  readonly inputs: OverlayInputs;
  readonly whole: boolean;
  readonly known: ReturnType<typeof libraryCampaigns>;
  readonly loading: boolean;
  readonly onEmpty: (figureId: string) => void;
  readonly onFigure: (figureId: string) => void;
  readonly onRun: (campaignId: string, runId: string) => void;
}

function Figures(props: FiguresProps) {
  const { shown, choice, campaigns, inputs, whole, known, loading, onEmpty, onFigure, onRun } = props;
  const list = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => figureGroups(shown), [shown]);
  const ids = useMemo(() => groups.flatMap(({ figures }) => figures.map(({ id }) => id)), [groups]);
  const { current, goTo } = useFigureKeys({ list, ids, wanted: choice.figure, onFigure });
  return (
    <div className={styles.columns}>
      <FigureIndex groups={groups} current={current} onGo={goTo} />
      <div className={styles.list} ref={list}>
        {groups.map(({ title, figures }) => (
          <div key={title} className={styles.group} role="group" aria-label={title}>
            {figures.map((entry) =>
              isTable(entry) ? (
                <TableSection
                  key={entry.id}
                  id={sectionId(entry.id)}
                  definition={entry}
                  {...{ campaigns, inputs, whole, known, loading, onEmpty }}
                />
              ) : (
                <FigureSection
                  key={entry.id}
                  id={sectionId(entry.id)}
                  definition={entry}
                  {...{ campaigns, inputs, whole, known, loading, onEmpty, onRun }}
                />
              ),
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function NoCampaign({ onPaper }: { readonly onPaper: () => void }) {
  return (
    <EmptyState
      title="No campaign is chosen"
      actions={<Button onClick={onPaper}>Show the paper&apos;s figures</Button>}
    >
      <p>Choose campaigns above: each figure shows them all, in one colour an environment.</p>
    </EmptyState>
  );
}

function NoFigure({ own }: { readonly own: string | null }) {
  return (
    <EmptyState
      title="No figure has data"
      actions={
        own === null || own === paperId ? undefined : (
          <Button component={Link} href={`/campaigns/${encodeURIComponent(own)}`} variant="default">
            To the run
          </Button>
        )
      }
    >
      <p>None of these campaigns has measured anything yet. Lay the paper over it to see its figures.</p>
    </EmptyState>
  );
}
