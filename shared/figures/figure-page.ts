// A figure as one HTML file that opens anywhere without Tare and without a network: the drawing, its data, their origin.
import { countText } from "../report/number.ts";
import type { Figure } from "./figure.ts";
import {
  figureTable,
  figureTsv,
  intervalText,
  valueText,
  withoutTags,
  type FigureTable,
} from "./figure-table.ts";
import { htmlText, jsonElement, scriptElement } from "./html-text.ts";
import type { FigureTheme } from "./palette.ts";
import type { Provenance } from "./provenance.ts";

export interface FigurePage {
  readonly figure: Figure;
  /** What the figure shows and how to read it; empty where that is not told. */
  readonly summary: string;
  readonly provenance: readonly Provenance[];
  readonly theme: FigureTheme;
  /** Text of `figure-script.js`, which the build of the window makes. */
  readonly script: string;
  /** `Tare 1.2.3, 2026-01-02T…`. */
  readonly madeWith: string;
}

/** Lines of a table that a browser still shows at once; more stand there as tab-separated text. */
const tableLines = 2000;

/** Fonts that every system has: those of the window are not in the file. */
const font = "Helvetica, Arial, sans-serif";

/** The whole file. Its policy lets it load nothing: neither from the network nor from beside it. */
export function figurePage({ figure, summary, provenance, theme, script, madeWith }: FigurePage): string {
  const { layout } = figure;
  const drawn = withoutTitle(figure);
  const table = figureTable(figure);
  const subtitle = layout.title.subtitle.text.split("<br>").map(withoutTags);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'">
<title>${htmlText(figure.title)}</title>
<style>${pageStyle(theme)}</style>
</head>
<body>
<main>
<h1>${htmlText(figure.title)}</h1>
${subtitle.map((line) => `<p class="dim">${htmlText(line)}</p>`).join("\n")}
${summary === "" ? "" : `<p>${htmlText(summary)}</p>`}
<figure data-figure="${htmlText(figure.id)}" style="height: ${drawn.layout.height ?? usualHeight}px" aria-label="${htmlText(figure.title)}. Its values stand in the table below."></figure>
<p class="dim" data-figure-note="${htmlText(figure.id)}"></p>
<h2>Values</h2>
${valuesHtml(table)}
<h2>Where they come from</h2>
${provenance.map(provenanceHtml).join("\n")}
<p class="dim">Made with ${htmlText(madeWith)}. This page loads nothing: it is whole as it stands.</p>
</main>
${jsonElement(figure.id, drawn)}
${scriptElement(script)}
</body>
</html>
`;
}

/** Pixels of a figure that does not say its own height. */
const usualHeight = 460;

/** Room above the drawing where no title stands there, in pixels. */
const untitled = 24;

/** The page's own heading says what the figure's title does, in fonts that every system has. */
function withoutTitle(figure: Figure): Figure {
  const { layout } = figure;
  const { title, margin, height } = layout;
  return {
    ...figure,
    layout: {
      ...layout,
      title: { ...title, text: "", subtitle: { ...title.subtitle, text: "" } },
      margin: { ...margin, t: untitled },
      ...(height === undefined ? {} : { height: height - (margin.t - untitled) }),
      font: { ...layout.font, family: font },
      hoverlabel: { font: { ...layout.hoverlabel.font, family: font } },
    },
  };
}

function valuesHtml(table: FigureTable): string {
  const { at, value, severalAxes, rows } = table;
  if (rows.length > tableLines)
    // Closed, so that the browser lays it out for those who want it.
    return `<details><summary>${countText(rows.length, "value")}, tab-separated</summary>
<pre tabindex="0" aria-label="Values, tab-separated">${htmlText(figureTsv(table))}</pre></details>`;
  const head = [
    "Series",
    at,
    ...(severalAxes ? ["Axis"] : []),
    severalAxes ? "Value" : value,
    "95 % interval",
    "Details",
  ];
  const lines = rows.map(
    (row) =>
      `<tr${row.key === "" ? "" : ` data-point="${htmlText(row.key)}"`}><th scope="row">${htmlText(row.series)}</th>` +
      `<td>${htmlText(String(row.at))}</td>${severalAxes ? `<td>${htmlText(row.axis)}</td>` : ""}` +
      `<td class="number">${htmlText(valueText(row))}</td><td class="number">${intervalText(row.interval)}</td>` +
      `<td class="dim">${htmlText(row.lines.filter((line) => line !== row.series).join("; "))}</td></tr>`,
  );
  return `<div class="scroller" tabindex="0" role="region" aria-label="Values"><table>
<thead><tr>${head.map((title) => `<th scope="col">${htmlText(title)}</th>`).join("")}</tr></thead>
<tbody>
${lines.join("\n")}
</tbody>
</table></div>`;
}

function provenanceHtml({ title, facts }: Provenance): string {
  const lines = facts.map(({ name, text }) => `<dt>${htmlText(name)}</dt><dd>${htmlText(text)}</dd>`);
  return `<h3>${htmlText(title)}</h3>
<dl>${lines.join("\n")}</dl>`;
}

function pageStyle({ scheme, text, grid, paper }: FigureTheme): string {
  const dim = scheme === "light" ? "#5a636c" : "#9aa3ac";
  return `
:root { color-scheme: ${scheme}; }
body { margin: 0; background: ${paper}; color: ${text}; font: 14px/1.5 ${font}; font-variant-numeric: tabular-nums; }
main { max-width: 1200px; margin: 0 auto; padding: 24px 20px; }
h1 { margin: 0 0 2px; font-size: 20px; }
h2 { margin: 24px 0 6px; font-size: 15px; }
h3 { margin: 14px 0 4px; font-size: 14px; }
p { margin: 2px 0; max-width: 100ch; }
.dim { color: ${dim}; }
figure { margin: 12px 0; }
.scroller, pre { max-height: 70vh; overflow: auto; border: 1px solid ${grid}; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 3px 10px; border-bottom: 1px solid ${grid}; text-align: left; font-weight: 400; vertical-align: top; }
thead th { position: sticky; top: 0; background: ${paper}; font-weight: 600; }
.number { text-align: right; white-space: nowrap; }
tr[data-shown] { outline: 2px solid currentColor; outline-offset: -2px; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 16px; margin: 0; }
dt { color: ${dim}; }
dd { margin: 0; overflow-wrap: anywhere; }
@media print { .scroller, pre { max-height: none; } }
`;
}
