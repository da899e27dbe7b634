// Where there are too many campaigns for bars: a point each, by environment, with all intervals as one thin line.
import { environmentNames } from "../../model/configuration.ts";
import type { LineTrace, XAxisId, YAxisId } from "../figure.ts";
import type { OverlayInputs } from "../overlay.ts";
import { pointKey } from "../overlay.ts";
import { indistinguishableColor } from "../palette.ts";
import { doubtOf } from "../proof.ts";
import type { BarPanel } from "./bars.ts";
import { pointHover } from "./hover.ts";
import { seriesLook } from "./looks.ts";
import { valueOf } from "./values.ts";

export function compactBars(
  { scale, theme }: OverlayInputs,
  { bars }: BarPanel,
  { x, y }: { readonly x: XAxisId; readonly y: YAxisId },
): LineTrace[] {
  const grey = indistinguishableColor[theme.scheme];
  return environmentNames.flatMap((environment): LineTrace[] => {
    const own = bars.filter(({ series }) => series.slot.environment === environment);
    if (own.length === 0) return [];
    const look = seriesLook({ environment, configuration: 0, campaign: 0, campaigns: 1 }, theme);
    const values = own.map(({ series, point }) => valueOf(point, series.slot, scale));
    const marks = own.map(({ point }) => doubtOf(point) !== null);
    const common = {
      type: "scatter",
      name: environment,
      legendgroup: environment,
      showlegend: false,
      xaxis: x,
      yaxis: y,
    } as const;
    return [
      intervalTrace(
        common,
        own.map(({ at }, index) => ({ x: at, interval: values[index]?.interval ?? null })),
        look.color,
      ),
      {
        ...common,
        mode: "markers",
        x: own.map(({ at }) => at),
        y: values.map((value) => value?.value ?? null),
        hovertext: own.map(({ series, point }) => pointHover(series, point)),
        hoverinfo: "text",
        meta: own.map(({ group }) => group),
        customdata: own.map(({ series, point }) => pointKey(series.dataset.id, point.id)),
        marker: {
          color: own.map(({ point }) => (point.distinguishable === false ? grey : look.color)),
          symbol: marks.map((mark) => (mark ? look.crossed : look.symbol)),
          size: 6,
          line: { color: look.color, width: 1 },
        },
      },
    ];
  });
}

/** Intervals as one broken line: thousands of them are drawn at once. */
export function intervalTrace(
  common: Pick<LineTrace, "type" | "name" | "legendgroup" | "showlegend" | "xaxis" | "yaxis">,
  intervals: readonly { readonly x: number; readonly interval: readonly [number, number] | null }[],
  color: string,
): LineTrace {
  const known = intervals.flatMap(({ x, interval }) =>
    interval !== null && interval.every(Number.isFinite)
      ? [{ x, low: Math.max(0, interval[0]), high: interval[1] }]
      : [],
  );
  return {
    ...common,
    mode: "lines",
    x: known.flatMap(({ x }) => [x, x, x]),
    y: known.flatMap(({ low, high }) => [low, high, null]),
    hoverinfo: "skip",
    opacity: 0.45,
    line: { color, width: 1, dash: "solid" },
    marker: { color, symbol: "circle", size: 1, line: { color, width: 0 } },
  };
}
