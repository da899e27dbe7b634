// Completion latencies of fio in the reference data: percentiles, as fio printed them.
import type { DataDistribution } from "../model/dataset.ts";
import { quantityTitle } from "../dataset/quantities.ts";
import { termsText } from "../dataset/terms-text.ts";
import { sourceOf, paperSlot } from "./paper-dataset.ts";
import type { PaperFile } from "./paper-file.ts";

/** Percentiles of completion latency, µs; only some 17 points of each distribution were kept. */
export function paperDistributions(file: PaperFile): DataDistribution[] {
  return file.cdfs.map((cdf) => {
    const { job, rw } = cdf.cond;
    const terms = { ...cdf.cond, part: cdf.part ?? null };
    return {
      subject: "fio",
      quantity: "completion_latency",
      title: quantityTitle("fio", "completion_latency"),
      unit: "µs",
      conditionId: termsText({ job: job ?? null, part: cdf.part ?? null }),
      conditionLabel: termsText({ job: job ?? null, rw: rw ?? null, part: cdf.part ?? null }),
      terms,
      slot: paperSlot(cdf),
      environment: cdf.env,
      paperEnvironment: null,
      values: cdf.value_us,
      shares: cdf.percentile.map((percent) => percent / 100),
      observations: null,
      blocks: null,
      emulated: false,
      source: sourceOf(cdf),
    };
  });
}
