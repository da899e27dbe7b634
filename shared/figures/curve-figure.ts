// Curves of one metric over a swept parameter: one line a configuration, an interval at every point.
import type { Condition, WorkloadName } from "../model/workload.ts";
import { rowKey } from "../model/result.ts";
import type { ResultRow } from "../model/result.ts";
import { plainText } from "./figure.ts";
import type { Figure, FigureInputs, LineTrace } from "./figure.ts";
import { errorBars, frame, hoverText, slotStyles, unitText } from "./frame.ts";
import type { SlotStyle } from "./frame.ts";
import { indistinguishableColor } from "./palette.ts";
import type { FigureTheme } from "./palette.ts";
import { doubtKeys, doubtOf } from "./proof.ts";

interface CurveDesign {
  readonly id: string;
  readonly workload: WorkloadName;
  readonly metric: string;
  readonly title: string;
  readonly xTitle: string;
  /** Value of the swept parameter; null where the condition is not part of the sweep. */
  readonly x: (condition: Condition) => number | null;
}

interface Point {
  readonly x: number;
  readonly row: ResultRow;
}

/** The figure, or none where nothing was measured. */
export function curveFigure(inputs: FigureInputs, design: CurveDesign): Figure[] {
  const { campaign, results, theme } = inputs;
  const places = new Map(campaign.conditions.map((condition) => [condition.id, design.x(condition)]));
  const points = results.rows
    .filter(
      ({ workload, metric, values }) =>
        workload === design.workload && metric.name === design.metric && values.length > 0,
    )
    .flatMap((row): Point[] => {
      const x = places.get(row.conditionId) ?? null;
      return x === null ? [] : [{ x, row }];
    })
    .sort((a, b) => a.x - b.x);
  const metric = points[0]?.row.metric;
  if (metric === undefined) return [];
  const words = {
    title: design.title,
    x: design.xTitle,
    y: unitText(metric.unit, metric.better),
    workload: design.workload,
  };
  const curves = slotStyles(campaign, theme)
    .map((style) =>
      curve(
        style,
        points.filter(({ row }) => row.slot === style.slot),
        theme,
      ),
    )
    .filter(({ x }) => x.length > 0);
  return [
    {
      id: design.id,
      workload: design.workload,
      title: design.title,
      data: [...curves, ...verdictKeys(points, theme)],
      layout: frame(inputs, words),
    },
  ];
}

function curve(
  { slot, label, color, dash }: SlotStyle,
  points: readonly Point[],
  theme: FigureTheme,
): LineTrace {
  const rows = points.map(({ row }) => row);
  const grey = indistinguishableColor[theme.scheme];
  return {
    type: "scatter",
    mode: "lines+markers",
    name: plainText(label),
    legendgroup: slot,
    showlegend: true,
    x: points.map(({ x }) => x),
    y: rows.map(({ mean }) => mean),
    error_y: { ...errorBars(rows, theme), color },
    hovertext: rows.map(hoverText),
    hoverinfo: "text",
    customdata: rows.map(rowKey),
    line: { color, width: 1.8, dash },
    marker: {
      color: rows.map(({ distinguishable }) => (distinguishable === false ? grey : color)),
      symbol: rows.map((row) => (doubtOf(row) === null ? "circle" : "circle-x-open")),
      size: 8,
      line: { color, width: 1.5 },
    },
  };
}

/** Keys of what is not obvious: grey points, and crossed points, which stand for the hatching of bars. */
function verdictKeys(points: readonly Point[], theme: FigureTheme): LineTrace[] {
  const grey = indistinguishableColor[theme.scheme];
  return [
    ...(points.some(({ row }) => row.distinguishable === false)
      ? [keyTrace("grey: not distinguishable from native", grey, "circle")]
      : []),
    ...doubtKeys(
      "crossed",
      points.map(({ row }) => row),
    ).map((name) => keyTrace(name, theme.text, "circle-x-open")),
  ];
}

function keyTrace(name: string, color: string, symbol: string): LineTrace {
  return {
    type: "scatter",
    mode: "markers",
    name,
    legendgroup: name,
    showlegend: true,
    // A point without a value: Plotly drops traces without points from the legend.
    x: [0],
    y: [null],
    hoverinfo: "skip",
    marker: { color, symbol, size: 8, line: { color, width: 1.5 } },
  };
}
