// The paper as a campaign: every point of the reference data with repeats, units, derivation and source.
import type { DataPoint, DataSlot, Dataset, PaperSource, Sample, Subject, Terms } from "../model/dataset.ts";
import { paperId } from "../model/dataset.ts";
import type { Estimate } from "../model/result.ts";
import { studentQuantile } from "../stats/student.ts";
import { meanEstimate, outliers } from "../stats/summary.ts";
import { quantityTitle, unitOf } from "../dataset/quantities.ts";
import { termsText } from "../dataset/terms-text.ts";
import { contradictions } from "./contradictions.ts";
import { environmentOf, paperEnvironmentLabel, paperEnvironmentOrder } from "./paper-environments.ts";
import type { PaperFile, PaperPoint, PaperSeries } from "./paper-file.ts";
import { variantOf } from "./paper-variants.ts";

/** The dataset of `assets/reference/felter2014.json`; points in the file's order, ratios to native from the means. */
export function paperDataset(file: PaperFile): Dataset {
  const series = new Map(file.series.map((each) => [each.id, each]));
  const points = file.points.flatMap((point, index) => {
    const of = series.get(point.s);
    return of === undefined || of.workload === "setup" ? [] : [pointOf(of, point, index)];
  });
  return {
    id: paperId,
    name: "Felter et al. 2014",
    origin: "paper",
    createdAt: `${file.repository.head_date}T00:00:00.000Z`,
    status: "complete",
    place: "IBM x3650 M4, two Xeon E5-2665, 256 GB (the authors' machines)",
    demo: false,
    network: null,
    blocks: null,
    slots: slotsOf(file.series),
    points: withRatios(points),
    settings: file.config.flatMap(({ workload, env, key, value, source }) =>
      workload === "setup" ? [] : [{ subject: workload, environment: env, key, value, source }],
    ),
    contradictions,
    ladders: [],
  };
}

/** Environment, and variant where the same environment was measured in other circumstances. */
export function paperSlot({ id, env }: Pick<PaperSeries, "id" | "env">): string {
  const variant = variantOf(id);
  return variant === null ? env : `${env}.${variant.suffix}`;
}

function slotsOf(series: readonly PaperSeries[]): DataSlot[] {
  const found = new Map<string, DataSlot>();
  for (const each of series) {
    const variant = variantOf(each.id);
    const label = paperEnvironmentLabel(each.env);
    const slot = paperSlot(each);
    found.set(slot, {
      slot,
      configurationId: slot,
      label: variant === null ? label : `${label} (${variant.label})`,
      environment: environmentOf(each.env),
      control: false,
      description: label,
    });
  }
  const place = ({ slot }: DataSlot) => paperEnvironmentOrder.indexOf(slot.split(".")[0] ?? slot);
  return [...found.values()].sort((a, b) => place(a) - place(b) || a.slot.localeCompare(b.slot));
}

function pointOf(series: PaperSeries, point: PaperPoint, index: number): DataPoint {
  const terms: Terms = { ...series.cond, ...point.x };
  const subject = series.workload as Subject;
  const within = series.stdev_kind ?? null;
  const marks = outliers(point.samples ?? []);
  const samples = point.samples?.map((value, at): Sample => ({
    block: at + 1,
    runId: null,
    value,
    outlier: marks[at] ?? false,
    startedAt: null,
  }));
  return {
    id: `${series.id}/${index}`,
    subject,
    quantity: series.metric,
    title: quantityTitle(subject, series.metric),
    unit: unitOf(subject, series.metric) ?? series.unit,
    better: series.better,
    conditionId: termsText(point.x),
    conditionLabel: termsText(point.x),
    terms,
    slot: paperSlot(series),
    environment: series.env,
    paperEnvironment:
      series.paper_env === undefined || series.paper_env === series.env ? null : series.paper_env,
    primary: series.primary && series.figure !== null,
    n: point.n,
    mean: point.mean,
    deviation: point.stdev,
    deviationNote: within,
    interval: intervalOf(point, within !== null),
    samples: samples ?? null,
    ratio: null,
    distinguishable: null,
    evidence: null,
    emulated: false,
    failed: 0,
    source: sourceOf(series),
  };
}

/** Student's t from the repeats, or from their number and deviation where only those were kept. */
function intervalOf({ samples, n, mean, stdev }: PaperPoint, within: boolean): [number, number] | null {
  if (within) return null;
  const estimate = samples === undefined ? null : meanEstimate(samples);
  if (estimate?.interval != null) return [...estimate.interval];
  if (n === null || n < 2 || stdev === null) return null;
  const half = (studentQuantile(0.975, n - 1) * stdev) / Math.sqrt(n);
  return [mean - half, mean + half];
}

export function sourceOf(
  series: Pick<PaperSeries, "id" | "figure" | "source" | "in_paper" | "primary"> &
    Partial<Pick<PaperSeries, "derivation" | "note" | "origin">>,
): PaperSource {
  return {
    series: series.id,
    figure: series.figure,
    files: series.source,
    derivation: series.derivation ?? "",
    note: series.note ?? null,
    origin: series.origin ?? "raw-log",
    inPaper: series.in_paper === "unclear" ? null : series.in_paper,
    primary: series.primary,
  };
}

/** Each point as a ratio to the native one with the same terms; the interval by the delta method on the logarithms. */
function withRatios(points: readonly DataPoint[]): DataPoint[] {
  const key = ({ subject, quantity, terms }: DataPoint) =>
    `${subject} ${quantity} ${JSON.stringify(Object.entries(terms).sort(([a], [b]) => a.localeCompare(b)))}`;
  const natives = new Map(
    points.filter(({ slot }) => slot === "native").map((point) => [key(point), point] as const),
  );
  return points.map((point) => {
    const native = natives.get(key(point));
    if (native === undefined || native === point || !(native.mean > 0) || !(point.mean > 0)) return point;
    const found = ratioInterval(point, native);
    const ratio: Estimate = { value: point.mean / native.mean, interval: found?.interval ?? null };
    if (found === null) return { ...point, ratio, distinguishable: null };
    const [low, high] = found.interval;
    return { ...point, ratio, ratioDegrees: found.degrees, distinguishable: low > 1 || high < 1 };
  });
}

/** Var(log a/b) ≈ (s_a / (a √n_a))² + (s_b / (b √n_b))²; t with Welch's degrees of freedom. Null without repeats of both. */
function ratioInterval(
  a: DataPoint,
  b: DataPoint,
): { readonly interval: readonly [number, number]; readonly degrees: number } | null {
  const parts = [a, b].map(({ n, mean, deviation, deviationNote }) =>
    n === null || n < 2 || deviation === null || deviationNote !== null
      ? null
      : { variance: (deviation / mean) ** 2 / n, freedom: n - 1 },
  );
  const [first, second] = parts;
  if (first == null || second == null) return null;
  const variance = first.variance + second.variance;
  if (variance === 0) return null;
  const degrees =
    variance ** 2 / (first.variance ** 2 / first.freedom + second.variance ** 2 / second.freedom);
  const half = studentQuantile(0.975, degrees) * Math.sqrt(variance);
  const ratio = Math.log(a.mean / b.mean);
  return { interval: [Math.exp(ratio - half), Math.exp(ratio + half)], degrees };
}
