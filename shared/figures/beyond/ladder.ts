// Ladders of campaigns as waterfalls: where on the way from one configuration to another the performance goes.
import type { DataPoint, Dataset } from "../../model/dataset.ts";
import { worstVerdict } from "../../model/evidence.ts";
import { rowKey, type LadderRow, type LadderStep } from "../../model/result.ts";
import { ratioWithInterval } from "../../report/number.ts";
import type { Figure } from "../figure.ts";
import { plainText } from "../figure.ts";
import { barVerdictKeys } from "../bar-keys.ts";
import type { FigureDefinition, FigureVariant, OverlayInputs } from "../overlay.ts";
import { pointKey } from "../overlay.ts";
import { axis, overlayLayout, valueTitle } from "../overlay/layout.ts";
import { slotsWithLooks } from "../overlay/series.ts";
import { barsOfErrors } from "../overlay/values.ts";
import { proofLines } from "../proof.ts";
import { fromTo, stepText, waterfallTrace, type WaterfallBar } from "../waterfall.ts";

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
  const errors = barsOfErrors(
    bars.map((bar, index) =>
      bar.to === null ? null : { value: bar.to, interval: points[index]?.interval ?? null },
    ),
    { color: theme.text },
  ).error_y;
  const place = { slot: "steps", group: bars.at(-1)?.name ?? "", against: "the step before" };
  const highest = Math.max(
    ...bars.map(({ from, to }, index) => Math.max(from ?? 0, to ?? 0, points[index]?.interval?.[1] ?? 0)),
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

/** Null where the step was not measured; a dataset's unit may differ from the metric's, a ladder's never does. */
function pointOf(
  dataset: Dataset,
  { conditionId, metric }: LadderRow,
  { configurationId }: LadderStep,
): DataPoint | null {
  const id = rowKey({ slot: configurationId, conditionId, metric });
  const point = dataset.points.find((each) => each.id === id) ?? null;
  return point?.unit === metric.unit ? point : null;
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
  const { steps, metric, total, distinguishable } = row;
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
  const [first, last] = [steps[0], steps.at(-1)];
  if (first?.mean == null || last?.mean == null) return bars;
  const proof = {
    evidence: worstVerdict([first, last].map(({ evidence }) => evidence)),
    emulated: first.emulated || last.emulated,
  };
  const whole: WaterfallBar = {
    ...proof,
    name: "The whole way",
    from: first.mean,
    to: last.mean,
    color: colorOf(last),
    hover: [
      "The whole way",
      fromTo(first.mean, last.mean, metric.unit),
      ...(total === null ? [] : [`${ratioWithInterval(total)} of ${plainText(first.label)}`]),
      ...(distinguishable === false ? [`not distinguishable from ${plainText(first.label)}`] : []),
      ...proofLines(proof),
    ].join("<br>"),
    key: "",
    distinguishable,
  };
  return [...bars, whole];
}
