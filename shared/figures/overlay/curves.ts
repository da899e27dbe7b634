// Curves of several campaigns over the load, or of one quantity over another along the load; panels for what must not
// share an axis, and the loss against native on a second axis below.
import type { DataPoint, Subject, Terms } from "../../model/dataset.ts";
import type { Estimate } from "../../model/result.ts";
import type { Axis, Figure, Trace, XAxisId } from "../figure.ts";
import type { FigureDefinition, OverlayInputs } from "../overlay.ts";
import { termsText } from "../../dataset/terms-text.ts";
import { quantityOf } from "../../dataset/quantities.ts";
import { campaignsOf, legendRows, lineAtOne } from "./bars.ts";
import { compactCurves } from "./compact-curves.ts";
import { curveTrace, lossTrace } from "./curve-traces.ts";
import { environmentKeys, verdictKeys } from "./keys.ts";
import { axis, columnDomains, overlayLayout, valueTitle } from "./layout.ts";
import { differenceNotes, differingTerms, labelNotes, missingNotes } from "./notes.ts";
import type { Series, Wanted } from "./series.ts";
import { isCompact, seriesOf, termsKey } from "./series.ts";
import { lossOf, valueOf } from "./values.ts";

export interface CurveDesign extends Pick<FigureDefinition, "id" | "number" | "title" | "summary"> {
  readonly subject: Subject;
  /** Quantity of the y axis. */
  readonly quantity: string;
  /** Quantity of the x axis; null: the swept term itself. */
  readonly against: string | null;
  /** The swept term: `clients`. */
  readonly over: string;
  readonly overTitle: string;
  /** Panel that a condition belongs to; null where it is not part of the figure. */
  readonly panel: (terms: Terms) => string | null;
  /** In order; those without a point are left out. */
  readonly panels: readonly { readonly key: string; readonly title: string }[];
  /** Terms that tell panels apart. */
  readonly panelTerms: readonly string[];
  /** Whether the loss against native is drawn below. */
  readonly loss: boolean;
}

export interface CurvePoint {
  readonly point: DataPoint;
  readonly x: number;
  readonly value: Estimate;
  /** Throughput lost against native, %. */
  readonly loss: Estimate | null;
}

/** One line: a series in a panel. */
export interface Curve {
  readonly series: Series;
  /** The series' label, and by what it differs from others of the same configuration. */
  readonly label: string;
  readonly panel: number;
  readonly axis: XAxisId;
  readonly points: readonly CurvePoint[];
}

export function curveDefinition(design: CurveDesign): FigureDefinition {
  const { id, number, title, summary, subject } = design;
  return {
    id,
    number,
    title,
    summary,
    subjects: [subject],
    distributions: false,
    relative: true,
    draw: (inputs) => drawCurves(inputs, design),
  };
}

const axisNames = ["x", "x2", "x3"] as const;

function drawCurves(inputs: OverlayInputs, design: CurveDesign): Figure | null {
  const { theme, scale, datasets } = inputs;
  const wanted: Wanted = {
    subject: design.subject,
    quantities: [design.quantity, ...(design.against === null ? [] : [design.against])],
    accepts: ({ terms }) => typeof terms[design.over] === "number" && design.panel(terms) !== null,
  };
  const series = seriesOf(inputs, wanted);
  const curves = curvesOf(inputs, design, series);
  const [some] = curves.flatMap(({ points }) => points.map(({ point }) => point));
  if (some === undefined) return null;
  const compact = isCompact(series);
  const withLoss =
    design.loss &&
    scale === "absolute" &&
    curves.some(({ points }) => points.some(({ loss }) => loss !== null));
  const used = [...new Set(curves.map(({ panel }) => panel))].sort((a, b) => a - b);
  const placed = curves.map((curve): Curve => ({
    ...curve,
    axis: axisNames[used.indexOf(curve.panel)] ?? "x",
  }));
  const data: Trace[] = [
    ...(compact
      ? compactCurves(placed, { theme, loss: withLoss })
      : tracesOf(placed, { theme, campaigns: datasets.length, loss: withLoss })),
    ...(compact ? environmentKeys(series, theme) : []),
    ...verdictKeys(
      curves.flatMap(({ points }) => points.map(({ point }) => point)),
      "crossed",
      theme,
    ),
  ];
  const layout = overlayLayout(inputs, {
    title: design.title,
    subject: design.subject,
    drawn: campaignsOf(series),
    notes: [
      ...labelNotes(inputs, series, design.subject),
      ...differenceNotes(series, [design.over, ...design.panelTerms]),
      ...missingNotes(inputs, series, wanted),
    ],
    legendRows: legendRows(inputs, series, compact) + (withLoss ? 4 : 0),
  });
  const xTitle = againstTitle(design, scale);
  const titles = used.map((panel) => design.panels[panel]?.title ?? "");
  const domains = columnDomains(used.length, 0.05);
  const xAxis = (index: number): Axis =>
    axis(
      theme,
      titles.length > 1 || design.panels.length > 1 ? `${titles[index] ?? ""}: ${xTitle}` : xTitle,
      {
        ...(design.against === null ? {} : { rangemode: "tozero" as const }),
        ...(used.length === 1 ? {} : { domain: domains[index] ?? [0, 1] }),
        ...(index === 0 ? {} : { matches: "x" as const }),
        anchor: withLoss ? "y2" : "y",
      },
    );
  return {
    id: design.id,
    workload: design.subject === "startup" ? null : design.subject,
    title: design.title,
    data,
    layout: {
      ...layout,
      xaxis: xAxis(0),
      ...(used.length > 1 ? { xaxis2: xAxis(1) } : {}),
      ...(used.length > 2 ? { xaxis3: xAxis(2) } : {}),
      yaxis: axis(theme, valueTitle(some.unit, some.better, scale), {
        rangemode: "tozero",
        ...(withLoss ? { domain: [0.36, 1] as const } : {}),
      }),
      ...(withLoss ? { yaxis2: lossAxis(theme) } : {}),
      ...(scale === "relative"
        ? { shapes: used.map((_, index) => lineAtOne({ x: axisNames[index] ?? "x", y: "y" }, theme.text)) }
        : {}),
    },
  };
}

function lossAxis(theme: OverlayInputs["theme"]): Axis {
  const made = axis(theme, "", { domain: [0, 0.28], zeroline: true });
  return { ...made, title: { ...made.title, text: "loss against<br>native, %" } };
}

function againstTitle({ against, subject, overTitle }: CurveDesign, scale: OverlayInputs["scale"]): string {
  if (against === null) return overTitle;
  const quantity = quantityOf(subject, against);
  const unit = quantity?.unit ?? "";
  return `${quantity?.title ?? against}, ${scale === "absolute" ? unit : "ratio to native"}`;
}

function tracesOf(
  curves: readonly Curve[],
  { theme, campaigns, loss }: { theme: OverlayInputs["theme"]; campaigns: number; loss: boolean },
): Trace[] {
  const named = new Set<string>();
  const titled = new Set<number>();
  return curves.flatMap((curve) => {
    const { series, label } = curve;
    const name = `${series.id} ${label}`;
    const panel = curves.filter((other) => other.axis === curve.axis);
    const place = (panel.indexOf(curve) + 0.5) / panel.length;
    const legend = {
      place,
      shown: !named.has(name),
      titled: campaigns > 1 && !titled.has(series.campaign),
      campaigns,
    };
    named.add(name);
    titled.add(series.campaign);
    return [curveTrace(curve, legend, theme), ...(loss ? lossTrace(curve, legend) : [])];
  });
}

/** A configuration that was measured under several circumstances has a line for each of them. */
function curvesOf({ scale }: OverlayInputs, design: CurveDesign, series: readonly Series[]): Curve[] {
  const without = [design.over, ...design.panelTerms];
  return series.flatMap((each) => {
    const partners = new Map(
      each.points
        .filter(({ quantity }) => quantity === design.against)
        .map((point) => [termsKey(point.terms), point] as const),
    );
    const lines = new Map<string, { terms: Terms; panel: number; points: CurvePoint[] }>();
    for (const point of each.points) {
      if (point.quantity !== design.quantity) continue;
      const value = valueOf(point, each.slot, scale);
      const partner = design.against === null ? null : (partners.get(termsKey(point.terms)) ?? null);
      const swept = point.terms[design.over];
      const x =
        design.against === null
          ? typeof swept === "number"
            ? swept
            : null
          : partner === null
            ? null
            : (valueOf(partner, each.slot, scale)?.value ?? null);
      const panel = design.panels.findIndex(({ key }) => key === design.panel(point.terms));
      if (value === null || x === null || panel < 0) continue;
      const key = `${panel} ${termsKey(point.terms, without)}`;
      const line = lines.get(key) ?? { terms: point.terms, panel, points: [] };
      lines.set(key, line);
      line.points.push({ point, x, value, loss: lossOf(point) });
    }
    const all = [...lines.values()];
    return all.map(({ terms, panel, points }): Curve => {
      const siblings = all.filter((line) => line.panel === panel).map((line) => rest(line.terms, without));
      const difference = termsText(differingTerms(siblings)(rest(terms, without)));
      return {
        series: each,
        label: difference === "" ? each.label : `${each.label}, ${difference}`,
        panel,
        axis: "x",
        points: points.sort((a, b) => sweptOf(a, design) - sweptOf(b, design)),
      };
    });
  });
}

function sweptOf({ point }: CurvePoint, { over }: CurveDesign): number {
  return Number(point.terms[over]);
}

function rest(terms: Terms, without: readonly string[]): Terms {
  return Object.fromEntries(Object.entries(terms).filter(([name]) => !without.includes(name)));
}
