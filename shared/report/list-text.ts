// Things named in a sentence.

/** `a`, `a and b`, `a, b and c`; things that hold a comma themselves are parted by semicolons: `a, b; and c`. */
export function listText(items: readonly string[]): string {
  const last = items.at(-1);
  if (last === undefined) return "";
  if (items.length === 1) return last;
  const others = items.slice(0, -1);
  return items.some((item) => item.includes(","))
    ? `${others.join("; ")}; and ${last}`
    : `${others.join(", ")} and ${last}`;
}

const words = [
  "no",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

/** A small number as a word, with its noun: `one block`, `three blocks`, `13 blocks`. */
export function wordCount(count: number, one: string, many = `${one}s`): string {
  return `${words[count] ?? count} ${count === 1 ? one : many}`;
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
