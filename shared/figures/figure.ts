// A figure as plain data for Plotly: the few trace and layout fields that Tare's figures use.
import type { Campaign } from "../model/campaign.ts";
import type { NetworkPath } from "../model/evidence.ts";
import type { Results } from "../model/result.ts";
import type { WorkloadName } from "../model/workload.ts";
import type { Dash, FigureTheme } from "./palette.ts";

export interface FigureInputs {
  readonly campaign: Campaign;
  readonly results: Results;
  /** How traffic reaches the SUT; null where it was not recorded. Network figures say so where it crosses no wire. */
  readonly networkPath: NetworkPath | null;
  readonly theme: FigureTheme;
}

export interface Figure {
  /** Unique in the campaign; safe in paths and element ids. */
  readonly id: string;
  /** Null where it shows no workload (the start-up of environments). */
  readonly workload: WorkloadName | null;
  /** The title as plain text, for headings, file names and readers of screens. */
  readonly title: string;
  readonly data: readonly Trace[];
  readonly layout: Layout;
}

/** Half widths of the interval, up and down, in the axis's unit; 0 where there is no interval. */
export interface ErrorBars {
  readonly type: "data";
  readonly symmetric: false;
  readonly array: readonly number[];
  readonly arrayminus: readonly number[];
  readonly color: string;
  readonly thickness: number;
  readonly width: number;
}

interface CommonTrace {
  readonly name: string;
  readonly legendgroup: string;
  /** Stands above the group's entries; absent: none. */
  readonly legendgrouptitle?: { readonly text: string; readonly font: FontSize };
  readonly showlegend: boolean;
  /** Absent: the first axis of its kind. */
  readonly xaxis?: XAxisId;
  readonly yaxis?: YAxisId;
  readonly x: readonly (string | number)[];
  readonly y: readonly (number | null)[];
  readonly error_x?: ErrorBars;
  readonly error_y?: ErrorBars;
  /** One text a point, shown when it is pointed at. */
  readonly hovertext?: readonly string[];
  readonly hoverinfo: "text" | "skip";
  /** Names of the places, one a point, where `x` is a number that says nothing to people; for tables. */
  readonly meta?: readonly string[];
  /** Key of the row (`rowKey`) that each point stands for; empty where there is none. */
  readonly customdata?: readonly string[];
}

export type XAxisId = "x" | "x2" | "x3";
export type YAxisId = "y" | "y2";

export interface BarTrace extends CommonTrace {
  readonly type: "bar";
  /** Absent where bars stand at places of their own, `x` the middle and `width` wide. */
  readonly offsetgroup?: string;
  readonly width?: number;
  /** What stands in each bar, upwards from its foot. */
  readonly text?: readonly string[];
  readonly textposition?: "inside" | "none";
  readonly insidetextanchor?: "start";
  readonly textangle?: -90;
  readonly constraintext?: "inside";
  /** Where each bar begins; absent: at zero. Its length is then `y`. */
  readonly base?: readonly (number | null)[];
  readonly marker: {
    readonly color: string | readonly string[];
    readonly line: { readonly color: string | readonly string[]; readonly width: number };
    readonly pattern: {
      readonly shape: PatternShape | readonly PatternShape[];
      readonly fgcolor?: string;
      readonly fillmode?: "overlay";
      readonly size?: number;
      readonly solidity?: number;
    };
  };
}

/** `/` stands for what is not proven, and for nothing else; the others tell campaigns apart. */
export type PatternShape = "" | "/" | "." | "-" | "|" | "+";

export interface LineTrace extends CommonTrace {
  readonly type: "scatter";
  readonly mode: "lines" | "lines+markers" | "lines+markers+text" | "lines+text" | "markers";
  /** Area to the trace before. */
  readonly fill?: "tonexty";
  readonly fillcolor?: string;
  readonly line?: { readonly color: string; readonly width: number; readonly dash: Dash };
  readonly opacity?: number;
  /** A text beside each point; empty for none. */
  readonly text?: readonly string[];
  readonly textposition?: "top center";
  readonly textfont?: { readonly color: string; readonly size: number };
  readonly marker: {
    readonly color: string | readonly string[];
    readonly symbol: string | readonly string[];
    readonly size: number;
    readonly line: { readonly color: string; readonly width: number };
  };
}

export type Trace = BarTrace | LineTrace;

interface FontSize {
  readonly size: number;
}

export interface Axis {
  readonly title: { readonly text: string; readonly font: FontSize; readonly standoff: number };
  readonly type?: "category" | "linear" | "log";
  /** Part of the figure's width or height that it takes, 0 to 1; absent: all of it. */
  readonly domain?: readonly [number, number];
  readonly anchor?: XAxisId | YAxisId;
  /** Moves and zooms with this axis. */
  readonly matches?: XAxisId;
  readonly tickvals?: readonly number[];
  readonly ticktext?: readonly string[];
  readonly tickangle?: 0;
  readonly showticklabels?: boolean;
  readonly zeroline?: boolean;
  readonly rangemode?: "tozero";
  /** Absent: as far as the values reach. Of a logarithmic axis in powers of ten. */
  readonly range?: [number, number];
  readonly showgrid?: boolean;
  readonly exponentformat: "none";
  readonly separatethousands: true;
  readonly gridcolor: string;
  readonly zerolinecolor: string;
  readonly automargin: true;
}

export interface Layout {
  readonly title: {
    readonly text: string;
    readonly font: FontSize;
    readonly subtitle: { readonly text: string; readonly font: FontSize };
    readonly x: 0;
    readonly xanchor: "left";
    /** Absent: in the middle of the margin. */
    readonly y?: 1;
    readonly yref?: "container";
    readonly yanchor?: "top";
    readonly pad?: { readonly t: number };
  };
  readonly barmode?: "group" | "overlay";
  readonly xaxis: Axis;
  readonly yaxis: Axis;
  /** Panels beside the first. */
  readonly xaxis2?: Axis;
  readonly xaxis3?: Axis;
  /** The second quantity: below the first, or beside it. */
  readonly yaxis2?: Axis;
  readonly shapes?: readonly LineShape[];
  /** Texts in bars have one size; those that would be smaller are left out. */
  readonly uniformtext?: { readonly mode: "hide"; readonly minsize: number };
  readonly legend: {
    readonly orientation: "h";
    readonly y: number;
    readonly yanchor: "top";
    readonly font?: FontSize;
  };
  readonly font: { readonly family: string; readonly color: string; readonly size: number };
  readonly paper_bgcolor: string;
  readonly plot_bgcolor: string;
  readonly hovermode: "closest";
  readonly hoverlabel: { readonly font: { readonly family: string; readonly size: number } };
  /** Decimal point, then the sign between thousands. */
  readonly separators: ". ";
  readonly margin: { readonly t: number; readonly r: number };
  /** Pixels, where the content decides and not the window: a line for each row, a long legend. */
  readonly height?: number;
}

/** A line through a panel. */
export interface LineShape {
  readonly type: "line";
  readonly layer: "above" | "below";
  readonly xref: "paper" | XAxisId | `${XAxisId} domain`;
  readonly x0: number;
  readonly x1: number;
  readonly yref: YAxisId | `${YAxisId} domain`;
  readonly y0: number;
  readonly y1: number;
  readonly line: { readonly color: string; readonly width: number; readonly dash: Dash };
}

/** Plotly reads tags in every text: what a person typed is shown as it stands. */
export function plainText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
