// Bars of means, one group a condition and metric, one bar a configuration; a figure for each unit.
import { rowKey } from "../model/result.ts";
import type { ResultRow } from "../model/result.ts";
import type { WorkloadName } from "../model/workload.ts";
import { plainText } from "./figure.ts";
import type { BarTrace, Figure, FigureInputs } from "./figure.ts";
import { errorBars, frame, hoverText, slotStyles, unitText } from "./frame.ts";
import type { SlotStyle } from "./frame.ts";
import { indistinguishableColor } from "./palette.ts";
import type { FigureTheme } from "./palette.ts";

interface BarDesign {
  readonly workload: WorkloadName;
  /** What the bars of a unit measure: "Memory bandwidth (STREAM)". */
  readonly title: (unit: string) => string;
  /** What the groups are: "Function", "Direction". */
  readonly groups: string;
  /** Name of a group; rows with the same name stand in the same group. */
  readonly group: (row: ResultRow) => string;
}

/** Figures of a workload's primary metrics, as far as anything was measured. */
export function barFigures({ campaign, results, theme }: FigureInputs, design: BarDesign): Figure[] {
  const rows = results.rows.filter(
    ({ workload, metric, values }) => workload === design.workload && metric.primary && values.length > 0,
  );
  const styles = slotStyles(campaign, theme);
  const units = [...new Set(rows.map(({ metric }) => metric.unit))];
  return units.map((unit): Figure => {
    const shown = rows.filter(({ metric }) => metric.unit === unit);
    const better = shown[0]?.metric.better ?? "higher";
    const title = design.title(unit);
    const layout = frame(campaign, theme, { title, x: design.groups, y: unitText(unit, better) });
    return {
      id: `${design.workload}-${unit.replaceAll(/[^A-Za-z0-9]+/g, "-")}`,
      workload: design.workload,
      title,
      data: tracesOf(shown, styles, design, theme),
      layout: { ...layout, barmode: "group", xaxis: { ...layout.xaxis, type: "category", showgrid: false } },
    };
  });
}

function tracesOf(
  rows: readonly ResultRow[],
  styles: readonly SlotStyle[],
  design: BarDesign,
  theme: FigureTheme,
): BarTrace[] {
  const present = styles.filter(({ slot }) => rows.some((row) => row.slot === slot));
  const groups = [...new Set(rows.map((row) => design.group(row)))];
  const bars = present.map((style) => {
    const own = groups.map((group) =>
      rows.find((row) => row.slot === style.slot && design.group(row) === group),
    );
    return barTrace(style, groups.map(plainText), own, theme);
  });
  const key = (name: string, slot: string, marker: Marker) => keyTrace(name, slot, groups[0] ?? "", marker);
  const keys = present.map(({ label, slot, color }) =>
    key(plainText(label), slot, { color, line: color, shape: "" }),
  );
  const grey = indistinguishableColor[theme.scheme];
  const first = present[0]?.slot ?? "";
  const verdicts = [
    ...(rows.some(({ distinguishable }) => distinguishable === false)
      ? [key("grey: not distinguishable from native", first, { color: grey, line: grey, shape: "" })]
      : []),
    ...(rows.some(({ emulated }) => emulated)
      ? [
          key("hatched: emulated, not a result", first, {
            color: theme.paper,
            line: theme.text,
            shape: "/",
          }),
        ]
      : []),
  ];
  return [...bars, ...keys, ...verdicts];
}

function barTrace(
  { slot, label, color }: SlotStyle,
  groups: readonly string[],
  rows: readonly (ResultRow | undefined)[],
  theme: FigureTheme,
): BarTrace {
  const grey = indistinguishableColor[theme.scheme];
  return {
    type: "bar",
    name: plainText(label),
    legendgroup: slot,
    showlegend: false,
    offsetgroup: slot,
    x: groups,
    y: rows.map((row) => row?.mean ?? null),
    error_y: errorBars(rows, theme),
    hovertext: rows.map((row) => (row === undefined ? "" : hoverText(row))),
    hoverinfo: "text",
    customdata: rows.map((row) => (row === undefined ? "" : rowKey(row))),
    marker: {
      color: rows.map((row) => (row?.distinguishable === false ? grey : color)),
      // The outline keeps the environment's colour where the bar is grey.
      line: { color, width: 1.5 },
      pattern: { shape: rows.map((row) => (row?.emulated === true ? "/" : "")), fgcolor: theme.paper },
    },
  };
}

interface Marker {
  readonly color: string;
  readonly line: string;
  readonly shape: "" | "/";
}

/** A trace that stands in the legend alone: one bar without a value, in the place of a slot so that it takes no room. */
function keyTrace(name: string, slot: string, group: string, { color, line, shape }: Marker): BarTrace {
  return {
    type: "bar",
    name,
    legendgroup: name,
    showlegend: true,
    offsetgroup: slot,
    x: [plainText(group)],
    y: [null],
    hoverinfo: "skip",
    marker: {
      color,
      line: { color: line, width: 1.5 },
      pattern: shape === "" ? { shape } : { shape, fgcolor: line },
    },
  };
}
