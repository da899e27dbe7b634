// One figure over the chosen campaigns: drawn when it comes near, its values, and what is behind the point that is chosen.
import { Loader, Select } from "@mantine/core";
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
import { figureNumber } from "./figure-groups.ts";
import { FailedCampaigns } from "./failed-campaigns.tsx";
import { FigureValues } from "./figure-values.tsx";
import { drawnFigure } from "./draw-figure.ts";
import { useSectionInputs, type SectionData } from "./section-inputs.ts";
import { PointDetails } from "./point-details.tsx";
import styles from "./figure-section.module.css";

interface FigureSectionProps extends SectionData {
  readonly id: string;
  readonly definition: FigureDefinition;
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
  const { inputs: read, failures, loading, retry, unreadable } = useSectionInputs(definition, rest);
  const [variant, setVariant] = useState<string | null>(null);
  const variants = useMemo(() => definition.variants?.(read) ?? [], [definition, read]);
  // What was chosen may be gone with its campaign.
  const known = variants.find(({ id }) => id === variant) ?? variants[0];
  const inputs = useMemo(() => (known === undefined ? read : { ...read, variant: known.id }), [read, known]);
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
      <FailedCampaigns failures={failures} known={rest.known} onRetry={retry} />
      {failure === null ? null : <FailureNotice failure={failure} />}
      {unreadable.length === 0 ? null : (
        <div className={styles.remark}>
          <Notice severity="warning">
            Left out, because their output could not be read: {unreadable.join("; ")}.
          </Notice>
        </div>
      )}
      {variants.length > 1 ? (
        <Select
          className={styles.variant}
          label="Shown"
          data={variants.map(({ id, title }) => ({ value: id, label: title }))}
          value={known?.id ?? null}
          onChange={setVariant}
          searchable
          allowDeselect={false}
          maxDropdownHeight={320}
        />
      ) : null}
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
