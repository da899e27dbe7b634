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
  const axes = layout as unknown as Readonly<Record<string, Axis | undefined>>;
  const axis = (name: string, letter: "x" | "y", traces: readonly Trace[]): SeenAxis => {
    const given = axes[name];
    const logarithmic = given?.type === "log";
    const [low, high] = ranges[name] ?? given?.range ?? extent(traces, letter, logarithmic);
    return { low, high, logarithmic, pixels: letter === "x" ? size.width : size.height };
  };
  const of = (trace: Trace) => (trace as { readonly yaxis?: string }).yaxis ?? "y";
  const names = [...new Set(["y", ...data.map(of)])];
  return {
    x: axis("xaxis", "x", data),
    y: Object.fromEntries(
      names.map((name) => [
        name,
        axis(
          name.replace("y", "yaxis"),
          "y",
          data.filter((trace) => of(trace) === name),
        ),
      ]),
    ),
  };
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
