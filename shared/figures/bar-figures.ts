// Bars of means, one group a condition and metric, one bar a configuration; a figure for each unit.
import { rowKey } from "../model/result.ts";
import type { ResultRow } from "../model/result.ts";
import type { WorkloadName } from "../model/workload.ts";
import { plainText } from "./figure.ts";
import type { BarTrace, Figure, FigureInputs } from "./figure.ts";
import { errorBars, frame, hoverText, slotStyles, unitText } from "./frame.ts";
import type { SlotStyle } from "./frame.ts";
import { barKey, barVerdictKeys } from "./bar-keys.ts";
import { indistinguishableColor } from "./palette.ts";
import type { FigureTheme } from "./palette.ts";
import { doubtOf } from "./proof.ts";

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
export function barFigures(inputs: FigureInputs, design: BarDesign): Figure[] {
  const { campaign, results, theme } = inputs;
  const rows = results.rows.filter(
    ({ workload, metric, values }) => workload === design.workload && metric.primary && values.length > 0,
  );
  const styles = slotStyles(campaign, theme);
  const units = [...new Set(rows.map(({ metric }) => metric.unit))];
  return units.map((unit): Figure => {
    const shown = rows.filter(({ metric }) => metric.unit === unit);
    const better = shown[0]?.metric.better ?? "higher";
    const title = design.title(unit);
    const layout = frame(inputs, {
      title,
      x: design.groups,
      y: unitText(unit, better),
      workload: design.workload,
    });
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
  const group = plainText(groups[0] ?? "");
  const keys = present.map(({ label, slot, color }) =>
    barKey(plainText(label), slot, group, { color, line: color, shape: "" }),
  );
  const verdicts = barVerdictKeys(rows, { slot: present[0]?.slot ?? "", group, against: "native" }, theme);
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
      pattern: {
        shape: rows.map((row) => (row !== undefined && doubtOf(row) !== null ? "/" : "")),
        fgcolor: theme.paper,
      },
    },
  };
}
