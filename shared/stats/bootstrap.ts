// Interval of any statistic by resampling: for medians and percentiles, where Student's t does not apply.
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { Estimate } from "../model/result.ts";
import { randomStream } from "../plan/random-stream.ts";
import { quantile } from "./summary.ts";

/**
 * The statistic of the sample with its 95 % percentile interval (Efron 1979), from `resamples` resamples; the same seed
 * gives the same interval. Null for no values, without interval below two. With fewer than about ten values the
 * interval is too narrow, and no resampling can mend that.
 */
export function bootstrap(
  values: readonly number[],
  statistic: (sample: readonly number[]) => number,
  options: { readonly seed: number; readonly resamples?: number },
): Estimate | null {
  const { seed, resamples = 2000 } = options;
  if (values.length === 0) return null;
  const value = statistic(values);
  if (values.length === 1) return { value, interval: null };
  const random = randomStream(seed, values.length);
  const statistics = Array.from({ length: resamples }, () =>
    statistic(values.map(() => values[uniformInt(random, 0, values.length - 1)] ?? Number.NaN)),
  );
  return { value, interval: [quantile(statistics, 0.025), quantile(statistics, 0.975)] };
}
