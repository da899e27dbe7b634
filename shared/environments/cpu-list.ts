// CPU and node lists in the kernel's format (`0-7,16-23`), as sets of numbers.

/** Numbers of a list, ascending and unique. An inverted range (`3-1`) holds none; more than 65536 numbers are cut off. */
export function numbersOf(list: string): readonly number[] {
  const numbers = new Set<number>();
  for (const part of list.split(",")) {
    const [first = Number.NaN, last = first] = part.split("-").map(Number);
    for (let number = first; number <= last && numbers.size < 65_536; number += 1) numbers.add(number);
  }
  return [...numbers].toSorted((a, b) => a - b);
}

/** Numbers of `list` that `available` does not have. */
export function missingOf(list: string, available: string): readonly number[] {
  const there = new Set(numbersOf(available));
  return numbersOf(list).filter((number) => !there.has(number));
}
