// Ids of files that the core keeps: what they are, and six hexadecimal digits.

/** `draft-3fa91c`. */
export function freshId(kind: "draft" | "preset"): string {
  const digits = crypto.getRandomValues(new Uint8Array(3));
  return `${kind}-${[...digits].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
