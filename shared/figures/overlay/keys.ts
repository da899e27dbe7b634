// Entries of the legend that stand for no campaign: what grey and hatching say, and what shapes mean where there are too
// many campaigns to name each.
import { environmentNames } from "../../model/configuration.ts";
import type { DataPoint } from "../../model/dataset.ts";
import { countText } from "../../report/number.ts";
import type { BarTrace, LineTrace, Trace } from "../figure.ts";
import type { FigureTheme } from "../palette.ts";
import { indistinguishableColor } from "../palette.ts";
import { doubtKeys } from "../proof.ts";
import { seriesLook } from "./looks.ts";
import type { Series } from "./series.ts";

const keyCommon = { showlegend: true, legendgroup: "keys", x: [0], y: [null], hoverinfo: "skip" } as const;

/** What is not obvious among the points shown; `mark` is how doubt is drawn. */
export function verdictKeys(
  points: readonly DataPoint[],
  mark: "hatched" | "crossed",
  theme: FigureTheme,
): Trace[] {
  const grey = indistinguishableColor[theme.scheme];
  const key = (name: string, color: string, doubt: boolean): Trace =>
    mark === "hatched"
      ? barKey(name, color, doubt, theme)
      : pointKeyTrace(name, color, doubt ? "circle-x-open" : "circle");
  return [
    ...(points.some(({ distinguishable }) => distinguishable === false)
      ? [key("grey: not distinguishable from native", grey, false)]
      : []),
    ...doubtKeys(mark, points).map((name) => key(name, theme.text, true)),
  ];
}

const environmentTitles = { native: "Native", docker: "Docker", kvm: "KVM" } as const;

/** For compact figures: a shape for each environment, and how many campaigns there are. */
export function environmentKeys(series: readonly Series[], theme: FigureTheme): LineTrace[] {
  const campaigns = new Set(series.map(({ campaign }) => campaign)).size;
  return environmentNames
    .filter((name) => series.some(({ slot }) => slot.environment === name))
    .map((environment) => {
      const look = seriesLook({ environment, configuration: 0, campaign: 0, campaigns: 1 }, theme);
      const own = series.filter(({ slot }) => slot.environment === environment);
      const name = `${environmentTitles[environment]}: ${countText(own.length, "configuration")} of ${countText(campaigns, "campaign")}`;
      return pointKeyTrace(name, look.color, look.symbol);
    });
}

function barKey(name: string, color: string, doubt: boolean, theme: FigureTheme): BarTrace {
  return {
    ...keyCommon,
    type: "bar",
    name,
    marker: {
      color: doubt ? theme.paper : color,
      line: { color, width: 1.5 },
      pattern: doubt ? { shape: "/", fgcolor: color } : { shape: "" },
    },
  };
}

function pointKeyTrace(name: string, color: string, symbol: string): LineTrace {
  return {
    ...keyCommon,
    type: "scatter",
    mode: "markers",
    name,
    marker: { color, symbol, size: 8, line: { color, width: 1.5 } },
  };
}
