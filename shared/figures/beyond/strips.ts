// Ratios of everything at one glance: a strip for each quantity, on it a mark for each configuration and load.
import { termsText } from "../../dataset/terms-text.ts";
import type { DataPoint, Subject, Terms } from "../../model/dataset.ts";
import type { Estimate } from "../../model/result.ts";
import { workloads } from "../../workloads/registry.ts";
import type { Figure, LineShape, LineTrace } from "../figure.ts";
import { plainText } from "../figure.ts";
import type { OverlayInputs } from "../overlay.ts";
import { pointKey } from "../overlay.ts";
import { campaignsOf, legendRows } from "../overlay/bars.ts";
import { pointHover } from "../overlay/hover.ts";
import { environmentKeys, verdictKeys } from "../overlay/keys.ts";
import { axis, legendGroup, legendName, legendTitle, overlayLayout } from "../overlay/layout.ts";
import { shortened } from "../overlay/lines.ts";
import { isCompact, labelOf, slotsWithLooks, termsKey, type Series } from "../overlay/series.ts";
import { barsOfErrors } from "../overlay/values.ts";
import { indistinguishableColor } from "../palette.ts";
import { doubtOf } from "../proof.ts";

/** Terms that a strip holds all values of: the load. */
const loads = ["clients", "users"] as const;
/** Terms that a strip is named by. */
const named = ["sockets", "kernel", "direction", "protocol", "job", "part", "op", "oltp_read_only"] as const;

export interface StripDesign {
  readonly id: string;
  readonly title: string;
  readonly x: string;
  readonly accepts: (point: DataPoint, control: boolean) => boolean;
  /** Whole sentences under the title. */
  readonly notes: readonly string[];
}

interface Strip {
  readonly key: string;
  readonly label: string;
  /** Values of the load on it, ascending. */
  readonly loads: readonly number[];
  /** Ids of the series that have a mark on it. */
  readonly series: readonly string[];
  /** Upper edge and height, pixels from the top. */
  readonly top: number;
  readonly height: number;
}

/** Null where no campaign has such a point with a ratio. */
export function stripFigure(inputs: OverlayInputs, design: StripDesign): Figure | null {
  const { theme, datasets } = inputs;
  const series = seriesOf(inputs, design);
  if (series.length === 0) return null;
  const strips = stripsOf(series);
  const compact = isCompact(series);
  const titled = new Set<number>();
  const shown = series.flatMap(({ points }) => points);
  const traces = series.map((each): LineTrace => {
    const title = datasets.length > 1 && !compact && !titled.has(each.campaign);
    titled.add(each.campaign);
    return trace(each, { strips, title, compact, inputs });
  });
  const lines = strips.reduce((sum, { height }) => sum + height, 0);
  const layout = overlayLayout(inputs, {
    title: design.title,
    subject: "startup",
    drawn: campaignsOf(series),
    notes: design.notes,
    legendRows: legendRows(inputs, series, compact),
  });
  return {
    id: design.id,
    workload: null,
    title: design.title,
    data: [
      ...traces,
      ...(compact ? environmentKeys(series, theme) : []),
      ...verdictKeys(shown, "crossed", theme),
    ],
    layout: {
      ...layout,
      height: lines + layout.margin.t + 19 * legendRows(inputs, series, compact) + 90,
      legend: { ...layout.legend, y: -70 / Math.max(120, lines) },
      xaxis: axis(theme, design.x, { type: "log" }),
      yaxis: axis(theme, "", {
        type: "linear",
        showgrid: false,
        zeroline: false,
        tickvals: strips.map(({ top, height }) => top + height / 2),
        ticktext: strips.map(({ label }) => plainText(shortened(label, 46))),
        range: [lines, 0],
      }),
      shapes: [
        ...strips.slice(1).map(({ top }) => edge(top, theme.grid)),
        {
          type: "line",
          layer: "below",
          xref: "x",
          x0: 1,
          x1: 1,
          yref: "y domain",
          y0: 0,
          y1: 1,
          line: { color: theme.text, width: 1, dash: "dot" },
        },
      ],
    },
  };
}

/** Between two strips. */
function edge(at: number, color: string): LineShape {
  return {
    type: "line",
    layer: "below",
    xref: "x domain",
    x0: 0,
    x1: 1,
    yref: "y",
    y0: at,
    y1: at,
    line: { color, width: 1, dash: "solid" },
  };
}

/** Pixels: a strip with many loads or series is higher, so that its marks lie apart. */
function heightOf(loads: number, series: number): number {
  return Math.min(110, Math.max(24, 11 * series, loads > 1 ? 5 * loads : 0));
}

function seriesOf(inputs: OverlayInputs, { accepts }: StripDesign): Series[] {
  return inputs.datasets.flatMap((dataset, campaign): Series[] => {
    const controls = new Set(dataset.slots.filter(({ control }) => control).map(({ slot }) => slot));
    const points = dataset.points.filter(
      (point) =>
        point.ratio !== null &&
        Number.isFinite(point.ratio.value) &&
        accepts(point, controls.has(point.slot)),
    );
    const bySlot = Map.groupBy(points, ({ slot }) => slot);
    return slotsWithLooks(inputs, dataset, campaign, new Set(bySlot.keys())).map(({ slot, look }) => {
      const own = bySlot.get(slot.slot) ?? [];
      const label = labelOf(inputs, slot, own[0] ?? null);
      return { id: `${campaign} ${slot.slot}`, dataset, campaign, slot, label, look, points: own };
    });
  });
}

function nameTerms(terms: Terms): Terms {
  return Object.fromEntries(named.flatMap((name) => (name in terms ? [[name, terms[name] ?? null]] : [])));
}

function stripKey({ subject, quantity, terms }: DataPoint): string {
  return `${subject} ${quantity} ${termsKey(nameTerms(terms))}`;
}

function loadOf({ terms }: DataPoint): number | null {
  for (const name of loads) {
    const value = terms[name];
    if (typeof value === "number") return value;
  }
  return null;
}

const subjectOrder: readonly Subject[] = [
  "linpack",
  "stream",
  "randomaccess",
  "nuttcp",
  "netperf",
  "fio",
  "redis",
  "mysql",
  "startup",
];

/** In the order of workloads; within one as the points come. */
function stripsOf(series: readonly Series[]): Strip[] {
  const marks = series.flatMap(({ id, points }) => points.map((point) => ({ id, point })));
  const groups = [...Map.groupBy(marks, ({ point }) => stripKey(point))];
  const place = ([, own]: (typeof groups)[number]) =>
    subjectOrder.indexOf(own[0]?.point.subject ?? "startup");
  let top = 0;
  return groups
    .sort((a, b) => place(a) - place(b))
    .map(([key, own]) => {
      const found = [...new Set(own.flatMap(({ point }) => loadOf(point) ?? []))].sort((a, b) => a - b);
      const ids = [...new Set(own.map(({ id }) => id))];
      const height = heightOf(found.length, ids.length);
      const strip = { key, label: labelOfStrip(own[0]?.point), loads: found, series: ids, top, height };
      top += height;
      return strip;
    });
}

function labelOfStrip(point: DataPoint | undefined): string {
  if (point === undefined) return "";
  const { subject, title, terms } = point;
  if (subject === "startup") return title;
  const { oltp_read_only: readOnly, ...rest } = nameTerms(terms);
  const mode =
    readOnly === undefined || readOnly === null ? null : readOnly === true ? "read-only" : "read-write";
  const conditions = [mode, termsText(rest)].filter((text) => text !== null && text !== "").join(", ");
  return `${workloads[subject].title}: ${title}${conditions === "" ? "" : `, ${conditions}`}`;
}

/** So that right of 1 is always better: for times the inverse of the ratio. */
function performance({ ratio, better }: DataPoint): Estimate | null {
  if (ratio === null || better !== "lower") return ratio;
  const { value, interval } = ratio;
  return { value: 1 / value, interval: interval === null ? null : [1 / interval[1], 1 / interval[0]] };
}

interface TraceInputs {
  readonly strips: readonly Strip[];
  readonly title: boolean;
  readonly compact: boolean;
  readonly inputs: OverlayInputs;
}

function trace(each: Series, { strips, title, compact, inputs }: TraceInputs): LineTrace {
  const { look, dataset, campaign, points, label } = each;
  const grey = indistinguishableColor[inputs.theme.scheme];
  const places = new Map(strips.map((strip) => [strip.key, strip]));
  const values = points.map((point) => performance(point));
  const { error_y: errors } = barsOfErrors(values, { color: look.color, width: 0 });
  return {
    type: "scatter",
    mode: "markers",
    name: legendName(label),
    legendgroup: legendGroup(each, inputs.datasets.length),
    ...(title ? { legendgrouptitle: { text: legendTitle(dataset, campaign), font: { size: 12 } } } : {}),
    showlegend: !compact,
    x: values.map((value) => value?.value ?? 1),
    y: points.map((point) => {
      const strip = places.get(stripKey(point));
      return strip === undefined ? null : heightIn(strip, loadOf(point), each.id);
    }),
    ...(errors === undefined ? {} : { error_x: errors }),
    hovertext: points.map((point) => pointHover(each, point)),
    hoverinfo: "text",
    customdata: points.map((point) => pointKey(dataset.id, point.id)),
    marker: {
      color: points.map(({ distinguishable }) => (distinguishable === false ? grey : look.color)),
      symbol: points.map((point) => (doubtOf(point) === null ? look.symbol : look.crossed)),
      size: compact ? 5 : 7,
      line: { color: look.color, width: 1.2 },
    },
  };
}

/** Loads rise downwards; without a load the configurations lie one under the other. */
function heightIn({ top, height, loads, series }: Strip, load: number | null, id: string): number {
  const [index, count] =
    loads.length > 1 && load !== null
      ? [loads.indexOf(load), loads.length]
      : [series.indexOf(id), series.length];
  return top + height * (count < 2 ? 0.5 : 0.2 + (0.6 * index) / (count - 1));
}
