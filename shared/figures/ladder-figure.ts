// Ladders as waterfalls: each step's bar reaches from the value before it to the value after it; the last is the whole way.
import { worstVerdict } from "../model/evidence.ts";
import { rowKey, type LadderRow, type LadderStep, type ResultRow } from "../model/result.ts";
import { ratioWithInterval, shareText, significant } from "../report/number.ts";
import { meanEstimate } from "../stats/summary.ts";
import { barVerdictKeys } from "./bar-keys.ts";
import { plainText } from "./figure.ts";
import type { BarTrace, Figure, FigureInputs } from "./figure.ts";
import { errorBars, frame, slotStyles, unitText } from "./frame.ts";
import { indistinguishableColor } from "./palette.ts";
import { doubtOf, proofLines } from "./proof.ts";

/** One bar of the waterfall. */
interface Bar extends Pick<LadderStep, "evidence" | "emulated" | "distinguishable"> {
  readonly name: string;
  /** Null where there is nothing to compare with: the bar then begins at zero. */
  readonly from: number | null;
  readonly to: number | null;
  readonly color: string;
  readonly hover: string;
  /** Row of the value after; its interval is drawn. Absent for the whole way. */
  readonly row?: ResultRow;
}

/** A figure for each ladder, condition and primary metric of which anything was measured. */
export function ladderFigures(inputs: FigureInputs): Figure[] {
  const rows = new Map(inputs.results.rows.map((row) => [rowKey(row), row]));
  return inputs.results.ladders
    .filter(({ metric, steps }) => metric.primary && steps.some(({ mean }) => mean !== null))
    .map((ladder) => ladderFigure(inputs, ladder, rows));
}

function ladderFigure(inputs: FigureInputs, ladder: LadderRow, rows: ReadonlyMap<string, ResultRow>): Figure {
  const { ladderId, conditionId, metric, workload } = ladder;
  const title = `${ladder.title}: ${ladder.conditionLabel}, ${metric.title}`;
  const bars = barsOf(inputs, ladder, rows);
  const words = { title, x: "Step", y: unitText(metric.unit, metric.better), workload };
  const layout = frame(inputs, words);
  // The last bar's name is short and Tare's own, so that it is the same under the bar and in the key.
  const place = { slot: "steps", group: bars.at(-1)?.name ?? "", against: "the step before" };
  return {
    id: `ladder-${ladderId}-${conditionId}-${metric.name}`,
    workload,
    title,
    data: [trace(bars, inputs, ladder), ...barVerdictKeys(bars, place, inputs.theme)],
    layout: {
      ...layout,
      barmode: "group",
      xaxis: { ...layout.xaxis, type: "category", showgrid: false },
      yaxis: { ...layout.yaxis, range: [0, 1.06 * highest(bars)] },
    },
  };
}

/** Upper end of the intervals: Plotly leaves no room above bars that do not begin at zero. */
function highest(bars: readonly Bar[]): number {
  const ends = bars.map(({ row }) => {
    const estimate = meanEstimate(row?.values.map(({ value }) => value) ?? []);
    return estimate?.interval?.[1] ?? estimate?.value ?? 0;
  });
  return Math.max(...ends);
}

function barsOf(
  { campaign, theme }: FigureInputs,
  ladder: LadderRow,
  rows: ReadonlyMap<string, ResultRow>,
): Bar[] {
  const { steps, conditionId, metric, total, distinguishable } = ladder;
  const colors = new Map(slotStyles(campaign, theme).map(({ slot, color }) => [slot, color]));
  const colorOf = (step: LadderStep | undefined) => colors.get(step?.configurationId ?? "") ?? theme.text;
  const [first] = steps;
  const last = steps.at(-1);
  const bars = steps.map((step, index): Bar => {
    const before = steps[index - 1];
    const row = rows.get(rowKey({ slot: step.configurationId, conditionId, metric }));
    return {
      ...step,
      // The number tells steps of the same name apart.
      name: plainText(index === 0 ? step.label : `${index}. ${step.label}`),
      from: before?.mean ?? null,
      to: step.mean,
      color: colorOf(step),
      hover: stepText(ladder, step, before),
      ...(row === undefined ? {} : { row }),
    };
  });
  if (first?.mean == null || last?.mean == null) return bars;
  const ends = [first, last].flatMap(
    ({ configurationId }) => rows.get(rowKey({ slot: configurationId, conditionId, metric })) ?? [],
  );
  const proof = {
    evidence: worstVerdict(ends.map(({ evidence }) => evidence)),
    emulated: ends.some(({ emulated }) => emulated),
  };
  const whole: Bar = {
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
    distinguishable,
  };
  return [...bars, whole];
}

function trace(bars: readonly Bar[], { theme }: FigureInputs, { title }: LadderRow): BarTrace {
  const grey = indistinguishableColor[theme.scheme];
  return {
    type: "bar",
    name: plainText(title),
    legendgroup: "steps",
    showlegend: false,
    offsetgroup: "steps",
    x: bars.map(({ name }) => inLines(name)),
    base: bars.map(({ from, to }) => (to === null ? null : (from ?? 0))),
    y: bars.map(({ from, to }) => (to === null ? null : to - (from ?? 0))),
    error_y: errorBars(
      bars.map(({ row }) => row),
      theme,
    ),
    hovertext: bars.map(({ hover }) => hover),
    hoverinfo: "text",
    customdata: bars.map(({ row }) => (row === undefined ? "" : rowKey(row))),
    marker: {
      color: bars.map(({ distinguishable, color }) => (distinguishable === false ? grey : color)),
      line: { color: bars.map(({ color }) => color), width: 1.5 },
      pattern: { shape: bars.map((bar) => (doubtOf(bar) === null ? "" : "/")), fgcolor: theme.paper },
    },
  };
}

function stepText({ metric }: LadderRow, step: LadderStep, before: LadderStep | undefined): string {
  const { label, mean, ratio, share, distinguishable } = step;
  const value =
    before?.mean == null || mean === null
      ? `${significant(mean ?? Number.NaN, 4)} ${metric.unit}`
      : fromTo(before.mean, mean, metric.unit);
  return [
    plainText(label),
    value,
    ...(ratio === null ? [] : [`${ratioWithInterval(ratio)} of the step before`]),
    ...(share === null ? [] : [`${shareText(share)} of the whole way`]),
    ...(distinguishable === false ? ["not distinguishable from the step before"] : []),
    ...proofLines(step),
  ].join("<br>");
}

function fromTo(from: number, to: number, unit: string): string {
  return `from ${significant(from, 4)} to ${significant(to, 4)} ${unit}`;
}

/** Longest line under a bar; where labels are longer Plotly would turn them into the legend. */
const lineLength = 16;

/** Words in lines that fit under a bar. */
function inLines(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= lineLength)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join("<br>");
}
