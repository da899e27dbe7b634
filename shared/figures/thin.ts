// What is drawn of very many points: as many as can be told apart on the screen, each of them a real one.
import { countText } from "../report/number.ts";
import type { LineTrace, Trace } from "./figure.ts";

/** Up to so many points of lines and clouds everything is drawn. */
export const drawnWhole = 4000;

/** Pixels of the side of a square in which points of one look cover each other: the next where too many are left. */
const markerCells = [4, 6, 8] as const;
/** At most so many points of a cloud are wanted. */
const wantedMarkers = 5000;

/** The part of an axis that is seen, in its own units (of a logarithmic one in powers of ten), and its length in pixels. */
export interface SeenAxis {
  readonly low: number;
  readonly high: number;
  readonly pixels: number;
  readonly logarithmic: boolean;
}

/** By Plotly's ids of the axes: `x`, `y2`. */
export interface Seen {
  readonly x: Readonly<Record<string, SeenAxis>>;
  readonly y: Readonly<Record<string, SeenAxis>>;
}

export interface Thinned {
  readonly data: readonly Trace[];
  /** Points of lines and clouds, without those that have no value. */
  readonly points: number;
  readonly drawn: number;
}

/**
 * The traces with fewer points where there are too many; bars are left alone. Of a line over ascending x the first,
 * last, lowest and highest point of each pixel column are kept, which draws the same pixels (M4, Jugel et al., VLDB
 * 2014); of any other line the ends of each stay within a pixel; of a cloud one point of each look in a square of four
 * to eight pixels, whose hover text tells how many it covers. Values are never changed.
 */
export function thinned(data: readonly Trace[], seen: Seen): Thinned {
  const points = pointCount(data);
  if (points <= drawnWhole) return { data, points, drawn: points };
  const thin = data.map((trace) => (trace.type === "scatter" ? thinTrace(trace, seen) : trace));
  return { data: thin, points, drawn: pointCount(thin) };
}

export function pointCount(data: readonly Trace[]): number {
  return data.reduce(
    (sum, trace) => sum + (trace.type === "scatter" ? trace.y.filter((y) => y !== null).length : 0),
    0,
  );
}

/** What stands beneath a figure that does not draw every point; empty where it does. */
export function thinnedText({ points, drawn }: Pick<Thinned, "points" | "drawn">): string {
  if (drawn >= points) return "";
  return (
    `${countText(points, "point")}, drawn as ${countText(drawn, "point")}: those that cover each other at this size ` +
    "are drawn once. Zooming in shows more of them; values, tables and files hold all."
  );
}

function thinTrace(trace: LineTrace, seen: Seen): LineTrace {
  const { xaxis = "x", yaxis = "y" } = trace as { readonly xaxis?: string; readonly yaxis?: string };
  const [xAxis, yAxis] = [seen.x[xaxis], seen.y[yaxis]];
  if (xAxis === undefined || yAxis === undefined || trace.x.length < 100) return trace;
  if (trace.x.some((x) => typeof x === "string")) return trace;
  const xs = trace.x.map((x) => pixel(Number(x), xAxis));
  const ys = trace.y.map((y) => (y === null ? Number.NaN : pixel(y, yAxis)));
  if (trace.mode.includes("lines"))
    return pick(trace, ascending(xs) ? columnExtremes(xs, ys, xAxis.pixels) : stays(xs, ys));
  const size = { width: xAxis.pixels, height: yAxis.pixels };
  let { indices, covered }: Covering = { indices: [], covered: [] };
  for (const side of markerCells) {
    ({ indices, covered } = cells(trace, xs, ys, { ...size, side }));
    if (indices.length <= wantedMarkers) break;
  }
  const thin = pick(trace, indices);
  return thin.hovertext === undefined
    ? thin
    : { ...thin, hovertext: thin.hovertext.map((text, index) => withCovered(text, covered[index] ?? 0)) };
}

function pixel(value: number, { low, high, pixels, logarithmic }: SeenAxis): number {
  const place = logarithmic ? Math.log10(value) : value;
  return high === low ? 0 : ((place - low) / (high - low)) * pixels;
}

function ascending(xs: readonly number[]): boolean {
  return xs.every((x, index) => index === 0 || !(x < (xs[index - 1] ?? x)));
}

/** Indices of the first, last, lowest and highest point of each column in view, and of the nearest on both sides of it. */
function columnExtremes(xs: readonly number[], ys: readonly number[], width: number): number[] {
  const kept = new Set<number>();
  let column = Number.NaN;
  let inColumn: number[] = [];
  const close = (): void => {
    const values = inColumn.filter((index) => !Number.isNaN(ys[index]));
    const by = (better: (a: number, b: number) => boolean) =>
      values.reduce((best, index) => (better(ys[index] ?? 0, ys[best] ?? 0) ? index : best), values[0] ?? -1);
    for (const index of [inColumn[0], inColumn.at(-1), by((a, b) => a < b), by((a, b) => a > b)])
      if (index !== undefined && index >= 0) kept.add(index);
    // A gap stays a gap.
    const gap = inColumn.find((index) => Number.isNaN(ys[index]));
    if (gap !== undefined) kept.add(gap);
  };
  for (const [index, x] of xs.entries()) {
    // What lies out of view is one column on each side.
    const own = Math.max(-1, Math.min(Math.ceil(width), Math.floor(x)));
    if (own !== column) {
      close();
      column = own;
      inColumn = [];
    }
    inColumn.push(index);
  }
  close();
  return [...kept].sort((a, b) => a - b);
}

/** Indices where a line enters and leaves a pixel; gaps too. */
function stays(xs: readonly number[], ys: readonly number[]): number[] {
  const cell = (index: number) => `${Math.floor(xs[index] ?? 0)} ${Math.floor(ys[index] ?? Number.NaN)}`;
  return [...xs.keys()].filter(
    (index) => index === 0 || cell(index) !== cell(index - 1) || cell(index) !== cell(index + 1),
  );
}

interface Covering {
  readonly indices: readonly number[];
  /** Points that each of them covers. */
  readonly covered: readonly number[];
}

/** One index for each look and square; points out of view share one square for each look, gaps are left out. */
function cells(
  trace: LineTrace,
  xs: readonly number[],
  ys: readonly number[],
  { width, height, side }: { readonly width: number; readonly height: number; readonly side: number },
): Covering {
  const { color, symbol } = trace.marker;
  const look = (index: number) =>
    `${typeof color === "string" ? "" : color[index]} ${typeof symbol === "string" ? "" : symbol[index]}`;
  const first = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const [index, x] of xs.entries()) {
    const y = ys[index] ?? Number.NaN;
    if (Number.isNaN(y) || Number.isNaN(x)) continue;
    const out = x < 0 || y < 0 || x > width || y > height;
    const place = out ? edge(x, y, width, height) : `${Math.floor(x / side)} ${Math.floor(y / side)}`;
    const key = `${place} ${look(index)}`;
    if (!first.has(key)) first.set(key, index);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return {
    indices: [...first.values()],
    covered: [...first.keys()].map((key) => (counts.get(key) ?? 1) - 1),
  };
}

/** The side on which a point is out of view: Plotly needs one there to know that the data go on. */
function edge(x: number, y: number, width: number, height: number): string {
  return `out ${x < 0 ? "left" : x > width ? "right" : y < 0 ? "below" : y > height ? "above" : ""}`;
}

function withCovered(text: string, covered: number): string {
  return covered === 0 || text === "" ? text : `${text}<br>${countText(covered, "more point")} at this place`;
}

/** The trace with these points only: every list that has one entry a point is cut alike. */
function pick<T extends LineTrace>(trace: T, indices: readonly number[]): T {
  const count = trace.x.length;
  const cut = (value: unknown): unknown => {
    if (Array.isArray(value))
      return value.length === count ? indices.map((index): unknown => value[index]) : value;
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cut(part)]));
  };
  return cut(trace) as T;
}
