// A dataset that has no design and no journal (the paper's) as text and as Markdown: a line for each primary point.
import type { Dataset, DataPoint } from "../model/dataset.ts";
import { markdownTable, markdownText } from "./markdown.ts";
import { paperMethodsText } from "./methods-text.ts";
import { meanText, ratioWithInterval } from "./number.ts";
import { rowLines, tableLine, tableWidth, wrapped, type TextColumn } from "./text-table.ts";

const columns: readonly TextColumn[] = [
  { title: "configuration", width: 30, end: false },
  { title: "mean ± s", width: 22, end: true },
  { title: "unit", width: 8, end: false },
  { title: "n", width: 4, end: true },
  { title: "ratio to native (95 % interval)", width: 25, end: false },
];

export function datasetText(dataset: Dataset): string {
  const titles = columns.map(({ title }) => title);
  const lines = [tableLine(columns, titles)];
  for (const [heading, points] of groupsOf(dataset)) {
    lines.push("", ...wrapped(heading, tableWidth));
    for (const point of points) lines.push(...rowLines(columns, cellsOf(dataset, point), []));
  }
  return `${lines.join("\n")}\n`;
}

export function datasetMarkdown(dataset: Dataset): string {
  return [
    `# ${markdownText(dataset.name)}`,
    "",
    ...paperMethodsText(dataset).flatMap((text) => [markdownText(text), ""]),
    ...groupsOf(dataset).flatMap(([heading, points]) => [
      `## ${markdownText(heading)}`,
      "",
      ...markdownTable(
        columns.map(({ title }) => title),
        points.map((point) => cellsOf(dataset, point).map(markdownText)),
      ),
    ]),
    ...dataset.contradictions.flatMap(({ title, paper, data, reason }) => [
      `## ${markdownText(title)}`,
      "",
      `- The report says: ${markdownText(paper)}`,
      `- Its data say: ${markdownText(data)}`,
      `- Reason: ${markdownText(reason)}`,
      "",
    ]),
  ].join("\n");
}

function groupsOf({ points }: Dataset): [string, DataPoint[]][] {
  const groups = Map.groupBy(
    points.filter(({ primary }) => primary),
    ({ subject, title, conditionLabel, source }) =>
      [source?.figure == null ? "" : `Figure ${source.figure}`, subject, title, conditionLabel]
        .filter((part) => part !== "")
        .join(", "),
  );
  return [...groups];
}

function cellsOf({ slots }: Dataset, point: DataPoint): string[] {
  return [
    slots.find(({ slot }) => slot === point.slot)?.label ?? point.slot,
    meanText(point.mean, point.deviation),
    point.unit,
    point.n === null ? "" : String(point.n),
    point.ratio === null ? "" : ratioWithInterval(point.ratio),
  ];
}
