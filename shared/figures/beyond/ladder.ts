// Ladders of campaigns as waterfalls: where on the way from one configuration to another the performance goes.
import type { DataPoint, Dataset } from "../../model/dataset.ts";
import { worstVerdict } from "../../model/evidence.ts";
import { rowKey, type LadderRow, type LadderStep } from "../../model/result.ts";
import type { Figure } from "../figure.ts";
import { plainText } from "../figure.ts";
import { barVerdictKeys } from "../bar-keys.ts";
import type { FigureDefinition, FigureVariant, OverlayInputs } from "../overlay.ts";
import { pointKey } from "../overlay.ts";
import { axis, overlayLayout, valueTitle } from "../overlay/layout.ts";
import { slotsWithLooks } from "../overlay/series.ts";
import { barsOfErrors } from "../overlay/values.ts";
import { stepText, waterfallTrace, wholeBar, type WaterfallBar } from "../waterfall.ts";

export const ladderDefinition: FigureDefinition = {
  id: "ladder",
  number: null,
  title: "Ladder, step by step",
  summary:
    "From one configuration to another, one change at a time: each bar reaches from the value before the change to the value after it, with the interval of the latter. Grey steps cannot be told from none.",
  subjects: null,
  distributions: false,
  relative: false,
  variants: (inputs) =>
    inputs.datasets.flatMap((dataset) => measured(dataset).map((row) => variantOf(row, dataset, inputs))),
  draw,
};

function measured({ ladders }: Dataset): LadderRow[] {
  return ladders.filter(({ metric, steps }) => metric.primary && steps.some(({ mean }) => mean !== null));
}

function variantOf(row: LadderRow, dataset: Dataset, { datasets }: OverlayInputs): FigureVariant {
  const title = `${row.title}: ${row.conditionLabel}, ${row.metric.title}`;
  return {
    id: `${dataset.id} ${row.ladderId} ${row.conditionId} ${row.metric.name}`,
    title: datasets.length > 1 ? `${dataset.name}, ${title}` : title,
  };
}

function draw(inputs: OverlayInputs): Figure | null {
  const { theme } = inputs;
  const all = inputs.datasets.flatMap((dataset, campaign) =>
    measured(dataset).map((row) => ({ dataset, campaign, row, variant: variantOf(row, dataset, inputs) })),
  );
  const found = all.find(({ variant }) => variant.id === inputs.variant) ?? all[0];
  if (found === undefined) return null;
  const { dataset, campaign, row, variant } = found;
  const points = row.steps.map((step) => pointOf(dataset, row, step));
  const bars = barsOf(inputs, found, points);
  const intervals = row.steps.map((step, index) => intervalOf(points[index] ?? null, step));
  const errors = barsOfErrors(
    bars.map(({ to }, index) => (to === null ? null : { value: to, interval: intervals[index] ?? null })),
    { color: theme.text },
  ).error_y;
  const place = { slot: "steps", group: bars.at(-1)?.name ?? "", against: "the step before" };
  const highest = Math.max(
    ...bars.map(({ from, to }, index) => Math.max(from ?? 0, to ?? 0, intervals[index]?.[1] ?? 0)),
  );
  return {
    id: "ladder",
    workload: row.workload,
    title: variant.title,
    data: [
      waterfallTrace(bars, { title: row.title, theme, errors: errors ?? noErrors(bars.length, theme.text) }),
      ...barVerdictKeys(bars, place, theme),
    ],
    layout: {
      ...overlayLayout(inputs, {
        title: variant.title,
        subject: row.workload,
        drawn: [{ dataset, campaign }],
        notes: [],
        legendRows: 3,
      }),
      barmode: "group",
      xaxis: axis(theme, "Step", { type: "category", showgrid: false }),
      yaxis: axis(theme, valueTitle(row.metric.unit, row.metric.better, "absolute"), {
        range: [0, 1.06 * highest],
      }),
    },
  };
}

/** Null where the step was not measured. */
function pointOf(
  dataset: Dataset,
  { conditionId, metric }: LadderRow,
  { configurationId }: LadderStep,
): DataPoint | null {
  const id = rowKey({ slot: configurationId, conditionId, metric });
  return dataset.points.find((each) => each.id === id) ?? null;
}

/** Of a step's value; a dataset may have it in another unit than the ladder's metric. */
function intervalOf(point: DataPoint | null, { mean }: LadderStep): readonly [number, number] | null {
  if (point?.interval == null || mean === null || point.mean === 0) return null;
  const factor = mean / point.mean;
  return [factor * point.interval[0], factor * point.interval[1]];
}

function noErrors(count: number, color: string) {
  const none = Array.from({ length: count }, () => 0);
  return {
    type: "data",
    symmetric: false,
    array: none,
    arrayminus: none,
    color,
    thickness: 1.2,
    width: 0,
  } as const;
}

function barsOf(
  inputs: OverlayInputs,
  {
    dataset,
    campaign,
    row,
  }: { readonly dataset: Dataset; readonly campaign: number; readonly row: LadderRow },
  points: readonly (DataPoint | null)[],
): WaterfallBar[] {
  const { steps, metric } = row;
  const all = new Set(dataset.slots.map(({ slot }) => slot));
  const looks = new Map(
    slotsWithLooks(inputs, dataset, campaign, all).map(({ slot, look }) => [slot.slot, look.color]),
  );
  const colorOf = ({ configurationId }: LadderStep) => looks.get(configurationId) ?? inputs.theme.text;
  const bars = steps.map((step, index): WaterfallBar => {
    const point = points[index] ?? null;
    return {
      ...step,
      // The number tells steps of the same name apart.
      name: plainText(index === 0 ? step.label : `${index}. ${step.label}`),
      from: steps[index - 1]?.mean ?? null,
      to: step.mean,
      color: colorOf(step),
      hover: stepText(metric.unit, step, steps[index - 1]),
      key: point === null ? "" : pointKey(dataset.id, point.id),
    };
  });
  const ends = [points[0], points.at(-1)].filter((point) => point != null);
  const proof = {
    evidence: worstVerdict(ends.map(({ evidence }) => evidence)),
    emulated: ends.some(({ emulated }) => emulated),
  };
  const whole = wholeBar(row, proof, colorOf);
  return whole === null ? bars : [...bars, whole];
}
