// fio in the words of the reference data: the paper's job names, and reads and writes of the mixed job as parts.
import { largeBlock } from "../workloads/fio-reading.ts";
import { term, type Words, type WordsInputs } from "./word-inputs.ts";

const jobNames: Readonly<Record<string, string>> = {
  "write 1048576 16x1": "sequential-fill",
  "read 1048576 1x1": "seq-read-1",
  "read 1048576 2x1": "seq-read-2",
  "randwrite 4096 16x1": "random-write-16",
  "randwrite 4096 16x8": "random-write-16x8",
  "randread 4096 16x1": "random-read-16",
  "randread 4096 16x8": "random-read-16x8",
  "randrw 4096 32x8": "mixed-random-rw-32x8",
};

/** A job that the paper did not run is named by what it does: `randrw 4096 16x1`. */
export function fioWords({ metric, parameters }: WordsInputs): Words {
  const { pattern, blockBytes, depth, jobs, readPercent } = parameters;
  const key = `${String(pattern)} ${String(blockBytes)} ${String(depth)}x${String(jobs)}`;
  const mixed = pattern === "randrw";
  const [, side, rest] = /^(read|write)-(.+)$/.exec(metric) ?? [];
  return {
    quantity: isTwin(metric, parameters) ? metric : quantityOf(metric, rest),
    terms: {
      job: jobNames[key] ?? key,
      rw: mixed ? `randrw${String(readPercent)}` : term(parameters, "pattern"),
      bs_bytes: term(parameters, "blockBytes"),
      iodepth: term(parameters, "depth"),
      numjobs: term(parameters, "jobs"),
      concurrency: typeof depth === "number" && typeof jobs === "number" ? depth * jobs : null,
      // One side of a job that only reads, or only writes, is the whole of it.
      ...(mixed && side !== undefined ? { part: side } : {}),
    },
  };
}

/** A job with small blocks reports its operations as a whole; those of its only side are the same number again. */
function isTwin(metric: string, { pattern, blockBytes }: WordsInputs["parameters"]): boolean {
  return (
    pattern !== "randrw" &&
    typeof blockBytes === "number" &&
    blockBytes < largeBlock &&
    /^(read|write)-iops$/.test(metric)
  );
}

const ofSide: Readonly<Record<string, string>> = {
  iops: "iops",
  bandwidth: "bandwidth_total",
  "latency-mean": "completion_latency_mean",
  "latency-p50": "completion_latency_p50",
  "latency-p99": "completion_latency_p99",
};

function quantityOf(metric: string, rest: string | undefined): string {
  return rest === undefined ? metric : (ofSide[rest] ?? metric);
}
