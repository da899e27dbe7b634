// What differs between the results of two campaigns, tested as many comparisons and not as one.
import type { Correction, Effect, EffectTest } from "../model/comparison.ts";
import type { DataPoint, Dataset } from "../model/dataset.ts";
import type { Estimate } from "../model/result.ts";
import { benjaminiHochberg, holm } from "../stats/correction.ts";
import { studentQuantile } from "../stats/student.ts";
import { deviationOf, meanOf } from "../stats/summary.ts";
import { welch, type MeanWithError } from "../stats/welch.ts";
import { matchedPairs } from "./matching.ts";

/** Below that an adjusted p counts as a difference. */
const significance = 0.05;

/** A pair's tests before the correction. */
interface Raw {
  /** All that the tests do not tell. */
  readonly pair: Omit<Effect, "value" | "overhead">;
  readonly value: Omit<EffectTest, "adjusted" | "real"> | null;
  readonly overhead: Omit<EffectTest, "adjusted" | "real"> | null;
  /** How far from 1 the noise floors of both reach, on the log scale; 0 where neither has a control. */
  readonly floor: number;
}

/**
 * Effects of every campaign but the first against the first. Values are compared by Welch's t on logarithms, overheads
 * (ratios to native) by the same on the ratios' own estimates; p values of each kind are corrected over all campaigns.
 */
export function effects(datasets: readonly Dataset[], correction: Correction): Effect[] {
  const [first, ...others] = datasets;
  if (first === undefined) return [];
  const raw = others.flatMap((other) => rawEffects(first, other));
  const values = judged(raw, "value", correction);
  const overheads = judged(raw, "overhead", correction);
  const found = raw.map((effect, index): Effect => ({
    ...effect.pair,
    value: values[index] ?? null,
    overhead: overheads[index] ?? null,
  }));
  return found.sort((a, b) => rank(b) - rank(a));
}

/** Real effects before all others, larger ones before smaller. */
function rank({ value, overhead }: Effect): number {
  const size = (test: EffectTest | null) => (test === null ? 0 : Math.abs(Math.log(test.ratio.value)));
  const real = [value, overhead].filter((test) => test?.real === true);
  return real.length > 0 ? 1e6 + Math.max(...real.map(size)) : Math.max(size(value), size(overhead));
}

function rawEffects(first: Dataset, other: Dataset): Raw[] {
  const floors = [floorsOf(first), floorsOf(other)];
  return matchedPairs(first, other).map(({ first: a, second: b, cautions }): Raw => {
    const reason = obstacle(a, b);
    const slot = first.slots.find((each) => each.slot === a.slot);
    return {
      pair: {
        key: `${other.id} ${a.id}`,
        campaignId: other.id,
        subject: a.subject,
        title: a.title,
        unit: a.unit,
        better: a.better,
        conditionLabel: cellLabel(a),
        label: slot?.label ?? a.slot,
        primary: a.primary || b.primary,
        points: [a.id, b.id],
        means: [a.mean, b.mean],
        reason,
        cautions,
      },
      value: reason === null ? testOf(logMean(a), logMean(b)) : null,
      overhead: reason === null ? testOf(logRatio(a), logRatio(b)) : null,
      floor: Math.max(...floors.map((floor, index) => floor.get(floorKey([a, b][index] ?? a)) ?? 0)),
    };
  });
}

/** The condition's label, and what of the cell it leaves out: one condition measures four kernels, or GET and SET. */
function cellLabel({ conditionLabel, terms }: DataPoint): string {
  const rest = [terms["kernel"], terms["op"], terms["part"]].filter(
    (term): term is string => typeof term === "string" && !conditionLabel.includes(term),
  );
  return [...rest, ...(conditionLabel === "" ? [] : [conditionLabel])].join(", ");
}

function obstacle(a: DataPoint, b: DataPoint): string | null {
  if (a.emulated || b.emulated) return "Emulated runs are no results: they are not compared.";
  if (!(a.mean > 0) || !(b.mean > 0)) return "A value of zero has no ratio.";
  return null;
}

/** The mean of the logarithms; from mean and deviation where no repeats were kept (delta method). Null below two repeats. */
function logMean({ samples, n, mean, deviation, deviationNote }: DataPoint): MeanWithError | null {
  if (samples !== null) {
    if (samples.some(({ value }) => !(value > 0))) return null;
    const logs = samples.map(({ value }) => Math.log(value));
    const [center, spread] = [meanOf(logs), deviationOf(logs)];
    if (center === null || spread === null) return null;
    return { mean: center, variance: spread ** 2 / logs.length, freedom: logs.length - 1 };
  }
  if (n === null || n < 2 || deviation === null || deviationNote !== null) return null;
  return { mean: Math.log(mean), variance: (deviation / mean) ** 2 / n, freedom: n - 1 };
}

/** The logarithm of the ratio to native, from its interval: half of it is t times the error. */
function logRatio({ ratio, n, ratioDegrees }: DataPoint): MeanWithError | null {
  const freedom = ratioDegrees ?? (n ?? 0) - 1;
  if (ratio?.interval == null || !(freedom > 0)) return null;
  const [low, high] = ratio.interval;
  const half = (Math.log(high) - Math.log(low)) / 2;
  return {
    mean: Math.log(ratio.value),
    variance: (half / studentQuantile(0.975, freedom)) ** 2,
    freedom,
  };
}

function testOf(a: MeanWithError | null, b: MeanWithError | null): Raw["value"] {
  if (a === null || b === null) return null;
  const found = welch(a, b);
  if (found === null) return null;
  const { value, interval } = found.difference;
  const ratio: Estimate = {
    value: Math.exp(value),
    interval: interval === null ? null : [Math.exp(interval[0]), Math.exp(interval[1])],
  };
  return { ratio, p: found.p };
}

function judged(
  raw: readonly Raw[],
  kind: "value" | "overhead",
  correction: Correction,
): (EffectTest | null)[] {
  const tested = raw.flatMap((effect, index) => {
    const p = effect[kind]?.p ?? null;
    return p === null ? [] : [{ index, p }];
  });
  const correct = correction === "holm" ? holm : benjaminiHochberg;
  const adjusted = new Map(
    correct(tested.map(({ p }) => p)).map((value, at) => [tested[at]?.index ?? -1, value] as const),
  );
  return raw.map((effect, index) => {
    const test = effect[kind];
    if (test === null) return null;
    const value = adjusted.get(index) ?? null;
    const beyond = Math.abs(Math.log(test.ratio.value)) > effect.floor;
    return { ...test, adjusted: value, real: value === null ? null : value < significance && beyond };
  });
}

/** How far the A/A control of each condition and quantity lies from native, on the log scale. */
function floorsOf({ slots, points }: Dataset): ReadonlyMap<string, number> {
  const controls = new Set(slots.filter(({ control }) => control).map(({ slot }) => slot));
  return new Map(
    points.flatMap((point) => {
      if (!controls.has(point.slot) || point.ratio === null) return [];
      const ends = point.ratio.interval ?? [point.ratio.value, point.ratio.value];
      return [[floorKey(point), Math.max(...ends.map((end) => Math.abs(Math.log(end))))] as const];
    }),
  );
}

function floorKey({ conditionId, quantity, terms }: DataPoint): string {
  return `${conditionId} ${quantity} ${JSON.stringify(terms)}`;
}
