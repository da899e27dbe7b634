// Bars of several campaigns: groups of conditions, in each group the campaigns one after the other, in each campaign its
// configurations. Bars stand at places of their own, so that no room is kept for what was not measured.
import { environmentNames } from "../../model/configuration.ts";
import type { DataPoint, Subject } from "../../model/dataset.ts";
import type { Direction } from "../../model/measurement.ts";
import type { Axis, BarTrace, Figure, LineShape, Trace, XAxisId, YAxisId } from "../figure.ts";
import { plainText } from "../figure.ts";
import type { FigureDefinition, OverlayInputs } from "../overlay.ts";
import { pointKey } from "../overlay.ts";
import { indistinguishableColor } from "../palette.ts";
import { doubtOf } from "../proof.ts";
import { compactBars } from "./compact-bars.ts";
import { pointHover } from "./hover.ts";
import { environmentKeys, verdictKeys } from "./keys.ts";
import {
  axis,
  columnDomains,
  legendGroup,
  legendName,
  legendTitle,
  overlayLayout,
  valueTitle,
} from "./layout.ts";
import { inLines, shortened } from "./lines.ts";
import { differenceNotes, labelNotes, missingNotes, unknownNotes } from "./notes.ts";
import type { Series, Wanted } from "./series.ts";
import { isCompact, seriesOf } from "./series.ts";
import { barsOfErrors, valueOf } from "./values.ts";

export interface Group {
  readonly label: string;
  /** Groups stand in ascending order. */
  readonly rank: number;
}

export interface BarDesign extends Pick<FigureDefinition, "id" | "number" | "title" | "summary"> {
  readonly subject: Subject;
  /** One beside the other, each with an axis of its own. */
  readonly panels: readonly { readonly quantities: readonly string[]; readonly title: string }[];
  /** What the groups are: "Function". */
  readonly groups: string;
  readonly accepts: (point: DataPoint) => boolean;
  readonly group: (point: DataPoint) => Group;
  /** Terms by which the groups differ: no difference of conditions. */
  readonly terms: readonly string[];
  /** A term that is a number of the condition where it is known; null for none. */
  readonly counted: string | null;
}

/** A bar at its place; bars are one wide. */
export interface PlacedBar {
  readonly at: number;
  /** Label of its group. */
  readonly group: string;
  readonly series: Series;
  readonly point: DataPoint;
}

export interface BarPanel {
  readonly quantity: { readonly unit: string; readonly better: Direction | null };
  readonly title: string;
  readonly bars: readonly PlacedBar[];
  readonly groups: readonly { readonly label: string; readonly at: number; readonly width: number }[];
  readonly end: number;
}

export function barDefinition(design: BarDesign): FigureDefinition {
  const { id, number, title, summary, subject } = design;
  return {
    id,
    number,
    title,
    summary,
    subjects: [subject],
    distributions: false,
    relative: true,
    draw: (inputs) => drawBars(inputs, design),
  };
}

function drawBars(inputs: OverlayInputs, design: BarDesign): Figure | null {
  const { theme, scale } = inputs;
  const wanted: Wanted = {
    subject: design.subject,
    quantities: design.panels.flatMap(({ quantities }) => quantities),
    accepts: design.accepts,
  };
  const series = seriesOf(inputs, wanted);
  const compact = isCompact(series);
  const panels = design.panels.flatMap((panel) => placedPanel(inputs, design, series, panel, compact));
  if (panels.length === 0) return null;
  const ids = panels.map((_, index) => axisIds(index));
  const shown = panels.flatMap(({ bars }) => bars.map(({ point }) => point));
  const data: Trace[] = [
    ...panels.flatMap((panel, index): Trace[] =>
      compact ? compactBars(inputs, panel, axisIds(index)) : barTraces(inputs, series, panel, index),
    ),
    ...(compact ? environmentKeys(series, theme) : []),
    ...verdictKeys(shown, compact ? "crossed" : "hatched", theme),
  ];
  const domains = columnDomains(panels.length, 0.12);
  const layout = overlayLayout(inputs, {
    title: design.title,
    subject: design.subject,
    drawn: campaignsOf(series),
    notes: [
      ...labelNotes(inputs, series, design.subject),
      ...differenceNotes(series, design.terms),
      ...unknownNotes(series, design.counted),
      ...missingNotes(inputs, series, wanted),
    ],
    legendRows: legendRows(inputs, series, compact),
  });
  const axes = panels.map((panel, index) => ({
    x: groupAxis(inputs, design, panel, ids[index]?.y ?? "y", domains, index),
    y: axis(theme, valueTitle(panel.quantity.unit, panel.quantity.better, scale), {
      rangemode: "tozero",
      ...(index === 0 ? {} : { anchor: ids[index]?.x ?? "x" }),
    }),
  }));
  const [first, second] = axes;
  if (first === undefined) return null;
  return {
    id: design.id,
    workload: design.subject === "startup" ? null : design.subject,
    title: design.title,
    data,
    layout: {
      ...layout,
      barmode: "overlay",
      uniformtext: { mode: "hide", minsize: 9 },
      xaxis: first.x,
      yaxis: first.y,
      ...(second === undefined ? {} : { xaxis2: second.x, yaxis2: second.y }),
      ...(scale === "relative" ? { shapes: ids.map((each) => lineAtOne(each, theme.text)) } : {}),
    },
  };
}

/** Native, where all values are ratios to it. */
export function lineAtOne({ x, y }: { readonly x: XAxisId; readonly y: YAxisId }, color: string): LineShape {
  return {
    type: "line",
    layer: "above",
    xref: `${x} domain`,
    x0: 0,
    x1: 1,
    yref: y,
    y0: 1,
    y1: 1,
    line: { color, width: 1, dash: "dot" },
  };
}

function axisIds(index: number): { readonly x: XAxisId; readonly y: YAxisId } {
  return index === 0 ? { x: "x", y: "y" } : { x: "x2", y: "y2" };
}

export function campaignsOf(series: readonly Series[]): Pick<Series, "dataset" | "campaign">[] {
  return [...new Map(series.map((each) => [each.campaign, each] as const)).values()];
}

/** Rows of a legend whose campaigns stand beside each other, two in a width. */
export function legendRows(inputs: OverlayInputs, series: readonly Series[], compact: boolean): number {
  if (compact) return 2;
  if (inputs.datasets.length < 2) return Math.ceil((series.length + 1) / 4);
  const columns = campaignsOf(series).map(
    ({ campaign }) => 1 + series.filter((each) => each.campaign === campaign).length,
  );
  const rows = columns.flatMap((count, index) =>
    index % 3 === 0 ? [Math.max(count, columns[index + 1] ?? 0, columns[index + 2] ?? 0)] : [],
  );
  return rows.reduce((sum, count) => sum + count, 0) + 2;
}

function placedPanel(
  { scale }: OverlayInputs,
  { group }: BarDesign,
  series: readonly Series[],
  { quantities, title }: BarDesign["panels"][number],
  compact: boolean,
): BarPanel[] {
  const found = series.flatMap((each) =>
    each.points
      .filter((point) => quantities.includes(point.quantity) && valueOf(point, each.slot, scale) !== null)
      .map((point) => ({ series: each, point, group: group(point) })),
  );
  const [first] = found;
  if (first === undefined) return [];
  const byLabel = new Map<string, typeof found>();
  for (const each of found.sort((a, b) => a.group.rank - b.group.rank)) {
    const known = byLabel.get(each.group.label);
    if (known === undefined) byLabel.set(each.group.label, [each]);
    else known.push(each);
  }
  const bars: PlacedBar[] = [];
  const groups: { label: string; at: number; width: number }[] = [];
  let at = 0;
  for (const [label, all] of byLabel) {
    const members = compact
      ? all.toSorted((a, b) => environmentPlace(a.series) - environmentPlace(b.series))
      : all;
    const from = at;
    let before: Series | null = null;
    for (const { series: own, point } of members) {
      // A little room between campaigns; none where there are too many.
      if (!compact && before !== null && before.campaign !== own.campaign) at += 0.35;
      bars.push({ at, group: label, series: own, point });
      before = own;
      at += 1;
    }
    groups.push({ label, at: (from + at - 1) / 2, width: at - from });
    at += compact ? Math.max(1, 0.08 * members.length) : 0.9;
  }
  return [{ quantity: first.point, title, bars, groups, end: at }];
}

/** Where there are many campaigns, those of an environment stand together. */
function environmentPlace({ slot }: Series): number {
  return environmentNames.indexOf(slot.environment);
}

function groupAxis(
  { theme }: OverlayInputs,
  design: BarDesign,
  { groups, end, title }: BarPanel,
  anchor: YAxisId,
  domains: readonly [number, number][],
  index: number,
): Axis {
  // Few bars do not become as wide as walls.
  const spare = Math.max(0, 9 - end) / 2;
  const share = 1 / domains.length;
  return axis(theme, domains.length > 1 ? `${design.groups}: ${title}` : design.groups, {
    type: "linear",
    showgrid: false,
    zeroline: false,
    tickvals: groups.map(({ at }) => at),
    ticktext: groups.map(({ label, width }) => {
      const room = Math.max(8, Math.floor((100 * share * width) / (end + 2 * spare)));
      return inLines(shortened(label, 60), Math.min(room, 40), 4).map(plainText).join("<br>");
    }),
    tickangle: 0,
    range: [-0.9 - spare, end - 1 + spare],
    ...(domains.length === 1 ? {} : { domain: domains[index] ?? [0, 1], anchor }),
  });
}

/** A trace a series; its first bar has no value, so that the legend shows the series' own colour and not a verdict's. */
function barTraces(
  { scale, theme, datasets }: OverlayInputs,
  series: readonly Series[],
  { bars }: BarPanel,
  panel: number,
): BarTrace[] {
  const grey = indistinguishableColor[theme.scheme];
  const titled = new Set<number>();
  return series.flatMap((each): BarTrace[] => {
    const own = bars.filter((bar) => bar.series === each);
    const [first] = own;
    if (first === undefined) return [];
    const { look, campaign, dataset, slot } = each;
    const values = own.map(({ point }) => valueOf(point, slot, scale));
    const title = datasets.length > 1 && panel === 0 && !titled.has(campaign);
    titled.add(campaign);
    const text = plainText(shortened(`${look.letter} ${each.label}`.trim(), 26));
    return [
      {
        type: "bar",
        name: legendName(each.label),
        legendgroup: legendGroup(each, datasets.length),
        ...(title ? { legendgrouptitle: { text: legendTitle(dataset, campaign), font: { size: 12 } } } : {}),
        showlegend: panel === 0,
        ...(panel === 0 ? {} : { xaxis: "x2", yaxis: "y2" }),
        x: [first.at, ...own.map(({ at }) => at)],
        y: [null, ...values.map((value) => value?.value ?? null)],
        width: 0.88,
        ...barsOfErrors([null, ...values], { color: theme.text }),
        text: ["", ...own.map(() => text)],
        textposition: "inside",
        insidetextanchor: "start",
        textangle: -90,
        constraintext: "inside",
        hovertext: ["", ...own.map(({ point }) => pointHover(each, point))],
        hoverinfo: "text",
        meta: ["", ...own.map(({ group }) => group)],
        customdata: ["", ...own.map(({ point }) => pointKey(dataset.id, point.id))],
        marker: {
          color: [look.fill, ...own.map(({ point }) => (point.distinguishable === false ? grey : look.fill))],
          // The outline keeps the environment's colour where the bar is grey or tinted.
          line: { color: look.color, width: 1.5 },
          pattern: {
            shape: [
              look.pattern,
              ...own.map(({ point }) => (doubtOf(point) === null ? look.pattern : ("/" as const))),
            ],
            fgcolor: theme.paper,
            fillmode: "overlay",
            size: 8,
            solidity: 0.18,
          },
        },
      },
    ];
  });
}
