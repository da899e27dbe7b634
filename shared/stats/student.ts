// Student's t distribution: the probability and its inverse, exact to about 12 digits.
import { gammaln } from "simple-statistics";

/** P(T <= t) for `degrees` degrees of freedom, by the regularised incomplete beta function (DLMF 8.17, A&S 26.7.1). */
export function studentProbability(t: number, degrees: number): number {
  const x = degrees / (degrees + t * t);
  const tail = 0.5 * incompleteBeta(x, degrees / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}

/** The t that P(T <= t) = probability, for probability in (0, 1) and degrees > 0; found by bisection. */
export function studentQuantile(probability: number, degrees: number): number {
  if (!(probability > 0 && probability < 1) || !(degrees > 0)) return Number.NaN;
  if (probability < 0.5) return -studentQuantile(1 - probability, degrees);
  let low = 0;
  let high = 1;
  while (studentProbability(high, degrees) < probability) {
    low = high;
    high *= 2;
  }
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentProbability(middle, degrees) < probability) low = middle;
    else high = middle;
  }
}

/** I_x(a, b), the regularised incomplete beta function. The continued fraction converges fast below the mean; above it the mirror image is used. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x) - Math.log(a),
  );
  return front * betaFraction(x, a, b);
}

/** The continued fraction DLMF 8.17.22, evaluated by the modified method of Lentz (Thompson and Barnett 1986). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const guarded = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guarded(1 + even * d);
    c = guarded(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guarded(1 + odd * d);
    c = guarded(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return result;
}
