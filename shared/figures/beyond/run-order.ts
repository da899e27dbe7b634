// Every run in the order in which it took place, against the mean of its cell: drift, steps and outliers show.
import { linearRegression } from "simple-statistics";
import type { DataPoint, Sample } from "../../model/dataset.ts";
import { significant } from "../../report/number.ts";
import type { Figure, LineTrace } from "../figure.ts";
import { plainText } from "../figure.ts";
import type { FigureDefinition, OverlayInputs } from "../overlay.ts";
import { pointKey } from "../overlay.ts";
import { campaignsOf, legendRows } from "../overlay/bars.ts";
import { environmentKeys } from "../overlay/keys.ts";
import { axis, legendGroup, legendName, legendTitle, overlayLayout } from "../overlay/layout.ts";
import { isCompact, slotsWithLooks, type Series } from "../overlay/series.ts";

export const runOrderFigure: FigureDefinition = {
  id: "run-order",
  number: null,
  title: "Run order and drift",
  summary:
    "Each run's primary quantities over the time at which it began, in per cent of the mean of its cell, with the straight line of least squares of each configuration. A slope or a step is a machine that changed while it was measured; random blocks keep it out of the ratios, not out of the spread.",
  subjects: null,
  distributions: false,
  relative: false,
  draw,
};

interface Mark {
  readonly minutes: number;
  /** Value over the mean of its cell, %. */
  readonly percent: number;
  readonly point: DataPoint;
  readonly sample: Sample;
}

interface Row extends Series {
  readonly marks: readonly Mark[];
}

function draw(inputs: OverlayInputs): Figure | null {
  const { theme, datasets } = inputs;
  const rows = rowsOf(inputs);
  if (rows.length === 0) return null;
  const compact = isCompact(rows);
  const titled = new Set<number>();
  const title = "Run order and drift: each run against the mean of its cell";
  return {
    id: "run-order",
    workload: null,
    title,
    data: [
      ...rows.flatMap((row) => {
        const first = datasets.length > 1 && !compact && !titled.has(row.campaign);
        titled.add(row.campaign);
        return [
          marks(row, { title: first, compact, campaigns: datasets.length }),
          ...trend(row, datasets.length),
        ];
      }),
      ...(compact ? environmentKeys(rows, theme) : []),
    ],
    layout: {
      ...overlayLayout(inputs, {
        title,
        subject: "startup",
        drawn: campaignsOf(rows),
        notes: ["Crosses are outliers by Tukey's fences; they are in all means."],
        legendRows: legendRows(inputs, rows, compact),
      }),
      xaxis: axis(theme, "Minutes from the first run of the campaign, min"),
      yaxis: axis(theme, "Value in % of its cell's mean"),
    },
  };
}

function rowsOf(inputs: OverlayInputs): Row[] {
  return inputs.datasets.flatMap((dataset, campaign): Row[] => {
    const bySlot = new Map<string, Mark[]>();
    const times = dataset.points
      .flatMap(({ samples }) => samples ?? [])
      .flatMap(({ startedAt }) => (startedAt === null ? [] : [Date.parse(startedAt)]));
    const begin = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
    for (const point of dataset.points) {
      if (!point.primary || !(point.mean > 0)) continue;
      for (const sample of point.samples ?? []) {
        if (sample.startedAt === null) continue;
        const minutes = (Date.parse(sample.startedAt) - begin) / 60_000;
        const mark = { minutes, percent: (100 * sample.value) / point.mean, point, sample };
        const known = bySlot.get(point.slot);
        if (known === undefined) bySlot.set(point.slot, [mark]);
        else known.push(mark);
      }
    }
    return slotsWithLooks(inputs, dataset, campaign, new Set(bySlot.keys())).map(({ slot, look }) => ({
      id: `${campaign} ${slot.slot}`,
      dataset,
      campaign,
      slot,
      label: slot.label,
      look,
      points: [],
      marks: (bySlot.get(slot.slot) ?? []).toSorted((a, b) => a.minutes - b.minutes),
    }));
  });
}

function marks(
  row: Row,
  {
    title,
    compact,
    campaigns,
  }: { readonly title: boolean; readonly compact: boolean; readonly campaigns: number },
): LineTrace {
  const { dataset, campaign, look, label } = row;
  return {
    type: "scatter",
    mode: "markers",
    name: legendName(label),
    legendgroup: legendGroup(row, campaigns),
    ...(title ? { legendgrouptitle: { text: legendTitle(dataset, campaign), font: { size: 12 } } } : {}),
    showlegend: !compact,
    x: row.marks.map(({ minutes }) => minutes),
    y: row.marks.map(({ percent }) => percent),
    hovertext: row.marks.map(({ point, sample, percent }) =>
      [
        plainText(label),
        plainText(dataset.name),
        plainText(`${point.conditionLabel}, ${point.title}`),
        `${significant(sample.value, 4)} ${plainText(point.unit)}; ${significant(percent, 4)} % of the mean`,
        `block ${sample.block}${sample.startedAt === null ? "" : `, ${sample.startedAt}`}`,
        ...(sample.outlier ? ["outlier"] : []),
      ].join("<br>"),
    ),
    hoverinfo: "text",
    customdata: row.marks.map(({ point }) => pointKey(dataset.id, point.id)),
    marker: {
      color: look.color,
      symbol: row.marks.map(({ sample }) => (sample.outlier ? "x-thin-open" : look.symbol)),
      size: 5,
      line: { color: look.color, width: 1 },
    },
  };
}

/** Per cent an hour by least squares; null below three runs, or where all began at once. */
export function drift(
  values: readonly { readonly minutes: number; readonly percent: number }[],
): number | null {
  const [first] = values;
  if (values.length < 3 || first === undefined || values.every(({ minutes }) => minutes === first.minutes))
    return null;
  return 60 * linearRegression(values.map(({ minutes, percent }) => [minutes, percent])).m;
}

function trend(row: Row, campaigns: number): LineTrace[] {
  const slope = drift(row.marks);
  const [first, last] = [row.marks[0], row.marks.at(-1)];
  if (slope === null || first === undefined || last === undefined) return [];
  const { m, b } = linearRegression(row.marks.map(({ minutes, percent }) => [minutes, percent]));
  const x = [first.minutes, last.minutes];
  const text = `${plainText(row.label)}<br>${slope < 0 ? "−" : "+"}${significant(Math.abs(slope), 2)} % an hour, least squares over ${row.marks.length} runs`;
  return [
    {
      type: "scatter",
      mode: "lines",
      name: legendName(row.label),
      legendgroup: legendGroup(row, campaigns),
      showlegend: false,
      x,
      y: x.map((minutes) => b + m * minutes),
      hovertext: [text, text],
      hoverinfo: "text",
      line: { color: row.look.color, width: 1.4, dash: row.look.dash },
      marker: { color: row.look.color, symbol: "circle", size: 1, line: { color: row.look.color, width: 0 } },
    },
  ];
}
