// A curve as Plotly draws it, and the loss against native that goes with it.
import type { LineTrace } from "../figure.ts";
import { plainText } from "../figure.ts";
import { pointKey } from "../overlay.ts";
import type { FigureTheme } from "../palette.ts";
import { indistinguishableColor } from "../palette.ts";
import { doubtOf } from "../proof.ts";
import type { Curve } from "./curves.ts";
import { pointHover } from "./hover.ts";
import { legendGroup, legendName, legendTitle } from "./layout.ts";
import { barsOfErrors } from "./values.ts";

export interface Legend {
  /** Has an entry of its own. */
  readonly shown: boolean;
  /** Carries its campaign's title. */
  readonly titled: boolean;
  readonly campaigns: number;
  /** Place of the curve among those of its panel, 0 to 1: where along it its letter stands. */
  readonly place: number;
}

/** The first point has no value, so that the legend shows the series' own colour and symbol and not a verdict's. */
export function curveTrace(curve: Curve, legend: Legend, theme: FigureTheme): LineTrace {
  const { series, points, label } = curve;
  const { look, campaign, dataset } = series;
  const grey = indistinguishableColor[theme.scheme];
  const values = points.map(({ value }) => value);
  const letters = look.letter === "" ? null : lettersOf(points.length, look.letter, legend.place);
  return {
    ...common(curve, legend, label),
    mode: letters === null ? "lines+markers" : "lines+markers+text",
    ...(letters === null
      ? {}
      : {
          text: ["", ...letters],
          textposition: "top center",
          textfont: { color: look.color, size: 11 },
        }),
    ...(legend.titled
      ? { legendgrouptitle: { text: legendTitle(dataset, campaign), font: { size: 12 } } }
      : {}),
    x: [points[0]?.x ?? 0, ...points.map(({ x }) => x)],
    y: [null, ...values.map(({ value }) => value)],
    ...barsOfErrors([null, ...values], { color: look.color, width: 3 }),
    hovertext: ["", ...points.map(({ point }) => pointHover({ ...series, label }, point))],
    hoverinfo: "text",
    customdata: ["", ...points.map(({ point }) => pointKey(dataset.id, point.id))],
    line: { color: look.color, width: look.width, dash: look.dash },
    marker: {
      color: [
        look.color,
        ...points.map(({ point }) => (point.distinguishable === false ? grey : look.color)),
      ],
      symbol: [
        look.symbol,
        ...points.map(({ point }) => (doubtOf(point) === null ? look.symbol : look.crossed)),
      ],
      size: 7,
      line: { color: look.color, width: 1.4 },
    },
  };
}

/** Nothing for native itself, which loses nothing against itself. */
export function lossTrace(curve: Curve, legend: Legend): LineTrace[] {
  const { series, label } = curve;
  const { look, dataset } = series;
  const points = curve.points.filter(({ loss }) => loss !== null);
  if (points.length === 0) return [];
  const values = points.map(({ loss }) => loss);
  return [
    {
      ...common(curve, { ...legend, shown: false }, `${label}, loss`),
      mode: "lines+markers",
      yaxis: "y2",
      x: points.map(({ x }) => x),
      y: values.map((value) => value?.value ?? null),
      ...barsOfErrors(values, { color: look.color, floor: Number.NEGATIVE_INFINITY, width: 2 }),
      hovertext: points.map(
        ({ point, loss }) =>
          `${plainText("loss against native")} ${(loss?.value ?? 0).toFixed(1)} %<br>${pointHover({ ...series, label }, point)}`,
      ),
      hoverinfo: "text",
      customdata: points.map(({ point }) => pointKey(dataset.id, point.id)),
      line: { color: look.color, width: 1.2, dash: look.dash },
      marker: { color: look.color, symbol: look.symbol, size: 4, line: { color: look.color, width: 1 } },
    },
  ];
}

function common({ series, axis }: Curve, { shown, campaigns }: Legend, name: string) {
  return {
    type: "scatter",
    name: legendName(name),
    legendgroup: legendGroup(series, campaigns),
    showlegend: shown,
    ...(axis === "x" ? {} : { xaxis: axis }),
  } as const;
}

/** The campaign's letter at one point of the curve, at another one for each curve, so that letters do not meet. */
function lettersOf(count: number, letter: string, along: number): string[] {
  // The beginning of most sweeps is crowded.
  const place = Math.round((0.3 + 0.7 * along) * (count - 1));
  return Array.from({ length: count }, (_, index) => (index === place ? letter : ""));
}
