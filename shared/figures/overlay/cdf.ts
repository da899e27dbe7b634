// Cumulative distributions of several campaigns on a logarithmic axis.
import type { DataDistribution, Subject } from "../../model/dataset.ts";
import { countText, significant } from "../../report/number.ts";
import type { Axis, Figure, LineTrace, Trace } from "../figure.ts";
import { plainText } from "../figure.ts";
import type { FigureDefinition, OverlayInputs } from "../overlay.ts";
import { pointKey } from "../overlay.ts";
import { campaignsOf, legendRows } from "./bars.ts";
import { environmentKeys } from "./keys.ts";
import { axis, legendGroup, legendName, legendTitle, overlayLayout } from "./layout.ts";
import { inLines } from "./lines.ts";
import { labelNotes } from "./notes.ts";
import type { Series } from "./series.ts";
import { isCompact, labelOf, slotsWithLooks } from "./series.ts";

export interface CdfDesign extends Pick<FigureDefinition, "id" | "number" | "title" | "summary"> {
  readonly subject: Subject;
  readonly quantity: string;
  /** Of one campaign's distributions those that are drawn; at most one a slot. */
  readonly chosen: (all: readonly DataDistribution[]) => readonly DataDistribution[];
  /** Title of the share's axis: "I/Os completed". */
  readonly share: string;
}

/** More bins than these are thinned out; the ends of the distribution keep theirs. */
const mostPoints = 400;
const mostPointsOfMany = 60;

export function cdfDefinition(design: CdfDesign): FigureDefinition {
  const { id, number, title, summary, subject } = design;
  return {
    id,
    number,
    title,
    summary,
    subjects: [subject],
    distributions: true,
    relative: false,
    draw: (inputs) => drawCdf(inputs, design),
  };
}

interface Line extends Series {
  readonly distribution: DataDistribution;
}

function drawCdf(inputs: OverlayInputs, design: CdfDesign): Figure | null {
  const { theme, datasets } = inputs;
  const lines = linesOf(inputs, design);
  const [first] = lines;
  if (first === undefined) return null;
  const compact = isCompact(lines);
  const titled = new Set<number>();
  const data: Trace[] = [
    ...lines.map((line): Trace => {
      const title = datasets.length > 1 && !compact && !titled.has(line.campaign);
      titled.add(line.campaign);
      return trace(line, { title, compact, campaigns: datasets.length });
    }),
    ...(compact ? environmentKeys(lines, theme) : []),
    ...(lines.some(({ distribution }) => distribution.emulated) ? [emulatedKey(theme.text)] : []),
  ];
  const conditions = [...new Set(lines.map(({ distribution }) => distribution.conditionLabel))];
  const layout = overlayLayout(inputs, {
    title: design.title,
    subject: design.subject,
    drawn: campaignsOf(lines),
    notes: [
      conditions.length === 1
        ? `Condition: ${conditions[0] ?? ""}.`
        : `The conditions differ: ${conditions.slice(0, 4).join("; ")}${conditions.length > 4 ? " …" : "."}`,
      ...labelNotes(
        inputs,
        lines.map((line) => ({ ...line, points: [line.distribution] })),
        design.subject,
      ),
    ],
    legendRows: legendRows(inputs, lines, compact),
  });
  return {
    id: design.id,
    workload: design.subject === "startup" ? null : design.subject,
    title: design.title,
    data,
    layout: {
      ...layout,
      xaxis: axis(theme, `${first.distribution.title}, ${first.distribution.unit}, logarithmic`, {
        type: "log",
        ...logTicks(data),
      }),
      yaxis: axis(theme, `${design.share}, %`, { range: [0, 102] }),
    },
  };
}

function linesOf(inputs: OverlayInputs, { subject, quantity, chosen }: CdfDesign): Line[] {
  return inputs.datasets.flatMap((dataset, campaign): Line[] => {
    const all = (inputs.distributions.get(dataset.id) ?? []).filter(
      (each) => each.subject === subject && each.quantity === quantity && usable(each),
    );
    const drawn = chosen(all);
    const shown = new Set(drawn.map(({ slot }) => slot));
    return slotsWithLooks(inputs, dataset, campaign, shown).flatMap(({ slot, look }): Line[] => {
      const distribution = drawn.find((each) => each.slot === slot.slot);
      if (distribution === undefined) return [];
      const label = labelOf(inputs, slot, distribution);
      return [
        { id: `${campaign} ${slot.slot}`, dataset, campaign, slot, label, look, points: [], distribution },
      ];
    });
  });
}

/** A logarithmic axis has no place for zero. */
function usable({ values, shares }: DataDistribution): boolean {
  return values.some((value, index) => value > 0 && Number.isFinite(value) && Number.isFinite(shares[index]));
}

function trace(
  { id, dataset, campaign, look, label, distribution }: Line,
  { title, compact, campaigns }: { title: boolean; compact: boolean; campaigns: number },
): LineTrace {
  const { values, shares, unit, observations, emulated, slot } = distribution;
  const kept = thinned(
    values.map((value, index) => ({ value, share: shares[index] ?? Number.NaN })),
    compact ? mostPointsOfMany : mostPoints,
  );
  const few = kept.length <= 40;
  const marked = few && !compact;
  const head = [
    ...inLines(label, 72, 2),
    ...inLines(look.letter === "" ? dataset.name : `${look.letter}: ${dataset.name}`, 72, 2),
    ...inLines(distribution.conditionLabel, 72, 2),
  ].map(plainText);
  const tail = [
    observations === null
      ? `${countText(values.length, "percentile")} kept`
      : countText(observations, "observation"),
    ...(emulated ? ["emulated: not a result"] : []),
    ...inLines(distribution.source === null ? "" : `from ${distribution.source.files[0] ?? ""}`, 72, 2).map(
      plainText,
    ),
  ];
  const key = pointKey(dataset.id, `${slot}/${distribution.conditionId}/${distribution.quantity}`);
  return {
    type: "scatter",
    mode: marked ? "lines+markers" : "lines",
    name: legendName(label),
    legendgroup: legendGroup({ id, campaign }, campaigns),
    ...(title ? { legendgrouptitle: { text: legendTitle(dataset, campaign), font: { size: 12 } } } : {}),
    showlegend: !compact,
    x: kept.map(({ value }) => value),
    y: kept.map(({ share }) => 100 * share),
    hovertext: kept.map(({ value, share }) =>
      [
        ...head,
        plainText(`${(100 * share).toFixed(2)} % within ${significant(value, 4)} ${unit}`),
        ...tail,
      ].join("<br>"),
    ),
    hoverinfo: "text",
    customdata: kept.map(() => key),
    ...(compact ? { opacity: 0.4 } : {}),
    line: { color: look.color, width: compact ? 0.8 : look.width, dash: compact ? "solid" : look.dash },
    marker: {
      color: look.color,
      symbol: emulated ? look.crossed : look.symbol,
      size: 6,
      line: { color: look.color, width: 1.4 },
    },
  };
}

interface Bin {
  readonly value: number;
  readonly share: number;
}

/** Every bin where there are few; else those that are a step of the share apart, finer towards both ends. */
function thinned(bins: readonly Bin[], most: number): Bin[] {
  const known = bins.filter(
    ({ value, share }) => value > 0 && Number.isFinite(value) && Number.isFinite(share),
  );
  if (known.length <= most) return known;
  // Equal steps of the logit: the tail of the last thousandth is as well drawn as the middle.
  const place = ({ share }: Bin) => Math.log((share + 1e-6) / (1 - share + 1e-6));
  const [from, to] = [
    place(known[0] ?? { value: 1, share: 0 }),
    place(known.at(-1) ?? { value: 1, share: 1 }),
  ];
  const step = (to - from) / (most - 2);
  let next = Number.NEGATIVE_INFINITY;
  return known.filter((bin, index) => {
    const at = place(bin);
    if (at < next && index < known.length - 1) return false;
    next = at + step;
    return true;
  });
}

/** 1, 2 and 5 of each power of ten where there is room for them, else 1 alone: Plotly's own are digits without a power. */
function logTicks(data: readonly Trace[]): Pick<Axis, "tickvals" | "ticktext"> {
  const values = data.flatMap(({ x, y }) =>
    x.filter((value, index): value is number => typeof value === "number" && y[index] !== null),
  );
  const reach = (least: number, value: number) => Math.min(least, value);
  const from = Math.floor(Math.log10(values.reduce(reach, Number.POSITIVE_INFINITY)));
  const to = Math.ceil(Math.log10(values.reduce((most, value) => Math.max(most, value), 0)));
  const digits = to - from <= 3 ? [1, 2, 5] : [1];
  const tickvals = Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((power) =>
    digits.map((digit) => digit * 10 ** power),
  );
  return { tickvals, ticktext: tickvals.map((value) => significant(value, 1)) };
}

function emulatedKey(color: string): LineTrace {
  return {
    type: "scatter",
    mode: "markers",
    name: "crossed: not proven (emulated)",
    legendgroup: "keys",
    showlegend: true,
    x: [1],
    y: [null],
    hoverinfo: "skip",
    marker: { color, symbol: "circle-x-open", size: 8, line: { color, width: 1.5 } },
  };
}
