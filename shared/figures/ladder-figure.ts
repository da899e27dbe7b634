// Ladders as waterfalls: each step's bar reaches from the value before it to the value after it; the last is the whole way.
import { worstVerdict } from "../model/evidence.ts";
import { rowKey, type LadderRow, type LadderStep, type ResultRow } from "../model/result.ts";
import { meanEstimate } from "../stats/summary.ts";
import { barVerdictKeys } from "./bar-keys.ts";
import { plainText } from "./figure.ts";
import type { Figure, FigureInputs } from "./figure.ts";
import { errorBars, frame, slotStyles, unitText } from "./frame.ts";
import { stepText, waterfallTrace, wholeBar, type WaterfallBar } from "./waterfall.ts";

interface Bar extends WaterfallBar {
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
    data: [
      waterfallTrace(bars, {
        title: ladder.title,
        theme: inputs.theme,
        errors: errorBars(
          bars.map(({ row }) => row),
          inputs.theme,
        ),
      }),
      ...barVerdictKeys(bars, place, inputs.theme),
    ],
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
  const { steps, conditionId, metric } = ladder;
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
      hover: stepText(metric.unit, step, before),
      key: row === undefined ? "" : rowKey(row),
      ...(row === undefined ? {} : { row }),
    };
  });
  const ends = [first, last].flatMap((step) =>
    step === undefined ? [] : (rows.get(rowKey({ slot: step.configurationId, conditionId, metric })) ?? []),
  );
  const proof = {
    evidence: worstVerdict(ends.map(({ evidence }) => evidence)),
    emulated: ends.some(({ emulated }) => emulated),
  };
  const whole = wholeBar(ladder, proof, colorOf);
  return whole === null ? bars : [...bars, whole];
}
