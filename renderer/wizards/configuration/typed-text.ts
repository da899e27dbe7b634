// What was typed into a text field, as the value that a schema is to check.

/** A number as it was typed; anything else stays text, and the schema says what it must be. */
export function toNumber(text: string): number | string {
  return /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : text;
}

/** Absent where nothing was typed. */
export function optionalText(key: string, text: string): Readonly<Record<string, string>> {
  return text.trim() === "" ? {} : { [key]: text.trim() };
}

/** Absent where nothing was typed. */
export function optionalNumber(key: string, text: string): Readonly<Record<string, number | string>> {
  return text.trim() === "" ? {} : { [key]: toNumber(text) };
}

/** The words of a text, as spaces part them. */
export function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
