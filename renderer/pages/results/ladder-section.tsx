// One ladder: what each step changed, as a waterfall and as numbers, for every condition that was walked.
import { Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { Section } from "#renderer/components/section.tsx";
import { SlotSwatch } from "#renderer/components/slot-key.tsx";
import { VerdictLabel } from "#renderer/components/verdict-label.tsx";
import type { FigureInputs } from "#shared/figures/figure.ts";
import type { SlotStyle } from "#shared/figures/frame.ts";
import { ladderFigures } from "#shared/figures/ladder-figure.ts";
import type { LadderRow, LadderStep } from "#shared/model/result.ts";
import { configurationDifferences, differenceText } from "#shared/plan/configuration-differences.ts";
import { meanText, ratioWithInterval, shareText } from "#shared/report/number.ts";
import { judgementMarks } from "#shared/report/result-table.ts";
import { FigureView } from "./figure-view.tsx";
import { Part } from "./part.tsx";
import styles from "./plain-table.module.css";

interface LadderSectionProps {
  readonly id: string;
  readonly title: string;
  /** Of this ladder, primary metrics only. */
  readonly rows: readonly LadderRow[];
  readonly inputs: FigureInputs;
  readonly looks: ReadonlyMap<string, SlotStyle>;
}

export function LadderSection({ id, title, rows, inputs, looks }: LadderSectionProps) {
  const lines = rows.reduce((sum, { steps }) => sum + steps.length + 2, 0);
  return (
    <Part id={id} title={`Ladder: ${title}`} height={500 + lines * 27}>
      {() => (
        <Section title={`Ladder: ${title}`} flush>
          <p className={styles.summary}>
            Each step is one configuration, compared with the step before within the block. Its share is its
            part of the whole way, by the logarithm of the ratios, so that the shares add up to 100 %.
          </p>
          <LadderFigures rows={rows} inputs={inputs} />
          <LadderTable title={title} rows={rows} inputs={inputs} looks={looks} />
        </Section>
      )}
    </Part>
  );
}

function LadderFigures({ rows, inputs }: Pick<LadderSectionProps, "rows" | "inputs">) {
  const [wanted, setWanted] = useState<string | null>(null);
  const made = useMemo(
    () => ladderFigures({ ...inputs, results: { ...inputs.results, ladders: rows } }),
    [inputs, rows],
  );
  const figure = made.find(({ id }) => id === wanted) ?? made[0];
  if (figure === undefined) return <p className={styles.summary}>No step has a value yet.</p>;
  return (
    <>
      {made.length > 1 ? (
        <Select
          className={styles.choice}
          label="Figure"
          data={made.map(({ id, title }) => ({ value: id, label: title }))}
          value={figure.id}
          onChange={setWanted}
        />
      ) : null}
      <FigureView figure={figure} fileName={`${inputs.campaign.id}-${figure.id}`} />
    </>
  );
}

function LadderTable({ title, rows, inputs, looks }: Omit<LadderSectionProps, "id">) {
  const changes = useMemo(() => changesOf(inputs, rows), [inputs, rows]);
  return (
    <section className={styles.scroller} tabIndex={0} aria-label={`Steps of ${title}`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Changes</th>
            <th scope="col" data-number>
              Mean
            </th>
            <th scope="col">Unit</th>
            <th scope="col" data-number>
              Ratio to the step before (95 %)
            </th>
            <th scope="col" data-number>
              Share
            </th>
            <th scope="col">Evidence</th>
            <th scope="col">Marks</th>
          </tr>
        </thead>
        {rows.map((row) => (
          <tbody key={`${row.conditionId}/${row.metric.name}`}>
            <tr className={styles.group}>
              <th scope="rowgroup" colSpan={8}>
                {row.conditionLabel}
                <span className={styles.metric}>
                  {row.metric.title}, {row.metric.better} is better
                </span>
              </th>
            </tr>
            {row.steps.map((step, index) => (
              <StepLine
                key={step.configurationId}
                step={step}
                unit={row.metric.unit}
                look={looks.get(step.configurationId)}
                changes={index === 0 ? "" : (changes.get(step.configurationId) ?? "")}
              />
            ))}
            <WholeLine row={row} />
          </tbody>
        ))}
      </table>
    </section>
  );
}

interface StepLineProps {
  readonly step: LadderStep;
  readonly unit: string;
  readonly look: SlotStyle | undefined;
  readonly changes: string;
}

function StepLine({ step, unit, look, changes }: StepLineProps) {
  return (
    <tr>
      <th scope="row">
        <span className={styles.key}>
          {look === undefined ? null : <SlotSwatch look={look} />}
          {step.label}
        </span>
      </th>
      <td className={styles.changes}>{changes}</td>
      <td data-number>{meanText(step.mean, null)}</td>
      <td>{step.mean === null ? "" : unit}</td>
      <td data-number>{step.ratio === null ? "" : ratioWithInterval(step.ratio)}</td>
      <td data-number>{step.share === null ? "" : shareText(step.share)}</td>
      <td>{step.evidence === null ? "" : <VerdictLabel verdict={step.evidence} />}</td>
      <td className={styles.marks}>
        {judgementMarks({ ...step, evidence: null }, "the step before").join("; ")}
      </td>
    </tr>
  );
}

function WholeLine({ row: { steps, total, distinguishable } }: { readonly row: LadderRow }) {
  const emulated = steps.some((step) => step.emulated);
  return (
    <tr className={styles.whole}>
      <th scope="row" colSpan={4}>
        The whole way
      </th>
      <td data-number>{total === null ? "" : ratioWithInterval(total)}</td>
      <td className={styles.marks} colSpan={3}>
        {judgementMarks(
          { ratio: total, distinguishable, emulated },
          steps[0]?.label ?? "the first step",
        ).join("; ")}
      </td>
    </tr>
  );
}

/** What each step changes against the one before, by the id of its configuration. */
function changesOf({ campaign }: FigureInputs, rows: readonly LadderRow[]): ReadonlyMap<string, string> {
  const byId = new Map(campaign.configurations.map((each) => [each.id, each]));
  const steps = rows[0]?.steps ?? [];
  return new Map(
    steps.flatMap(({ configurationId }, index): [string, string][] => {
      const own = byId.get(configurationId);
      const before = byId.get(steps[index - 1]?.configurationId ?? "");
      if (own === undefined || before === undefined) return [];
      return [[configurationId, configurationDifferences(before, own).map(differenceText).join("; ")]];
    }),
  );
}
