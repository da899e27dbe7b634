// Which metric of a workload the benchmark compares, and its values in pairs of runs.
import type { Measurement, Metric } from "#shared/model/measurement.ts";
import type { WorkloadName } from "#shared/model/workload.ts";
import type { Pair } from "#shared/stats/ratio.ts";
import { workloads } from "#shared/workloads/registry.ts";
import type { Both } from "./compare.ts";
import { valueOf } from "./session.ts";

interface Measured {
  readonly measurements: readonly Measurement[];
}

export interface Compared {
  /** Null where no pair was measured. */
  readonly metric: Metric | null;
  readonly pairs: readonly Pair[];
}

/** Throws an Error where a run lacks the metric of the first. */
export function comparedPairs(name: WorkloadName, both: readonly Both<Measured>[]): Compared {
  const [first] = both;
  if (first === undefined) return { metric: null, pairs: [] };
  const metric = comparedMetric(name, first.value.measurements);
  const pairs = both.map(({ value, baseline }) => ({
    value: valueOf(value.measurements, metric.name),
    baseline: valueOf(baseline.measurements, metric.name),
  }));
  return { metric, pairs };
}

/**
 * The first primary metric that was measured, or its mean over the repetitions where the workload has one: a best
 * repetition would hide a disturbance. Throws an Error where there is none.
 */
function comparedMetric(name: WorkloadName, measurements: readonly Measurement[]): Metric {
  const measured = workloads[name].metrics.filter((each) =>
    measurements.some(({ metric }) => metric === each.name),
  );
  const first = measured.find(({ primary }) => primary);
  const found = measured.find((each) => each.name === `${first?.name}-mean`) ?? first;
  if (found === undefined) throw new Error(`A run of ${name} measured none of its primary metrics.`);
  return found;
}
