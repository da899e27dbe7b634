// One labelled value for people, and the units that such values are written in.

export interface FactRow {
  readonly label: string;
  /** With its unit. */
  readonly value: string;
  /** What should be known beside it; empty where nothing. */
  readonly remark: string;
}

export interface FactGroup {
  readonly title: string;
  readonly rows: readonly FactRow[];
}

export function row(label: string, value: string, remark = ""): FactRow {
  return { label, value: value === "" ? "empty" : value, remark };
}

/** Binary units with three significant digits at most: `256 GiB`, `1.5 MiB`, `0 B`. */
export function sizeText(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let value = bytes;
  let unit = 0;
  // 999.5 would be written with four digits.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toPrecision(3))} ${units[unit]}`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
