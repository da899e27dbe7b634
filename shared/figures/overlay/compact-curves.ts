// Where there are too many campaigns for a line each with a name: points by environment, thin lines and intervals.
import { environmentNames } from "../../model/configuration.ts";
import type { LineTrace } from "../figure.ts";
import { pointKey } from "../overlay.ts";
import type { FigureTheme } from "../palette.ts";
import { indistinguishableColor } from "../palette.ts";
import { doubtOf } from "../proof.ts";
import { intervalTrace } from "./compact-bars.ts";
import type { Curve, CurvePoint } from "./curves.ts";
import { pointHover } from "./hover.ts";
import { seriesLook } from "./looks.ts";

interface Shown {
  readonly theme: FigureTheme;
  readonly loss: boolean;
}

export function compactCurves(curves: readonly Curve[], { theme, loss }: Shown): LineTrace[] {
  const axes = [...new Set(curves.map(({ axis }) => axis))];
  return axes.flatMap((axis) =>
    environmentNames.flatMap((environment): LineTrace[] => {
      const own = curves.filter(
        (curve) => curve.axis === axis && curve.series.slot.environment === environment,
      );
      if (own.length === 0) return [];
      const look = seriesLook({ environment, configuration: 0, campaign: 0, campaigns: 1 }, theme);
      const common = {
        type: "scatter",
        name: environment,
        legendgroup: environment,
        showlegend: false,
        ...(axis === "x" ? {} : { xaxis: axis }),
      } as const;
      const points = own.flatMap((curve) => curve.points);
      return [
        intervalTrace(
          common,
          points.map(({ x, value }) => ({ x, interval: value.interval })),
          look.color,
        ),
        lines(common, own, ({ value }) => value.value, look.color),
        {
          ...common,
          mode: "markers",
          x: points.map(({ x }) => x),
          y: points.map(({ value }) => value.value),
          hovertext: own.flatMap(({ series, label, points: of }) =>
            of.map(({ point }) => pointHover({ ...series, label }, point)),
          ),
          hoverinfo: "text",
          customdata: own.flatMap(({ series, points: of }) =>
            of.map(({ point }) => pointKey(series.dataset.id, point.id)),
          ),
          marker: {
            color: points.map(({ point }) =>
              point.distinguishable === false ? indistinguishableColor[theme.scheme] : look.color,
            ),
            symbol: points.map(({ point }) => (doubtOf(point) === null ? look.symbol : look.crossed)),
            size: 5,
            line: { color: look.color, width: 0.8 },
          },
        },
        ...(loss && points.some((point) => point.loss !== null)
          ? [lines({ ...common, yaxis: "y2" }, own, (point) => point.loss?.value ?? null, look.color)]
          : []),
      ];
    }),
  );
}

/** All curves as one broken line. */
function lines(
  common: Pick<LineTrace, "type" | "name" | "legendgroup" | "showlegend" | "xaxis" | "yaxis">,
  curves: readonly Curve[],
  value: (point: CurvePoint) => number | null,
  color: string,
): LineTrace {
  return {
    ...common,
    mode: "lines",
    x: curves.flatMap(({ points }) => [...points.map(({ x }) => x), points.at(-1)?.x ?? 0]),
    y: curves.flatMap(({ points }) => [...points.map(value), null]),
    hoverinfo: "skip",
    opacity: 0.3,
    line: { color, width: 0.8, dash: "solid" },
    marker: { color, symbol: "circle", size: 1, line: { color, width: 0 } },
  };
}
