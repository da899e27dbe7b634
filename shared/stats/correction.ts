// Corrections of p values for the number of comparisons.

/** Holm 1979: adjusted p values in the order given; the chance of one or more false among those below α is at most α. */
export function holm(values: readonly number[]): number[] {
  const order = ascending(values);
  const adjusted = Array.from({ length: values.length }, () => 1);
  let largest = 0;
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (values.length - rank) * (values[index] ?? 1)));
    adjusted[index] = largest;
  }
  return adjusted;
}

/**
 * Benjamini and Hochberg 1995: adjusted p values in the order given; the expected share of false ones among those below
 * α is at most α, for independent and for positively dependent tests (Benjamini and Yekutieli 2001).
 */
export function benjaminiHochberg(values: readonly number[]): number[] {
  const order = ascending(values);
  const adjusted = Array.from({ length: values.length }, () => 1);
  let smallest = 1;
  for (let rank = values.length; rank >= 1; rank -= 1) {
    const index = order[rank - 1] ?? 0;
    smallest = Math.min(smallest, ((values[index] ?? 1) * values.length) / rank);
    adjusted[index] = smallest;
  }
  return adjusted;
}

function ascending(values: readonly number[]): number[] {
  return values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
}
