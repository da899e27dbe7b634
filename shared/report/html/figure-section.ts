// The figures, drawn by the page's script, each with its values as a table, which needs no script.
import { figureTable, figureTsv, intervalText, valueText } from "../../figures/figure-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { jsonElement } from "../../figures/html-text.ts";
import { countText } from "../number.ts";
import { folded, html, table, trusted, type Markup, type Section } from "./markup.ts";
import type { ReportedFigure, ReportInputs } from "./report-inputs.ts";

/** Lines of a table that a browser shows at once; more stand there as tab-separated text. */
const tableLines = 600;

export function figureSection({
  figures,
  unreadable,
}: Pick<ReportInputs, "figures" | "unreadable">): Section {
  return {
    id: "figures",
    title: "Figures",
    content: html`${
      figures.length === 0
        ? html`<p>No figure has data in this campaign.</p>`
        : html`<noscript
              ><p>
                Without JavaScript the figures are not drawn; their values stand in the tables.
              </p></noscript
            >${figures.map(figureMarkup)}`
    }${
      unreadable.length === 0
        ? null
        : html`<h3>Not in the figures</h3>
            <ul>
              ${unreadable.map(({ runId, reason }) => html`<li><code>${runId}</code>: ${reason}</li>`)}
            </ul>`
    }`,
  };
}

function figureMarkup({ summary, drawn }: ReportedFigure): Markup {
  const { id, title } = drawn.light;
  return html`<figure id="${elementId(id)}">
    <figcaption>
      <h3>${title}</h3>
      ${summary === "" ? null : html`<p>${summary}</p>`}
    </figcaption>
    <div data-figure="${id}" role="img" aria-label="${title}. Its values stand in the table below."></div>
    <p class="dim" data-figure-note="${id}"></p>
    ${valuesMarkup(drawn.light)}
  </figure> `;
}

function valuesMarkup(figure: Figure): Markup {
  const values = figureTable(figure);
  const { at, value, severalAxes, rows } = values;
  const summary = `Values: ${countText(rows.length, "point")}`;
  if (rows.length > tableLines) return folded(summary, html`<pre tabindex="0">${figureTsv(values)}</pre>`);
  const lines = rows.map((row) => [
    row.series,
    String(row.at),
    ...(severalAxes ? [row.axis] : []),
    valueText(row),
    intervalText(row.interval),
    row.lines.join("; "),
  ]);
  const columns = [
    { title: "series" },
    { title: at === "" ? "at" : at },
    ...(severalAxes ? [{ title: "axis" }] : []),
    { title: severalAxes ? "value" : value, number: true },
    { title: "95 % interval", number: true },
    { title: "details" },
  ];
  const keyed = table(
    `Values of ${figure.title}`,
    columns,
    lines.map((cells, index) => ({ cells, key: rows[index]?.key ?? "" })),
  );
  return folded(summary, keyed);
}

/** Data of the figures for the script; the dark ones beside the light ones. */
export function figureData(figures: readonly ReportedFigure[]): Markup {
  return trusted(
    figures
      .flatMap(({ drawn }) => [
        jsonElement(drawn.light.id, drawn.light),
        jsonElement(`${drawn.light.id}-dark`, drawn.dark),
      ])
      .join("\n"),
  );
}

function elementId(figureId: string): string {
  return `shown-${figureId}`;
}
