// Legend entries of bars: what a colour stands for, and what grey and hatching say.
import type { ResultRow } from "../model/result.ts";
import type { BarTrace } from "./figure.ts";
import { indistinguishableColor } from "./palette.ts";
import type { FigureTheme } from "./palette.ts";
import { doubtKeys } from "./proof.ts";

interface Marker {
  readonly color: string;
  readonly line: string;
  readonly shape: "" | "/";
}

/** A trace that stands in the legend alone: one bar without a value, in the place of a slot so that it takes no room. Texts are Plotly's (`plainText`). */
export function barKey(name: string, slot: string, group: string, { color, line, shape }: Marker): BarTrace {
  return {
    type: "bar",
    name,
    legendgroup: name,
    showlegend: true,
    offsetgroup: slot,
    x: [group],
    y: [null],
    hoverinfo: "skip",
    marker: {
      color,
      line: { color: line, width: 1.5 },
      pattern: shape === "" ? { shape } : { shape, fgcolor: line },
    },
  };
}

type Judged = Pick<ResultRow, "distinguishable" | "emulated"> & Partial<Pick<ResultRow, "evidence">>;

/** What is not obvious among these bars; `against` is what they are compared with, the place that of any bar. */
export function barVerdictKeys(
  rows: readonly Judged[],
  { slot, group, against }: { readonly slot: string; readonly group: string; readonly against: string },
  theme: FigureTheme,
): BarTrace[] {
  const grey = indistinguishableColor[theme.scheme];
  return [
    ...(rows.some(({ distinguishable }) => distinguishable === false)
      ? [
          barKey(`grey: not distinguishable from ${against}`, slot, group, {
            color: grey,
            line: grey,
            shape: "",
          }),
        ]
      : []),
    ...doubtKeys("hatched", rows).map((name) =>
      barKey(name, slot, group, { color: theme.paper, line: theme.text, shape: "/" }),
    ),
  ];
}
