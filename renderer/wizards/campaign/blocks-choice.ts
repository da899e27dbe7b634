// The number of blocks as it is typed, and the one that fits into a time.

/** A campaign has no more: see its schema. */
export const mostBlocks = 1000;

/** Quick choices of a campaign's time, in hours; a weekend is from Friday evening to Monday morning. */
export const timeChoices = [
  { hours: 1, title: "1 h" },
  { hours: 4, title: "4 h" },
  { hours: 12, title: "12 h" },
  { hours: 60, title: "a weekend (60 h)" },
] as const;

/** 0 where the text is no number of blocks. */
export function blocksOf(text: string): number {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
}

/** A positive decimal number as people type it (`1.5`, `1,5`); null where it is none. */
export function positiveNumber(text: string): number | null {
  const trimmed = text.trim().replace(",", ".");
  if (!/^\d+(\.\d+)?$/.test(trimmed)) return null;
  const value = Number(trimmed);
  return value > 0 ? value : null;
}

/** Whole blocks that fit into so many seconds besides what is done once; 0 where not even one does. */
export function blocksWithin(seconds: number, secondsOfBlock: number, secondsOnce: number): number {
  if (!(secondsOfBlock > 0)) return 0;
  return Math.min(mostBlocks, Math.max(0, Math.floor((seconds - secondsOnce) / secondsOfBlock)));
}
