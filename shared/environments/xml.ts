// A small XML writer: elements as values, every name fixed in the code, every value escaped.

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly content: string | readonly XmlElement[];
}

export type XmlContent = string | readonly (XmlElement | null)[];

/** An element; children that are null are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>> = {},
  content: XmlContent = [],
): XmlElement {
  return {
    name,
    attributes,
    content: typeof content === "string" ? content : content.filter((child) => child !== null),
  };
}

/** The element as indented text, ending in a line feed. */
export function xmlText(root: XmlElement, indent = ""): string {
  const attributes = Object.entries(root.attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join("");
  const open = `${indent}<${root.name}${attributes}`;
  if (typeof root.content === "string") return `${open}>${escapeXml(root.content)}</${root.name}>\n`;
  if (root.content.length === 0) return `${open}/>\n`;
  const children = root.content.map((child) => xmlText(child, `${indent}  `)).join("");
  return `${open}>\n${children}${indent}</${root.name}>\n`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text fit for content and attributes. What XML 1.0 cannot hold at all becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\u{fffd}")
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
