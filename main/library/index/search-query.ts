// A person's words as a query of FTS5: quoted, so that nothing in them is an operator.

/** Something that the tokenizer keeps: letters, digits, characters of private use. */
const searchable = /[\p{L}\p{N}\p{Co}]/u;

/**
 * Every word must be found, the last one as a beginning too. Null where there is no word; signs alone are none.
 */
export function searchQuery(text: string): string | null {
  const words = text
    // What no text can hold: NUL ends SQLite's strings, halves of surrogate pairs are no characters.
    .toWellFormed()
    .replaceAll("\0", " ")
    .split(/\s+/u)
    .filter((word) => searchable.test(word))
    .map((word) => `"${word.replaceAll('"', '""')}"`);
  return words.length === 0 ? null : `${words.join(" AND ")}*`;
}
