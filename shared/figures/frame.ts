// What all figures share: title with what, where and when; axes with units; the look of a slot.
import type { Campaign } from "../model/campaign.ts";
import type { Direction } from "../model/measurement.ts";
import type { ResultRow } from "../model/result.ts";
import type { WorkloadName } from "../model/workload.ts";
import { slotsOf } from "../plan/slots.ts";
import { networkPathText } from "../report/network-path-text.ts";
import { countText, ratioWithInterval, significant } from "../report/number.ts";
import { meanEstimate } from "../stats/summary.ts";
import { workloads } from "../workloads/registry.ts";
import type { Axis, ErrorBars, FigureInputs, Layout } from "./figure.ts";
import { plainText } from "./figure.ts";
import type { Dash, FigureTheme } from "./palette.ts";
import { configurationColor, configurationDashes } from "./palette.ts";
import { proofLines } from "./proof.ts";

/** How a slot is drawn, everywhere. */
export interface SlotStyle {
  readonly slot: string;
  readonly label: string;
  readonly color: string;
  readonly dash: Dash;
}

/** Slots in the campaign's order: one colour an environment, shades and dashes for its configurations. */
export function slotStyles(
  campaign: Pick<Campaign, "configurations" | "control">,
  theme: Pick<FigureTheme, "scheme">,
): SlotStyle[] {
  const seen = new Map<string, number>();
  return slotsOf(campaign).map(({ slot, label, configuration }) => {
    const { environment } = configuration;
    const index = seen.get(environment) ?? 0;
    seen.set(environment, index + 1);
    const dash = configurationDashes[index % configurationDashes.length] ?? "solid";
    return {
      slot,
      label,
      color: configurationColor(theme.scheme, environment, index),
      dash,
    };
  });
}

/** What a figure's frame says. */
interface FrameWords {
  /** What was measured. */
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** What ran: where it uses the network, the subtitle says over which path. Null where nothing did. */
  readonly workload: WorkloadName | null;
}

/** The layout's common part: the subtitle says where, when, how often, and over which network. */
export function frame(
  { campaign, theme, networkPath }: Pick<FigureInputs, "campaign" | "theme" | "networkPath">,
  { title, x, y, workload }: FrameWords,
): Layout {
  const network =
    workload !== null && workloads[workload].network ? networkPathText(campaign, networkPath) : null;
  const subtitle = [placeText(campaign), ...(network === null ? [] : [network])];
  const lines = {
    gridcolor: theme.grid,
    zerolinecolor: theme.grid,
    automargin: true,
    exponentformat: "none",
    separatethousands: true,
  } as const;
  return {
    title: {
      text: plainText(title),
      font: { size: 14 },
      subtitle: { text: subtitle.map(plainText).join("<br>"), font: { size: 12 } },
      x: 0,
      xanchor: "left",
    },
    xaxis: { title: axisTitle(x), ...lines },
    yaxis: { title: axisTitle(y), rangemode: "tozero", ...lines },
    legend: { orientation: "h", y: -0.24, yanchor: "top" },
    font: { family: theme.font, color: theme.text, size: 12 },
    paper_bgcolor: theme.paper,
    plot_bgcolor: theme.paper,
    hovermode: "closest",
    hoverlabel: { font: { family: theme.font, size: 12 } },
    separators: ". ",
    // A line more of the subtitle needs its height.
    margin: { t: 64 + 16 * (subtitle.length - 1), r: 16 },
  };
}

function axisTitle(text: string): Axis["title"] {
  return { text: plainText(text), font: { size: 12 }, standoff: 10 };
}

/** `Two hosts (198.18.1.2), 2026-01-02, 10 blocks; mean with 95 % interval`. */
function placeText(campaign: Campaign): string {
  const { lab, createdAt, blocks } = campaign;
  const interval = blocks > 1 ? "mean with 95 % interval" : "one value each, no interval";
  return `${lab.name} (${lab.sut.address}), ${createdAt.slice(0, 10)}, ${countText(blocks, "block")}; ${interval}`;
}

/** `GB/s (higher is better)`. */
export function unitText(unit: string, better: Direction): string {
  return `${unit} (${better} is better)`;
}

interface Sample {
  readonly mean: number | null;
  readonly values: readonly { readonly value: number }[];
}

/** Error bars of rows around their means; a row with fewer than two values has none. */
export function errorBars(
  rows: readonly (Sample | undefined)[],
  theme: Pick<FigureTheme, "text">,
): ErrorBars {
  const widths = rows.map((row) => {
    const estimate = meanEstimate(row?.values.map(({ value }) => value) ?? []);
    return estimate?.interval == null ? 0 : estimate.interval[1] - estimate.value;
  });
  return {
    type: "data",
    symmetric: false,
    array: widths,
    // Nothing that is measured here can be negative: an interval that reaches below zero is drawn to zero.
    arrayminus: widths.map((width, index) => Math.min(width, rows[index]?.mean ?? width)),
    color: theme.text,
    thickness: 1.2,
    width: 4,
  };
}

/** What is shown when a value is pointed at. */
export function hoverText(row: ResultRow): string {
  const { label, conditionLabel, metric, mean, values, ratio, failed } = row;
  const against = plainText(row.comparedWith ?? "native");
  const estimate = meanEstimate(values.map(({ value }) => value));
  const interval =
    estimate?.interval == null
      ? "no interval"
      : `95 % interval ${significant(estimate.interval[0], 4)} to ${significant(estimate.interval[1], 4)}`;
  const lines = [
    // No <b>: Plotly would set it as a style attribute, which the content security policy of the window forbids.
    plainText(label),
    plainText(`${conditionLabel}, ${metric.title}`),
    `${significant(mean ?? Number.NaN, 4)} ${metric.unit}; ${interval}`,
    countText(values.length, "block"),
    ...(ratio === null ? [] : [`${ratioWithInterval(ratio)} of ${against}`]),
    ...(row.distinguishable === false ? [`not distinguishable from ${against}`] : []),
    ...proofLines(row),
    ...(failed > 0 ? [countText(failed, "run failed", "runs failed")] : []),
  ];
  return lines.join("<br>");
}
