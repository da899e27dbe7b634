// Little's law as a check of the tools: requests under way = throughput times latency, in every closed loop.
import type { DataPoint, Dataset, Terms } from "../../model/dataset.ts";
import { significant } from "../../report/number.ts";
import type { Figure, LineTrace } from "../figure.ts";
import { plainText } from "../figure.ts";
import type { FigureDefinition, OverlayInputs } from "../overlay.ts";
import { pointKey } from "../overlay.ts";
import { campaignsOf, legendRows, lineAtOne } from "../overlay/bars.ts";
import { environmentKeys, verdictKeys } from "../overlay/keys.ts";
import { axis, legendGroup, legendName, legendTitle, overlayLayout } from "../overlay/layout.ts";
import { isCompact, labelOf, slotsWithLooks, type Series } from "../overlay/series.ts";
import { doubtOf } from "../proof.ts";

export const littlesLawFigure: FigureDefinition = {
  id: "littles-law",
  number: null,
  title: "Little's law check",
  summary:
    "Throughput times mean latency, divided by the number of requests that the load keeps under way (Little 1961). In a closed loop the quotient is 1: a tool that is off by more has counted something wrongly, or left time out between requests.",
  subjects: ["netperf", "fio", "redis", "mysql"],
  distributions: false,
  relative: false,
  draw,
};

/** A rate and its latency at one load. */
export interface LittlePair {
  readonly rate: DataPoint;
  /** Requests that are under way by the load's parameters. */
  readonly nominal: number;
  /** Rate times latency. */
  readonly found: number;
}

/** Pairs of one slot. Latencies that the authors derived from the throughput would prove nothing, and are left out. */
export function littlePairs(dataset: Dataset, slot: string): LittlePair[] {
  const points = dataset.points.filter((point) => point.slot === slot && point.source?.origin !== "derived");
  return points.flatMap((rate): LittlePair[] => {
    const load = loadOf(rate);
    if (load === null) return [];
    const latency = meanLatency(
      rate.terms["op"],
      points.filter(
        (point) =>
          point.subject === rate.subject &&
          point.conditionId === rate.conditionId &&
          point.quantity === load.latency &&
          load.sameCell(point),
      ),
    );
    return latency === null
      ? []
      : [{ rate, nominal: load.nominal, found: rate.mean * latency * load.seconds }];
  });
}

interface Load {
  readonly latency: string;
  /** Seconds in the latency's unit. */
  readonly seconds: number;
  readonly nominal: number;
  readonly sameCell: (point: DataPoint) => boolean;
}

function loadOf({ subject, quantity, terms }: DataPoint): Load | null {
  const number = (name: string) => (typeof terms[name] === "number" ? terms[name] : null);
  const always = () => true;
  if (subject === "netperf" && quantity === "transaction_rate")
    return {
      latency: "latency_mean",
      seconds: 1e-6,
      nominal: 1,
      sameCell: ({ terms: other }) => other["protocol"] === terms["protocol"],
    };
  if (subject === "mysql" && quantity === "throughput") {
    const users = number("users");
    return users === null
      ? null
      : { latency: "latency_mean", seconds: 1e-3, nominal: users, sameCell: always };
  }
  if (subject === "redis" && quantity === "throughput") {
    const clients = number("clients");
    if (clients === null) return null;
    const mixed = String(terms["op"]).startsWith("mixed");
    const sameCell = ({ terms: other }: DataPoint) => mixed || other["op"] === terms["op"];
    return { latency: "latency_mean", seconds: 1e-6, nominal: clients * (number("pipeline") ?? 1), sameCell };
  }
  if (subject === "fio" && quantity === "iops" && (terms["part"] ?? null) === null) {
    const concurrency = number("concurrency");
    if (concurrency === null || String(terms["rw"]).startsWith("randrw")) return null;
    return {
      latency: "completion_latency_mean",
      seconds: 1e-6,
      nominal: concurrency,
      sameCell: ({ terms: other }) => other["job"] === terms["job"],
    };
  }
  return null;
}

/** Of GET and SET by their shares of the mix (`mixed_90_10`), null where one of them is missing; of a single operation its own. */
function meanLatency(op: Terms[string] | undefined, points: readonly DataPoint[]): number | null {
  const [, get, set] = /^mixed_(\d+)_(\d+)$/.exec(String(op)) ?? [];
  if (get === undefined || set === undefined) return points[0]?.mean ?? null;
  const shares = { GET: Number(get) / 100, SET: Number(set) / 100 };
  const parts = Object.entries(shares).map(([name, share]) => {
    const mean = points.find(({ terms }) => terms["op"] === name)?.mean;
    return share === 0 ? 0 : mean === undefined ? null : share * mean;
  });
  return parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0);
}

function draw(inputs: OverlayInputs): Figure | null {
  const { theme, datasets } = inputs;
  const series = datasets.flatMap((dataset, campaign) => {
    const bySlot = new Map(dataset.slots.map(({ slot }) => [slot, littlePairs(dataset, slot)]));
    const shown = new Set([...bySlot].filter(([, pairs]) => pairs.length > 0).map(([slot]) => slot));
    return slotsWithLooks(inputs, dataset, campaign, shown).map(({ slot, look }) => {
      const pairs = bySlot.get(slot.slot) ?? [];
      const points = pairs.map(({ rate }) => rate);
      const label = labelOf(inputs, slot, points[0] ?? null);
      return { id: `${campaign} ${slot.slot}`, dataset, campaign, slot, label, look, points, pairs };
    });
  });
  if (series.length === 0) return null;
  const compact = isCompact(series);
  const titled = new Set<number>();
  const title = "Little's law: throughput × latency over the requests under way";
  return {
    id: "littles-law",
    workload: null,
    title,
    data: [
      ...series.map((each) => {
        const first = datasets.length > 1 && !compact && !titled.has(each.campaign);
        titled.add(each.campaign);
        return trace(each, each.pairs, { title: first, compact, campaigns: datasets.length });
      }),
      ...(compact ? environmentKeys(series, theme) : []),
      ...verdictKeys(
        series.flatMap(({ points }) => points.map((point) => ({ ...point, distinguishable: null }))),
        "crossed",
        theme,
      ),
    ],
    layout: {
      ...overlayLayout(inputs, {
        title,
        subject: "startup",
        drawn: campaignsOf(series),
        notes: ["Shapes are environments; 1 is what a closed loop gives."],
        legendRows: legendRows(inputs, series, compact),
      }),
      xaxis: axis(theme, "Requests under way by the load's parameters (logarithmic)", { type: "log" }),
      yaxis: axis(theme, "Throughput × mean latency ÷ requests under way", { rangemode: "tozero" }),
      shapes: [lineAtOne({ x: "x", y: "y" }, theme.text)],
    },
  };
}

function trace(
  each: Series,
  pairs: readonly LittlePair[],
  {
    title,
    compact,
    campaigns,
  }: { readonly title: boolean; readonly compact: boolean; readonly campaigns: number },
): LineTrace {
  const { look, dataset, campaign, label } = each;
  return {
    type: "scatter",
    mode: "markers",
    name: legendName(label),
    legendgroup: legendGroup(each, campaigns),
    ...(title ? { legendgrouptitle: { text: legendTitle(dataset, campaign), font: { size: 12 } } } : {}),
    showlegend: !compact,
    x: pairs.map(({ nominal }) => nominal),
    y: pairs.map(({ found, nominal }) => found / nominal),
    hovertext: pairs.map(({ rate, found, nominal }) =>
      [
        plainText(label),
        plainText(dataset.name),
        plainText(`${rate.subject}: ${rate.conditionLabel}`),
        `${significant(found, 4)} under way by throughput × latency`,
        `${nominal} by the parameters; quotient ${significant(found / nominal, 4)}`,
      ].join("<br>"),
    ),
    hoverinfo: "text",
    customdata: pairs.map(({ rate }) => pointKey(dataset.id, rate.id)),
    marker: {
      color: look.color,
      symbol: pairs.map(({ rate }) => (doubtOf(rate) === null ? look.symbol : look.crossed)),
      size: 7,
      line: { color: look.color, width: 1.3 },
    },
  };
}
