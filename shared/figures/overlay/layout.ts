// The frame of figures over several campaigns: title, where and when each was measured, axes, legend.
import type { Dataset, Subject } from "../../model/dataset.ts";
import type { Direction } from "../../model/measurement.ts";
import { countText } from "../../report/number.ts";
import { workloads } from "../../workloads/registry.ts";
import type { Axis, Layout } from "../figure.ts";
import { plainText } from "../figure.ts";
import { unitText } from "../frame.ts";
import type { OverlayInputs, Scale } from "../overlay.ts";
import type { FigureTheme } from "../palette.ts";
import { inLines, shortened } from "./lines.ts";
import { campaignLetter } from "./looks.ts";
import type { Series } from "./series.ts";

/** Characters of a subtitle's line: fits 760 pixels. */
const subtitleLength = 112;
/** So many campaigns have a line each. */
const most = 4;

export interface Words {
  readonly title: string;
  readonly subject: Subject;
  /** The campaigns that are drawn, with their places among all. */
  readonly drawn: readonly { readonly dataset: Dataset; readonly campaign: number }[];
  /** Whole sentences that the subtitle ends with. */
  readonly notes: readonly string[];
  /** Entries and titles of the legend, for the room that it needs. */
  readonly legendRows: number;
}

/** Everything but the axes. */
export function overlayLayout(
  { datasets, theme }: OverlayInputs,
  { title, subject, drawn, notes, legendRows }: Words,
): Omit<Layout, "xaxis" | "yaxis"> {
  const several = datasets.length > 1;
  const lines = [
    ...(drawn.length <= most
      ? drawn.map(({ dataset, campaign }) => placeText(dataset, subject, several ? campaign : null))
      : [summaryText(drawn.map(({ dataset }) => dataset))]),
    ...notes,
  ].flatMap((line) => inLines(line, subtitleLength, 3));
  const top = 46 + 16 * lines.length;
  return {
    title: {
      text: plainText(title),
      font: { size: 14 },
      subtitle: { text: lines.map(plainText).join("<br>"), font: { size: 12 } },
      x: 0,
      xanchor: "left",
      y: 1,
      yref: "container",
      yanchor: "top",
      pad: { t: 12 },
    },
    legend: {
      orientation: "h",
      y: -0.2,
      yanchor: "top",
      font: { size: 12 },
    },
    font: { family: theme.font, color: theme.text, size: 12 },
    paper_bgcolor: theme.paper,
    plot_bgcolor: theme.paper,
    hovermode: "closest",
    hoverlabel: { font: { family: theme.font, size: 12 } },
    separators: ". ",
    margin: { t: top, r: 16 },
    height: 330 + top + 19 * legendRows,
  };
}

/** `A: Two hosts (198.18.1.2), 2026-01-02, 10 blocks; mean with 95 % interval`. */
function placeText(dataset: Dataset, subject: Subject, campaign: number | null): string {
  const { place, origin, createdAt, blocks, demo, network } = dataset;
  const path = usesNetwork(subject) ? network : null;
  const parts =
    origin === "paper"
      ? [`${place}, 2014; 95 % intervals where repeats are known`]
      : [
          `${place}, ${createdAt.slice(0, 10)}, ${countText(blocks ?? 0, "block")}`,
          (blocks ?? 0) > 1 ? "mean with 95 % interval" : "one value each, no interval",
        ];
  const text = [...parts, ...(path === null ? [] : [path]), ...(demo ? ["demo lab: not a result"] : [])].join(
    "; ",
  );
  return campaign === null ? text : `${campaignLetter(campaign)}: ${text}`;
}

function summaryText(drawn: readonly Dataset[]): string {
  const days = drawn.map(({ createdAt }) => createdAt.slice(0, 10)).sort();
  const demos = drawn.filter(({ demo }) => demo).length;
  return [
    `${countText(drawn.length, "campaign")}, ${days[0] ?? ""} to ${days.at(-1) ?? ""}`,
    "means with 95 % intervals",
    ...(demos === 0 ? [] : [`${countText(demos, "campaign")} of a demo lab: not a result`]),
  ].join("; ");
}

function usesNetwork(subject: Subject): boolean {
  return subject !== "startup" && workloads[subject].network;
}

type AxisParts = Partial<Omit<Axis, "title">>;

export function axis(theme: FigureTheme, text: string, parts: AxisParts = {}): Axis {
  return {
    title: { text: plainText(text), font: { size: 12 }, standoff: 10 },
    gridcolor: theme.grid,
    zerolinecolor: theme.grid,
    automargin: true,
    exponentformat: "none",
    separatethousands: true,
    ...parts,
  };
}

/** `GB/s (higher is better)`, `ratio to native (higher is better)`. */
export function valueTitle(unit: string, better: Direction | null, scale: Scale): string {
  const text = scale === "absolute" ? unit : "ratio to native";
  return better === null ? text : unitText(text, better);
}

/** Parts of a width for so many panels in a row. */
export function columnDomains(count: number, gap: number): [number, number][] {
  const width = (1 - gap * (count - 1)) / count;
  return Array.from({ length: count }, (_, index) => {
    const from = index * (width + gap);
    return [from, index === count - 1 ? 1 : from + width];
  });
}

/** What a click on an entry of the legend hides: the campaign where there are several, else the configuration. */
export function legendGroup({ id, campaign }: Pick<Series, "id" | "campaign">, campaigns: number): string {
  return campaigns > 1 ? `campaign ${campaign}` : id;
}

/** Title of a campaign's entries in the legend. */
export function legendTitle(dataset: Dataset, campaign: number): string {
  return plainText(`${campaignLetter(campaign)}: ${shortened(dataset.name, 44)}`);
}

export function legendName(label: string): string {
  return plainText(shortened(label, 44));
}
