// Every attribute of every figure against Plotly's own schema: what Plotly does not know it ignores without a word.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { figureDefinitions } from "#shared/figures/definitions.ts";
import { ladderFigures } from "#shared/figures/ladder-figure.ts";
import { figures } from "#shared/figures/registry.ts";
import { startUpFigures } from "#shared/figures/start-up-figure.ts";
import { finishedCampaign as campaign, finishedResults as results } from "../sample-results.ts";
import { inputs, paper, recorded } from "./paper/drawn.ts";
import { walkCampaign, walkResults, wirePath } from "../sample-walk.ts";

type Node = Readonly<Record<string, unknown>>;

const path = createRequire(import.meta.url).resolve("plotly.js/dist/plot-schema.json");
const schema = JSON.parse(readFileSync(path, "utf8")) as {
  traces: Readonly<Record<string, { attributes: Node; layoutAttributes?: Node }>>;
  layout: { layoutAttributes: Node };
};
const theme = {
  scheme: "dark",
  text: "#d6dade",
  grid: "#2c3238",
  paper: "#181c20",
  font: "sans-serif",
} as const;

test("Plotly knows every attribute and every word that the figures use", () => {
  const made = [
    ...Object.values(figures).flatMap((make) => make({ campaign, results, theme, networkPath: null })),
    ...[...Object.values(figures), ladderFigures, startUpFigures].flatMap((make) =>
      make({ campaign: walkCampaign, results: walkResults, theme, networkPath: wirePath }),
    ),
    ...(["absolute", "relative"] as const).flatMap((scale) =>
      [[paper], [paper, recorded], Array.from({ length: 9 }, () => paper)].flatMap((datasets) =>
        figureDefinitions.flatMap((each) => each.draw(inputs(datasets, { scale })) ?? []),
      ),
    ),
  ];
  expect(made.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["redis-throughput", "ladder-walk-redis-c50-throughput", "start-up"]),
  );
  const unknown = made.flatMap(({ data, layout }) => [
    ...data.flatMap((trace) => unknownIn(trace, schema.traces[trace.type]?.attributes, trace.type)),
    ...unknownIn(
      layout,
      { ...schema.layout.layoutAttributes, ...schema.traces["bar"]?.layoutAttributes },
      "layout",
    ),
  ]);
  expect(unknown).toEqual([]);
});

test("the check finds a misspelt attribute and a wrong word", () => {
  const wrong = { mode: "lines", marker: { symbol: ["circel"], colour: "red" } };
  expect(unknownIn(wrong, schema.traces["scatter"]?.attributes, "scatter")).toEqual([
    "scatter.marker.symbol = circel",
    "scatter.marker.colour",
  ]);
});

/** Paths in `value` that the schema does not have, or whose value it does not allow. */
function unknownIn(value: unknown, node: unknown, path: string): string[] {
  if (node === undefined) return [path];
  const { valType, values } = node as { valType?: string; values?: readonly unknown[] };
  if (path.endsWith(".type") && typeof value === "string") return [];
  if (valType === undefined)
    return Object.entries(value as Node).flatMap(([key, part]) =>
      unknownIn(part, partOf(node as Node, key), `${path}.${key}`),
    );
  if (valType !== "enumerated" || values === undefined) return [];
  const words = Array.isArray(value) ? value : [value];
  return words
    .filter((word) => !values.some((each) => each === word || isPattern(each, word)))
    .map((word) => `${path} = ${String(word)}`);
}

/** `xaxis2` is an `xaxis`; what stands in a list (`shapes`) is described once for all. */
function partOf(node: Node, key: string): unknown {
  const { items } = node as { readonly items?: Node };
  if (items !== undefined && /^\d+$/u.test(key)) return Object.values(items)[0];
  return node[key] ?? node[key.replace(/^([xy]axis)\d$/u, "$1")];
}

/** The schema has words like `/^x([2-9]|[1-9][0-9]+)?$/` for all axes. */
function isPattern(known: unknown, word: unknown): boolean {
  const source = typeof known === "string" ? /^\/(.*)\/$/u.exec(known)?.[1] : undefined;
  return source !== undefined && new RegExp(source, "u").test(String(word));
}
