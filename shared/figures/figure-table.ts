// What a figure draws as a plain table: for keyboards, readers of screens, saved pages and spreadsheets.
import { significant } from "../report/number.ts";
import type { Axis, ErrorBars, Figure, Trace } from "./figure.ts";
import { axisIdOf } from "./seen.ts";

export interface FigureRow {
  /** Name of the series, as in the legend. */
  readonly series: string;
  /** Place on the axis of conditions: a category or a number. */
  readonly at: string | number;
  /** A name where what is drawn is no number: the place of a field in a grid. */
  readonly value: number | string;
  /** Ends of what the error bars span; null where there are none. */
  readonly interval: readonly [number, number] | null;
  /** Title of the axis that the value is read on. */
  readonly axis: string;
  /** What is told when the point is pointed at, line by line. */
  readonly lines: readonly string[];
  /** What a click opens; empty where nothing does. */
  readonly key: string;
}

export interface FigureTable {
  /** Title of the axis of conditions. */
  readonly at: string;
  /** Title of the axis of values; of the first, where there are several. */
  readonly value: string;
  /** Values stand on several axes: each line says on which. */
  readonly severalAxes: boolean;
  readonly rows: readonly FigureRow[];
}

/** Fields that only some figures use. */
interface MoreFields {
  readonly orientation?: "h" | "v";
  readonly error_x?: ErrorBars;
}

/** Places that have names. */
type NamedAxis = Axis & { readonly tickvals?: readonly number[]; readonly ticktext?: readonly string[] };

/** Every point that is drawn and can be pointed at, series by series; points without a value are left out. */
export function figureTable({ data, layout }: Pick<Figure, "data" | "layout">): FigureTable {
  const axes = layout as unknown as Readonly<Record<string, NamedAxis | undefined>>;
  const axisOf = (trace: Trace, letter: "x" | "y") =>
    axes[axisIdOf(trace, letter).replace(letter, `${letter}axis`)] ?? axes[`${letter}axis`];
  const rows = data.flatMap((trace) => {
    if (trace.hoverinfo === "skip") return [];
    const lying = isLying(trace, axisOf(trace, "y"));
    return rowsOf(trace, lying, {
      at: axisOf(trace, lying ? "y" : "x"),
      value: axisOf(trace, lying ? "x" : "y"),
    });
  });
  const lying = data.some((trace) => isLying(trace, axisOf(trace, "y")));
  return {
    at: titleOf(lying ? axes["yaxis"] : axes["xaxis"]),
    value: rows[0]?.axis ?? titleOf(lying ? axes["xaxis"] : axes["yaxis"]),
    severalAxes: new Set(rows.map(({ axis }) => axis)).size > 1,
    rows,
  };
}

function titleOf(axis: Axis | undefined): string {
  return withoutTags(axis?.title.text ?? "");
}

interface TraceAxes {
  readonly at: NamedAxis | undefined;
  readonly value: NamedAxis | undefined;
}

/** Values lie along x where the places on y have names: bars on their side, and strips of points. */
function isLying(trace: Trace, y: NamedAxis | undefined): boolean {
  const named = y?.type === "category" || (y?.ticktext ?? []).length > 0;
  return named || (trace as MoreFields).orientation === "h";
}

function rowsOf(trace: Trace, lying: boolean, axes: TraceAxes): FigureRow[] {
  const { error_x: across } = trace as MoreFields;
  const values = lying ? trace.x : endsOf(trace);
  const places = lying ? trace.y : trace.x;
  const bars = lying ? across : trace.error_y;
  const axis = titleOf(axes.value);
  return values.flatMap((value, index): FigureRow[] => {
    const at = places[index];
    if (value === undefined || value === null || at === undefined || at === null) return [];
    return [
      {
        series: withoutTags(trace.name),
        at: trace.meta?.[index] ?? nameOf(at, lying || trace.type === "bar", axes.at),
        value: typeof value === "string" ? withoutTags(value) : value,
        interval: typeof value === "string" ? null : intervalOf(value, bars, index),
        axis,
        lines: (trace.hovertext?.[index] ?? "").split("<br>").filter(Boolean).map(withoutTags),
        key: trace.customdata?.[index] ?? "",
      },
    ];
  });
}

/** Where a bar that does not begin at zero ends is its value, and what its error bars stand around. */
function endsOf(trace: Trace): Trace["y"] {
  if (trace.type !== "bar" || trace.base === undefined) return trace.y;
  const { base } = trace;
  return trace.y.map((length, index) =>
    // Without the noise of the sum's last digits.
    length === null ? null : Number(((base[index] ?? 0) + length).toPrecision(14)),
  );
}

/** The category; of what stands at a place of its own on an axis whose places are named, the name nearest to it. */
function nameOf(at: string | number, placed: boolean, axis: NamedAxis | undefined): string | number {
  if (typeof at === "string") return withoutTags(at);
  const { tickvals = [], ticktext = [] } = axis ?? {};
  if (!placed || ticktext.length === 0) return at;
  const distances = tickvals.map((place) => Math.abs(place - at));
  return withoutTags(ticktext[distances.indexOf(Math.min(...distances))] ?? String(at));
}

function intervalOf(value: number, bars: ErrorBars | undefined, index: number): [number, number] | null {
  const up = bars?.array[index] ?? 0;
  const down = bars?.arrayminus[index] ?? 0;
  return up === 0 && down === 0 ? null : [value - down, value + up];
}

/** A text of Plotly's as plain text: the reverse of `plainText`. */
export function withoutTags(text: string): string {
  return text
    .replaceAll(/<br\s*\/?>/g, "; ")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

export function valueText({ value }: Pick<FigureRow, "value">): string {
  return typeof value === "string" ? value : significant(value, 4);
}

/** `12.3 to 14.5`, `–` where there is no interval. */
export function intervalText(interval: readonly [number, number] | null): string {
  return interval === null ? "–" : `${significant(interval[0], 4)} to ${significant(interval[1], 4)}`;
}

/** Tab-separated, numbers in full: for a spreadsheet. */
export function figureTsv({ at, value, severalAxes, rows }: FigureTable): string {
  const head = [
    "series",
    at,
    ...(severalAxes ? ["axis"] : []),
    severalAxes ? "value" : value,
    "low",
    "high",
    "details",
  ];
  const lines = rows.map((row) => [
    row.series,
    row.at,
    ...(severalAxes ? [row.axis] : []),
    row.value,
    row.interval?.[0] ?? "",
    row.interval?.[1] ?? "",
    row.lines.join("; "),
  ]);
  return `${[head, ...lines].map((cells) => cells.map((cell) => String(cell).replaceAll(/[\t\r\n]+/g, " ")).join("\t")).join("\n")}\n`;
}
