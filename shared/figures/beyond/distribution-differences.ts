// How whole distributions differ from native: each quantile against native's, with the band over blocks.
import type { DataDistribution } from "../../model/dataset.ts";
import { countText, ratioText } from "../../report/number.ts";
import { shiftFunction, type Shift } from "../../stats/shift.ts";
import { workloads } from "../../workloads/registry.ts";
import type { Figure, LineTrace } from "../figure.ts";
import { plainText } from "../figure.ts";
import type { FigureDefinition, FigureVariant, OverlayInputs } from "../overlay.ts";
import { campaignsOf, legendRows, lineAtOne } from "../overlay/bars.ts";
import { axis, legendGroup, legendName, legendTitle, overlayLayout } from "../overlay/layout.ts";
import { labelOf, slotsWithLooks, termsKey, type Series } from "../overlay/series.ts";
import { tintedColor, type FigureTheme } from "../palette.ts";

type Subject = "fio" | "redis" | "mysql";

const summary =
  "The ratio of each percentile of the latency to native's: a line at 1 is the same distribution, a line that rises to the right has a longer tail. The band is the 95 % interval over blocks, for each percentile on its own; the A/A control shows what chance alone does.";

/** A figure for each load whose tool keeps whole distributions. */
export const distributionFigures: readonly FigureDefinition[] = (["fio", "redis", "mysql"] as const).map(
  (subject): FigureDefinition => ({
    id: `distribution-${subject}`,
    number: null,
    title: `Distribution differences: ${workloads[subject].title}`,
    summary,
    subjects: [subject],
    distributions: true,
    relative: false,
    variants: (inputs) => variantsOf(inputs, subject),
    draw: (inputs) => draw(inputs, subject),
  }),
);

/** Denser to the right, where tails are; the shares that the paper's percentiles have are among them. */
const shares = [
  ...Array.from({ length: 19 }, (_, index) => (index + 1) / 20),
  0.01,
  0.96,
  0.97,
  0.98,
  0.99,
  0.995,
  0.999,
  0.9995,
  0.9999,
].sort((a, b) => a - b);

/** What tells one distribution from another, besides who measured it. */
function keyOf({ terms }: Pick<DataDistribution, "terms">): string {
  const { job, rw, part, op, clients, users, oltp_read_only: readOnly } = terms;
  const kept = { job, rw, part, op, clients, users, readOnly };
  return termsKey(Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, value ?? null])));
}

function of(inputs: OverlayInputs, subject: Subject): DataDistribution[] {
  return inputs.datasets.flatMap(({ id }) =>
    (inputs.distributions.get(id) ?? []).filter((each) => each.subject === subject),
  );
}

/** Loads for which some campaign has native and another configuration. */
function variantsOf(inputs: OverlayInputs, subject: Subject): FigureVariant[] {
  const groups = Map.groupBy(of(inputs, subject), keyOf);
  return [...groups].flatMap(([id, own]) => {
    const slots = new Set(own.map(({ slot }) => slot));
    const [first] = own;
    if (first === undefined || slots.size < 2 || !own.some(({ environment }) => environment === "native"))
      return [];
    const part = first.terms["part"] ?? first.terms["op"] ?? null;
    const label = first.conditionLabel;
    return [
      { id, title: part === null || label.includes(String(part)) ? label : `${label}, ${String(part)}` },
    ];
  });
}

interface Line extends Series {
  readonly shifts: readonly Shift[];
  readonly distribution: DataDistribution;
}

function draw(inputs: OverlayInputs, subject: Subject): Figure | null {
  const { theme, datasets } = inputs;
  const variants = variantsOf(inputs, subject);
  const variant = variants.find(({ id }) => id === inputs.variant) ?? variants[0];
  if (variant === undefined) return null;
  const lines = linesOf(inputs, subject, variant.id);
  if (lines.length === 0) return null;
  const title = `${workloads[subject].title}, ${variant.title}: latency against native, by percentile`;
  const titled = new Set<number>();
  const [first] = lines;
  return {
    id: `distribution-${subject}`,
    workload: subject,
    title,
    data: lines.flatMap((line) => {
      const own = datasets.length > 1 && !titled.has(line.campaign);
      titled.add(line.campaign);
      return [...band(line, datasets.length, theme), curve(line, own, datasets.length)];
    }),
    layout: {
      ...overlayLayout(inputs, {
        title,
        subject,
        drawn: campaignsOf(lines),
        notes: ["Bands are 95 % intervals over blocks, for each percentile on its own."],
        legendRows: legendRows(inputs, lines, false),
      }),
      xaxis: axis(theme, "Percentile, %", { range: [0, 100.5] }),
      yaxis: axis(theme, `${first?.distribution.title ?? "Latency"}, ratio to native (logarithmic)`, {
        type: "log",
      }),
      shapes: [lineAtOne({ x: "x", y: "y" }, theme.text)],
    },
  };
}

function linesOf(inputs: OverlayInputs, subject: Subject, key: string): Line[] {
  return inputs.datasets.flatMap((dataset, campaign): Line[] => {
    const all = (inputs.distributions.get(dataset.id) ?? []).filter(
      (each) => each.subject === subject && keyOf(each) === key,
    );
    const native = all.find(({ environment }) => environment === "native");
    if (native === undefined) return [];
    const others = new Map(all.filter((each) => each !== native).map((each) => [each.slot, each]));
    return slotsWithLooks(inputs, dataset, campaign, new Set(others.keys())).flatMap(
      ({ slot, look }): Line[] => {
        const distribution = others.get(slot.slot);
        if (distribution === undefined) return [];
        const shifts = shiftFunction(distribution, native, sharesOf(distribution));
        if (shifts.length === 0) return [];
        const label = labelOf(inputs, slot, distribution);
        return [
          {
            id: `${campaign} ${slot.slot}`,
            dataset,
            campaign,
            slot,
            label,
            look,
            points: [],
            shifts,
            distribution,
          },
        ];
      },
    );
  });
}

/** Where only percentiles were kept, those and no other. */
function sharesOf({ observations, shares: own }: DataDistribution): readonly number[] {
  return observations === null ? own : shares;
}

function curve(line: Line, title: boolean, campaigns: number): LineTrace {
  const { label, dataset, campaign, look, shifts, distribution } = line;
  const { observations, emulated, blocks } = distribution;
  return {
    type: "scatter",
    mode: "lines+markers",
    name: legendName(label),
    legendgroup: legendGroup(line, campaigns),
    ...(title ? { legendgrouptitle: { text: legendTitle(dataset, campaign), font: { size: 12 } } } : {}),
    showlegend: true,
    x: shifts.map(({ share }) => 100 * share),
    y: shifts.map(({ ratio }) => ratio),
    hovertext: shifts.map(({ share, ratio, band: found }) =>
      [
        plainText(label),
        plainText(dataset.name),
        `percentile ${Number((100 * share).toFixed(2))}: ${ratioText(ratio)} of native`,
        found === null ? "no band" : `95 % band ${ratioText(found[0])} to ${ratioText(found[1])}`,
        observations === null ? "percentiles only" : countText(observations, "observation"),
        ...(blocks === null ? [] : [countText(blocks.length, "block")]),
        ...(emulated ? ["emulated: not a result"] : []),
      ].join("<br>"),
    ),
    hoverinfo: "text",
    line: { color: look.color, width: look.width, dash: look.dash },
    marker: {
      color: look.color,
      symbol: emulated ? look.crossed : look.symbol,
      size: 5,
      line: { color: look.color, width: 1 },
    },
  };
}

/** Lower edge, then the upper one with the area between them. */
function band(line: Line, campaigns: number, { scheme }: FigureTheme): LineTrace[] {
  const known = line.shifts.flatMap(({ share, band: found }) => (found === null ? [] : [{ share, found }]));
  if (known.length < 2) return [];
  const { look } = line;
  const edge = (side: 0 | 1): LineTrace => ({
    type: "scatter",
    mode: "lines",
    name: legendName(line.label),
    legendgroup: legendGroup(line, campaigns),
    showlegend: false,
    x: known.map(({ share }) => 100 * share),
    y: known.map(({ found }) => found[side]),
    hoverinfo: "skip",
    opacity: 0.35,
    line: { color: look.color, width: 0.5, dash: "solid" },
    marker: { color: look.color, symbol: "circle", size: 1, line: { color: look.color, width: 0 } },
    ...(side === 1 ? { fill: "tonexty", fillcolor: tintedColor(scheme, look.color, 0.75) } : {}),
  });
  return [edge(0), edge(1)];
}
