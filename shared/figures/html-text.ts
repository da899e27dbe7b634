// Pieces of HTML files that stand alone: texts, data and a script, none of which can end its own element.

/** As text of an element or value of a quoted attribute. */
export function htmlText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** Data that the page's script reads by the element's id (of `[A-Za-z0-9-]`). */
export function jsonElement(id: string, value: unknown): string {
  const json = JSON.stringify(value).replaceAll("<", String.raw`\u003c`);
  return `<script type="application/json" id="${htmlText(id)}">${json}</script>`;
}

/** A script whose text stands in the page; in strings and templates of JavaScript `<\/script` means `</script`. */
export function scriptElement(script: string): string {
  const text = script.replaceAll(/<\/(script)/gi, String.raw`<\/$1`).replaceAll("<!--", String.raw`<\!--`);
  return `<script>${text}</script>`;
}
