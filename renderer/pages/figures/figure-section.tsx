// One figure over the chosen campaigns: drawn when it comes near, its values, and what is behind the point that is chosen.
import { Button, Loader } from "@mantine/core";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { figureTable, type FigureRow } from "#shared/figures/figure-table.ts";
import { pointOfKey, type FigureDefinition, type OverlayInputs } from "#shared/figures/overlay.ts";
import { provenanceOf } from "#shared/figures/provenance.ts";
import { FailureNotice } from "#renderer/components/failure-notice.tsx";
import { Notice } from "#renderer/components/notice.tsx";
import { Section } from "#renderer/components/section.tsx";
import { FigureView } from "#renderer/pages/results/figure-view.tsx";
import { scrollIntoSight } from "#renderer/pages/results/scroll-to.ts";
import { useNear } from "#renderer/pages/results/use-near.ts";
import { subjectsPiece, useDatasetParts, useDistributionParts } from "./figure-data.ts";
import { figureNumber, mayHave } from "./figure-groups.ts";
import { FigureValues } from "./figure-values.tsx";
import { drawnFigure } from "./draw-figure.ts";
import type { KnownCampaign } from "./library-campaigns.ts";
import { PointDetails } from "./point-details.tsx";
import styles from "./figure-section.module.css";

interface FigureSectionProps {
  readonly id: string;
  readonly definition: FigureDefinition;
  readonly campaigns: readonly { readonly id: string; readonly version: string }[];
  /** Datasets of all campaigns where `whole`; of none otherwise. */
  readonly inputs: OverlayInputs;
  readonly whole: boolean;
  readonly known: ReadonlyMap<string, KnownCampaign>;
  readonly loading: boolean;
  /** Told when all was read and there is nothing to draw. */
  readonly onEmpty: (figureId: string) => void;
  readonly onRun: (campaignId: string, runId: string) => void;
}

/** Pixels that a figure takes, roughly, before it is drawn. */
const usualHeight = 560;

export function FigureSection(props: FigureSectionProps) {
  const { id, definition } = props;
  const box = useRef<HTMLDivElement>(null);
  const near = useNear(box);
  const number = figureNumber(definition);
  return (
    <div id={id} className={styles.place} ref={box} tabIndex={-1}>
      <Section title={number === null ? definition.title : `${number}: ${definition.title}`} flush>
        <p className={styles.summary}>{definition.summary}</p>
        {near ? <FigureBody {...props} /> : <div style={{ height: usualHeight }} />}
      </Section>
    </div>
  );
}

function FigureBody({ definition, onEmpty, onRun, ...rest }: FigureSectionProps) {
  const { inputs, failures, loading, retry, unreadable } = useInputs({ definition, ...rest });
  const { figure, failure } = useMemo(() => drawnFigure(definition, inputs), [definition, inputs]);
  const nothing = figure === null && failure === null && !loading && failures.size === 0;
  const needsNative = nothing && inputs.scale === "relative" && definition.relative;
  const hasAbsolute = useMemo(
    () => needsNative && drawnFigure(definition, { ...inputs, scale: "absolute" }).figure !== null,
    [needsNative, definition, inputs],
  );
  useEffect(() => {
    if (nothing && !hasAbsolute) onEmpty(definition.id);
  }, [nothing, hasAbsolute, definition, onEmpty]);
  return (
    <>
      {[...failures].map(([id, each]) => (
        <FailureNotice
          key={id}
          failure={{ ...each, message: `${rest.known.get(id)?.name ?? id}: ${each.message}` }}
          actions={
            <Button variant="default" onClick={retry}>
              Try again
            </Button>
          }
        />
      ))}
      {failure === null ? null : <FailureNotice failure={failure} />}
      {unreadable.length === 0 ? null : (
        <div className={styles.remark}>
          <Notice severity="warning">
            Left out, because their output could not be read: {unreadable.join("; ")}.
          </Notice>
        </div>
      )}
      {inputs.scale === "relative" && !definition.relative ? (
        <p className={styles.remark}>Shown in absolute values: a ratio to native would say nothing here.</p>
      ) : null}
      {hasAbsolute ? (
        <p className={styles.remark}>
          None of these campaigns measured native at the same conditions, so there is nothing to divide by.
        </p>
      ) : null}
      {figure === null ? (
        loading ? (
          <p className={styles.loading} style={{ height: usualHeight }} role="status">
            <Loader size="xs" /> Reading the campaigns…
          </p>
        ) : null
      ) : (
        <DrawnFigure {...{ definition, inputs, figure, onRun }} />
      )}
    </>
  );
}

/** The campaigns' data as far as this figure needs them. */
function useInputs({
  definition,
  campaigns,
  inputs,
  whole,
  known,
  loading,
}: Omit<FigureSectionProps, "id" | "onEmpty" | "onRun">) {
  const { subjects } = definition;
  const having = useMemo(
    () => campaigns.filter(({ id }) => mayHave(definition, known.get(id))),
    [campaigns, definition, known],
  );
  // Of all, also where some have nothing to show here: their places give them their letters.
  const own = useDatasetParts({ campaigns: whole ? [] : campaigns, what: subjectsPiece(subjects) });
  const spread = useDistributionParts({
    campaigns: definition.distributions && subjects !== null ? having : [],
    what: subjectsPiece(subjects),
  });
  const made = useMemo(
    (): OverlayInputs => ({
      ...inputs,
      datasets: whole ? inputs.datasets : campaigns.flatMap(({ id }) => own.values.get(id) ?? []),
      distributions: new Map(
        [...spread.values].map(([id, { distributions }]) => [id, distributions] as const),
      ),
    }),
    [inputs, whole, campaigns, own.values, spread.values],
  );
  const failures = useMemo(
    () => new Map([...own.failures, ...spread.failures]),
    [own.failures, spread.failures],
  );
  const unreadable = [...spread.values].flatMap(([id, each]) =>
    each.unreadable.map(({ runId, reason }) => `${runId} of ${known.get(id)?.name ?? id} (${reason})`),
  );
  return {
    inputs: made,
    failures,
    unreadable,
    loading: (whole && loading) || own.loading || spread.loading,
    retry: () => {
      own.retry();
      spread.retry();
    },
  };
}

interface DrawnFigureProps {
  readonly definition: FigureDefinition;
  readonly inputs: OverlayInputs;
  readonly figure: NonNullable<ReturnType<typeof drawnFigure>["figure"]>;
  readonly onRun: FigureSectionProps["onRun"];
}

function DrawnFigure({ definition, inputs, figure, onRun }: DrawnFigureProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const details = useRef<HTMLElement>(null);
  const opener = useRef<HTMLElement | null>(null);
  const table = useMemo(() => figureTable(figure), [figure]);
  const row = table.rows.find(({ key }) => key === chosen && key !== "") ?? null;
  const found = useMemo(() => behind(row, inputs), [row, inputs]);
  const open = useCallback((key: string) => {
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setChosen(key);
  }, []);
  const close = useCallback(() => {
    setChosen(null);
    opener.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const panel = details.current;
    if (chosen === null || panel === null) return;
    panel.focus({ preventScroll: true });
    scrollIntoSight(panel);
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") close();
    };
    panel.addEventListener("keydown", onKey);
    return () => panel.removeEventListener("keydown", onKey);
  }, [chosen, close]);
  const provenance = useMemo(
    () => () =>
      provenanceOf(
        inputs.datasets,
        table.rows.map(({ key }) => key),
      ),
    [inputs.datasets, table],
  );
  return (
    <div className={styles.container}>
      <div className={styles.drawn} data-details={row !== null || undefined}>
        <div className={styles.figure}>
          <FigureView
            figure={figure}
            fileName={fileNameOf(definition, inputs)}
            summary={definition.summary}
            provenance={provenance}
            onRow={open}
          />
        </div>
        {row === null ? null : (
          <PointDetails ref={details} row={row} {...found} onRun={onRun} onClose={close} />
        )}
      </div>
      <FigureValues title={definition.title} table={table} chosen={chosen} onOpen={open} />
    </div>
  );
}

/** The dataset and the point that a line of the table stands for, where it stands for one. */
function behind(row: FigureRow | null, { datasets }: OverlayInputs) {
  const at = row === null ? null : pointOfKey(row.key);
  const dataset = at === null ? null : (datasets.find(({ id }) => id === at.campaignId) ?? null);
  return { dataset, point: dataset?.points.find(({ id }) => id === at?.pointId) ?? null };
}

function fileNameOf({ id }: FigureDefinition, { datasets, scale }: OverlayInputs): string {
  const [first, ...others] = datasets.map((dataset) => dataset.id);
  const more = others.length === 0 ? "" : `-and-${others.length}-more`;
  return `${id}-${first ?? "none"}${more}${scale === "relative" ? "-relative" : ""}`;
}
