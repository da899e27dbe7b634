// What the tests of the paper's figures share: the reference data as they lie in the file, the recorded campaign, and
// what a figure draws as plain rows.
import { readFileSync } from "node:fs";
import { readDatasets, readDistributions } from "#main/library/datasets.ts";
import { figureDefinitions } from "#shared/figures/definitions.ts";
import type { Figure, Trace } from "#shared/figures/figure.ts";
import type { OverlayInputs } from "#shared/figures/overlay.ts";
import { pointOfKey } from "#shared/figures/overlay.ts";
import type { DataPoint, Dataset } from "#shared/model/dataset.ts";
import { paperId } from "#shared/model/dataset.ts";
import { paperFileSchema } from "#shared/reference/paper-file.ts";

export const file = paperFileSchema.parse(
  JSON.parse(readFileSync("assets/reference/felter2014.json", "utf8")),
);
const paths = { campaigns: "test/fixtures/campaigns", assets: "assets" };
export const [paper, recorded] = (await readDatasets(paths, [paperId, "demo-229c51"])) as [Dataset, Dataset];
const fio = await readDistributions(paths, [paper.id], "fio");
export const paperDistributions = fio[0]?.distributions ?? [];

const theme = {
  scheme: "light",
  text: "#1a1e23",
  grid: "#dde1e5",
  paper: "#ffffff",
  font: "sans-serif",
} as const;

export function inputs(datasets: readonly Dataset[], more: Partial<OverlayInputs> = {}): OverlayInputs {
  return {
    datasets,
    distributions: new Map([[paper.id, paperDistributions]]),
    scale: "absolute",
    labelling: "measured",
    theme,
    ...more,
  };
}

export const paperFigures = figureDefinitions.filter(({ number }) => number !== null);

export function draw(number: number, of: OverlayInputs): Figure {
  const figure = paperFigures.find((each) => each.number === number)?.draw(of) ?? null;
  if (figure === null) throw new Error(`Figure ${number} has nothing to show.`);
  return figure;
}

/** A point that can be pointed at. */
export interface Mark {
  readonly campaign: string;
  readonly point: string;
  readonly name: string;
  readonly axis: string;
  readonly x: number;
  readonly y: number;
  readonly up: number;
  readonly down: number;
  readonly color: string;
  /** Symbol of a point, pattern of a bar. */
  readonly shape: string;
  readonly hover: string;
  readonly place: string;
}

export function marks({ data }: Figure): Mark[] {
  return data.flatMap((trace) =>
    (trace.customdata ?? []).flatMap((key, index): Mark[] => {
      const y = trace.y[index];
      const ids = pointOfKey(key);
      if (ids === null || typeof y !== "number") return [];
      return [
        {
          campaign: ids.campaignId,
          point: ids.pointId,
          name: trace.name,
          axis: trace.yaxis ?? "y",
          x: Number(trace.x[index]),
          y,
          up: trace.error_y?.array[index] ?? 0,
          down: trace.error_y?.arrayminus[index] ?? 0,
          color: at(trace.marker.color, index),
          shape: shapeOf(trace, index),
          hover: trace.hovertext?.[index] ?? "",
          place: trace.meta?.[index] ?? "",
        },
      ];
    }),
  );
}

function at(value: string | readonly string[], index: number): string {
  return typeof value === "string" ? value : (value[index] ?? "");
}

function shapeOf(trace: Trace, index: number): string {
  return at(trace.type === "bar" ? trace.marker.pattern.shape : trace.marker.symbol, index);
}

/** Points of the reference data that a figure of the report shows, as they lie in the file, with the ids of the dataset. */
export function filePoints(number: number, metric?: string) {
  const shown = new Map(
    file.series
      .filter(
        (each) => each.figure === number && each.primary && (metric === undefined || each.metric === metric),
      )
      .map((each) => [each.id, each] as const),
  );
  return file.points.flatMap((point, index) => {
    const series = shown.get(point.s);
    if (
      series === undefined ||
      (number === 13 || number === 14 ? !/SET|GET/.test(String(series.cond["op"])) : false)
    )
      return [];
    return [
      { ...point, id: `${series.id}/${index}`, env: series.env, terms: { ...series.cond, ...point.x } },
    ];
  });
}

/** The paper as if somebody else had measured it: another id and name, and whatever is changed. */
export function copyOf(id: string, change: Partial<Dataset> = {}): Dataset {
  return { ...paper, id, name: `Campaign ${id}`, ...change };
}

export function withPoints(dataset: Dataset, change: (point: DataPoint) => DataPoint): Dataset {
  return { ...dataset, points: dataset.points.map(change) };
}
