// The interval of a ratio of variances of two normal samples, by the F distribution.
import { incompleteBeta } from "./student.ts";

/**
 * Interval at `level` of σa² / σb² from the samples' ratio s² and degrees of freedom: s² / F(1 - α/2) to s² / F(α/2).
 * It is exact for normal values and independent samples; both must have at least one degree of freedom.
 */
export function varianceRatioInterval(
  ratio: number,
  degrees: readonly [number, number],
  level: number,
): [number, number] {
  const tail = (1 - level) / 2;
  return [ratio / varianceRatioQuantile(1 - tail, degrees), ratio / varianceRatioQuantile(tail, degrees)];
}

/** The x that P(F <= x) = probability, by bisection; I of d1 x / (d1 x + d2) (A&S 26.6.2). */
export function varianceRatioQuantile(
  probability: number,
  [first, second]: readonly [number, number],
): number {
  if (!(probability > 0 && probability < 1) || !(first > 0) || !(second > 0)) return Number.NaN;
  const below = (x: number) => incompleteBeta((first * x) / (first * x + second), first / 2, second / 2);
  let low = 0;
  let high = 1;
  while (below(high) < probability) {
    low = high;
    high *= 2;
  }
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (below(middle) < probability) low = middle;
    else high = middle;
  }
}
