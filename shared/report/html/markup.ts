// HTML that cannot be broken by what stands in it: every text is escaped where it is put in.
import { htmlText } from "../../figures/html-text.ts";

/** HTML as it stands; made by `html` alone, so that no text is ever taken for it. */
export interface Markup {
  readonly markup: string;
}

export type Part = Markup | string | number | null | undefined | false | readonly Part[];

/** Text, numbers and attribute values in `${}` are escaped; nothing stands for null, undefined and false. Attributes must be quoted. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.map((text, index) => text + partText(parts[index])).join("") };
}

function partText(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "string") return htmlText(part);
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map(partText).join("");
}

/** What other modules made of HTML that is safe already. */
export function trusted(markup: string): Markup {
  return { markup };
}

export interface TableColumn {
  readonly title: string;
  /** Digits stand at the end of the cell, as numbers do. */
  readonly number?: boolean;
}

export interface TableRow {
  readonly cells: readonly Part[];
  /** A heading over the rows that follow; it has one cell. */
  readonly heading?: boolean;
  /** What the row stands for in a figure: a click on its point shows the row. */
  readonly key?: string;
}

/** A table that scrolls by itself where it is too wide; `label` names it for readers of screens. The first cell of a row heads it. */
export function table(label: string, columns: readonly TableColumn[], rows: readonly TableRow[]): Markup {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">
    <table>
      <thead>
        <tr>
          ${columns.map(({ title, number }) => html`<th scope="col" class="${number ? "number" : ""}">${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => rowMarkup(columns, row))}
      </tbody>
    </table>
  </div> `;
}

function rowMarkup(columns: readonly TableColumn[], { cells, heading, key }: TableRow): Markup {
  if (heading === true)
    return html`<tr class="heading">
      <th scope="rowgroup" colspan="${columns.length}">${cells[0]}</th>
    </tr> `;
  return html`<tr ${key === undefined || key === "" ? null : html`data-point="${key}"`}>
    ${columns.map(({ number }, index) =>
      index === 0
        ? html`<th scope="row">${cells[index]}</th>`
        : html`<td class="${number ? "number" : ""}">${cells[index]}</td>`,
    )}
  </tr> `;
}

export function list(items: readonly Part[]): Markup {
  return html`<ul>
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul> `;
}

export function folded(summary: Part, content: Part): Markup {
  return html`<details>
    <summary>${summary}</summary>
    ${content}
  </details> `;
}

export interface Section {
  /** Safe in an address's fragment. */
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}
