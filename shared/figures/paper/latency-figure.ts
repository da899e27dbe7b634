// Figure 12 of the paper: how long random reads take, as a cumulative distribution.
import type { DataDistribution } from "../../model/dataset.ts";
import { cdfDefinition } from "../overlay/cdf.ts";

/** The paper's job: random reads of 4 KiB, 16 under way. */
const job = "random-read-16";

export const figure12 = cdfDefinition({
  id: "figure-12",
  number: 12,
  title: "fio: completion latency of random reads, cumulative",
  summary:
    "The share of random reads that were done within a time. The further right a line runs, the longer the reads took; its slope tells how evenly.",
  subject: "fio",
  quantity: "completion_latency",
  chosen,
  share: "reads done",
});

/** The paper's job where it was run, else the random reads with the fewest under way; without re-runs unless there is nothing else. */
function chosen(all: readonly DataDistribution[]): DataDistribution[] {
  const reads = all.filter(({ terms }) => terms["rw"] === "randread");
  const standing = reads.filter(({ source }) => source === null || source.inPaper !== false);
  const candidates = standing.length > 0 ? standing : reads;
  const underWay = ({ terms }: DataDistribution) =>
    terms["job"] === job
      ? -1
      : typeof terms["concurrency"] === "number"
        ? terms["concurrency"]
        : Number.MAX_VALUE;
  const [first] = candidates.toSorted((a, b) => underWay(a) - underWay(b));
  if (first === undefined) return [];
  return candidates.filter(({ conditionId }) => conditionId === first.conditionId);
}
