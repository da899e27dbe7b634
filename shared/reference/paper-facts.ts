// What the paper is, and what its repository has of each figure.
import type { PaperCoverage, PaperFacts } from "../model/paper.ts";
import type { PaperFile } from "./paper-file.ts";
import { paperEnvironmentLabel } from "./paper-environments.ts";

export function paperFacts(file: PaperFile): PaperFacts {
  const { paper, repository, environments, tables, known_traps: traps } = file;
  return {
    ...paper,
    repository: {
      url: repository.url,
      head: repository.head,
      headDate: repository.head_date,
      licence: repository.licence,
    },
    environments: Object.entries(environments).map(([word, text]) => ({
      label: paperEnvironmentLabel(word),
      text,
    })),
    coverage: coverageOf(file),
    tables,
    traps,
  };
}

const origins: Readonly<Record<string, string>> = {
  "raw-log": "logs",
  "authors-spreadsheet": "the authors' spreadsheet",
  derived: "derived",
};

function coverageOf({ series, points, cdfs }: PaperFile): PaperCoverage[] {
  const figures = new Set([...series, ...cdfs].map(({ figure }) => figure));
  const ordered = [...figures].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  return ordered.map((figure) => {
    const own = series.filter((each) => each.figure === figure && each.workload !== "setup");
    const curves = cdfs.filter((each) => each.figure === figure);
    const ids = new Map(own.map(({ id, primary }) => [id, primary]));
    const shown = points.filter(({ s }) => ids.has(s));
    const main = shown.filter(({ s }) => ids.get(s) === true);
    const repeats = main.flatMap(({ n }) => n ?? []);
    return {
      figure,
      subjects: [...new Set([...own, ...curves].map(({ workload }) => workload))],
      origins: [
        ...new Set([...own.map(({ origin }) => origins[origin] ?? origin), ...curves.map(() => "logs")]),
      ],
      points: main.length,
      others: shown.length - main.length,
      curves: curves.length,
      repeats: repeats.length === 0 ? null : [Math.min(...repeats), Math.max(...repeats)],
    };
  });
}
