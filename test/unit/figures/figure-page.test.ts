// A figure as a table and as a page of its own: nothing that a person typed leaves its place, nothing is loaded.
import { expect, test } from "vitest";
import { figurePage } from "#shared/figures/figure-page.ts";
import { figureTable, figureTsv } from "#shared/figures/figure-table.ts";
import type { Figure } from "#shared/figures/figure.ts";
import { figures } from "#shared/figures/registry.ts";
import { jsonElement, scriptElement } from "#shared/figures/html-text.ts";
import { finishedCampaign as campaign, finishedResults as results } from "../sample-results.ts";

const theme = {
  scheme: "light",
  text: "#1a1e23",
  grid: "#dde1e5",
  paper: "#ffffff",
  font: "sans-serif",
} as const;

function redis(): Figure {
  const [figure] = figures.redis({ campaign, results, theme, networkPath: null });
  if (figure === undefined) throw new Error("the sample has no Redis figure");
  return figure;
}

test("the table has every value that is drawn, with its interval, and leaves keys of the legend out", () => {
  const figure = redis();
  const { rows, at, value } = figureTable(figure);
  const drawn = figure.data
    .filter(({ hoverinfo }) => hoverinfo !== "skip")
    .flatMap(({ y }) => y)
    .filter((y) => y !== null);
  expect(rows.map((row) => row.value)).toEqual(drawn);
  expect(at).toBe("Clients");
  expect(value).toBe("1/s (higher is better)");
  const [row] = rows;
  expect(row?.interval?.[0]).toBeLessThan(Number(row?.value));
  expect(row?.key).toMatch(/^native\/redis-/);
  expect(row?.lines[0]).toBe(row?.series);
});

test("a bar that reaches from one value to the next is told by where it ends, with the interval around that", () => {
  const figure = redis();
  const [curve] = figure.data;
  if (curve === undefined) throw new Error("nothing is drawn");
  const errors = { type: "data", symmetric: false, color: "#000", thickness: 1, width: 0 } as const;
  const { rows } = figureTable({
    data: [
      {
        type: "bar",
        name: "steps",
        legendgroup: "steps",
        showlegend: false,
        hoverinfo: "text",
        x: ["native", "1. bridge"],
        base: [0, 10],
        y: [10, -2],
        error_y: { ...errors, array: [1, 0.5], arrayminus: [1, 0.5] },
        marker: { color: "#000", line: { color: "#000", width: 1 }, pattern: { shape: "" } },
      },
    ],
    layout: { ...figure.layout, xaxis: { ...figure.layout.xaxis, type: "category" } },
  });
  expect(rows.map(({ value, interval }) => [value, interval])).toEqual([
    [10, [9, 11]],
    [8, [7.5, 8.5]],
  ]);
});

test("bars at named places are told by the name, and texts of Plotly read as they were written", () => {
  const figure = redis();
  const [curve] = figure.data;
  if (curve === undefined) throw new Error("nothing is drawn");
  const { textposition: _, ...first } = curve;
  const table = figureTable({
    data: [
      {
        ...first,
        type: "bar",
        name: "a &lt;b&gt; &amp; c",
        x: [1.2, 3.9],
        y: [5, null],
        hovertext: ["one<br>two &lt;3", ""],
        customdata: ["", ""],
        marker: { color: "#000", line: { color: "#000", width: 1 }, pattern: { shape: "" } },
      },
    ],
    layout: {
      ...figure.layout,
      xaxis: { ...figure.layout.xaxis, tickvals: [1, 4], ticktext: ["reads", "writes"] },
    },
  });
  expect(table.rows).toMatchObject([
    { series: "a <b> & c", at: "reads", value: 5, lines: ["one", "two <3"], key: "" },
  ]);
  expect(figureTsv(table).split("\n")[1]).toMatch(/^a <b> & c\treads\t5\t/);
});

test("where the places on y have names, the values are read along x", () => {
  const { layout } = redis();
  const { rows, at, value } = figureTable({
    data: [
      {
        type: "scatter",
        mode: "markers",
        name: "KVM",
        legendgroup: "kvm",
        showlegend: true,
        x: [0.5, 0.25],
        y: [0.8, 2.1],
        hovertext: ["half", "quarter"],
        hoverinfo: "text",
        customdata: ["a", "b"],
        marker: { color: "#000", symbol: "circle", size: 6, line: { color: "#000", width: 1 } },
      },
    ],
    layout: { ...layout, yaxis: { ...layout.yaxis, tickvals: [1, 2], ticktext: ["STREAM", "Redis"] } },
  });
  expect(rows).toMatchObject([
    { series: "KVM", at: "STREAM", value: 0.5 },
    { series: "KVM", at: "Redis", value: 0.25 },
  ]);
  expect([at, value]).toEqual(["1/s (higher is better)", "Clients"]);
});

test("the page holds figure, values and origin, and allows itself nothing from outside", () => {
  const figure = redis();
  const page = figurePage({
    figure: { ...figure, title: 'Redis </title><script>alert("1")</script>' },
    summary: "What <it> shows.",
    provenance: [{ title: "A & B", facts: [{ name: "Machines", text: "<b>one</b>" }] }],
    theme,
    script: 'console.log("</script><!--")',
    madeWith: "Tare 1.2.3",
  });
  expect(page).toContain("default-src 'none'");
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page.match(/<\/script>/g)).toHaveLength(2);
  expect(page).not.toContain("<!--");
  expect(page).not.toMatch(/(src|href)=/);
  expect(page).toContain("What &lt;it&gt; shows.");
  expect(page).toContain("<dd>&lt;b&gt;one&lt;/b&gt;</dd>");
  const json = /<script type="application\/json"[^>]*>(.*?)<\/script>/s.exec(page)?.[1] ?? "";
  const kept = JSON.parse(json) as Figure;
  expect(kept.data).toEqual(figure.data);
  expect(kept.layout.font.family).toContain("Helvetica");
  expect(page.match(/<tr data-point/g)).toHaveLength(figureTable(figure).rows.length);
});

test("of very many points the page holds all values as text", () => {
  const figure = redis();
  const [first] = figure.data;
  if (first === undefined) throw new Error("nothing is drawn");
  const many = Array.from({ length: 3000 }, (_, index) => index + 0.25);
  const { error_y: _, ...bare } = first;
  const page = figurePage({
    figure: {
      ...figure,
      data: [
        {
          ...bare,
          x: many,
          y: many,
          hovertext: many.map(String),
          customdata: many.map(String),
        },
      ],
    },
    summary: "",
    provenance: [],
    theme,
    script: "",
    madeWith: "Tare 1.2.3",
  });
  expect(page).toContain("2999.25\t2999.25\t");
  expect(page).not.toContain("<table>");
});

test("neither data nor a script can end their element", () => {
  expect(jsonElement("a", { text: "</script>" })).toBe(
    String.raw`<script type="application/json" id="a">{"text":"\u003c/script>"}</script>`,
  );
  expect(scriptElement("x = `</SCRIPT>`")).toBe(String.raw`<script>x = ${"`"}<\/SCRIPT>${"`"}</script>`);
});
