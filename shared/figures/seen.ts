// Which part of a figure's axes is seen: the whole of the data, or what a person zoomed to.
import type { Axis, Figure, Trace } from "./figure.ts";
import type { Seen, SeenAxis } from "./thin.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Ends of the axes in their own units, by Plotly's name of the axis; where one is absent, the data reach from end to end. */
export type Ranges = Readonly<Record<string, readonly [number, number] | undefined>>;

/** `size`: pixels of the drawing area, roughly. */
export function seenOf(
  { data, layout }: Pick<Figure, "data" | "layout">,
  size: Size,
  ranges: Ranges = {},
): Seen {
  const axes = layout as unknown as Readonly<Record<string, PlacedAxis | undefined>>;
  const axis = (id: string, letter: "x" | "y"): SeenAxis => {
    const name = id.replace(letter, `${letter}axis`);
    const given = axes[name];
    const logarithmic = given?.type === "log";
    const traces = data.filter((trace) => axisIdOf(trace, letter) === id);
    const [low, high] = ranges[name] ?? given?.range ?? extent(traces, letter, logarithmic);
    const [from, to] = given?.domain ?? [0, 1];
    return { low, high, logarithmic, pixels: (to - from) * (letter === "x" ? size.width : size.height) };
  };
  const all = (letter: "x" | "y") =>
    Object.fromEntries(
      [...new Set(data.map((trace) => axisIdOf(trace, letter)))].map((id) => [id, axis(id, letter)]),
    );
  return { x: all("x"), y: all("y") };
}

type PlacedAxis = Axis & { readonly domain?: readonly [number, number] };

/** Plotly's id of the axis that a trace is drawn on: `x`, `y2`. */
export function axisIdOf(trace: Trace, letter: "x" | "y"): string {
  const { xaxis = "x", yaxis = "y" } = trace as { readonly xaxis?: string; readonly yaxis?: string };
  return letter === "x" ? xaxis : yaxis;
}

function extent(traces: readonly Trace[], letter: "x" | "y", logarithmic: boolean): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const trace of traces)
    for (const value of trace[letter]) {
      if (typeof value !== "number" || (logarithmic && value <= 0)) continue;
      const place = logarithmic ? Math.log10(value) : value;
      low = Math.min(low, place);
      high = Math.max(high, place);
    }
  return low > high ? [0, 1] : [low, high];
}
