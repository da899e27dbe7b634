// Reads the text that fio 2.0 printed for people, as the paper's authors kept it. KB there are 1024 bytes.
import { TareError } from "../model/error.ts";
import type { Reading } from "../model/measurement.ts";
import { fioReading } from "./fio-reading.ts";
import type { FioSide } from "./fio-reading.ts";
import { cutShort, linesOf, readAmount, unreadable } from "./output.ts";
import type { Line } from "./output.ts";

/** A job while its lines are read. */
interface Job {
  readonly name: string;
  readonly sides: {
    side: FioSide["side"];
    iops: number;
    bytesPerSecond: number;
    mean: number | null;
    percentiles: Map<string, number>;
  }[];
  /** Factor from the printed percentiles to µs. */
  toMicroseconds: number;
}

const microseconds: Readonly<Record<string, number>> = { nsec: 1e-3, usec: 1, msec: 1e3 };

/** One reading a job, in the order of the file. */
export function textReadings(text: string): readonly Reading[] {
  const lines = linesOf(text);
  const blocks = new Map<string, number>();
  const readings: Reading[] = [];
  let job: Job | null = null;
  for (const line of lines) {
    const declared = /^(\S.*): \(g=\d+\): rw=\w+, bs=(\d+)([KM]?)[-/,]/.exec(line.text);
    const header = /^(\S.*): \(groupid=\d+, jobs=\d+\): err=\s*(\d+)/.exec(line.text);
    if (declared !== null) {
      const unit = declared[3] === "M" ? 2 ** 20 : declared[3] === "K" ? 1024 : 1;
      blocks.set(declared[1] ?? "", readAmount(declared[2] ?? "", "fio", line) * unit);
    } else if (header !== null) {
      if (job !== null) throw unreadable("fio", `job ${job.name} has no end before the next one`, line);
      if (Number(header[2]) !== 0)
        throw new TareError("TOOL_FAILED", `fio's job ${header[1]} ended with error ${header[2]}.`);
      job = { name: header[1] ?? "", sides: [], toMicroseconds: 1 };
    } else if (job !== null && /^\s+issued\s*: total=r=/.test(line.text)) {
      readings.push(finish(job, blocks.get(job.name) ?? 4096, line));
      job = null;
    } else if (job !== null) {
      readJobLine(job, line);
    }
  }
  if (job !== null) throw cutShort("fio", `job ${job.name} does`, lines);
  if (readings.length === 0) throw cutShort("fio", "any result", lines);
  return readings;
}

function readJobLine(job: Job, line: Line): void {
  const head = /^\s+(read|write)\s*:\s*io=/.exec(line.text);
  const current = job.sides.at(-1);
  if (head !== null) {
    const rest = /, bw=([^,]+?)([KMG]?)B\/s, iops=([^,]+?)\s*,\s*runt=\s*\d+\s*msec\s*$/.exec(line.text);
    if (rest === null) throw unreadable("fio", "bandwidth and IOPS are not where they should be", line);
    job.sides.push({
      side: head[1] === "read" ? "read" : "write",
      bytesPerSecond:
        readAmount(rest[1] ?? "", "fio", line) * 1024 ** ["", "K", "M", "G"].indexOf(rest[2] ?? ""),
      iops: readAmount(rest[3] ?? "", "fio", line),
      mean: null,
      percentiles: new Map(),
    });
  } else if (/^\s+clat \([mun]sec\)/.test(line.text)) {
    const found = /clat \(([mun]sec)\): min=[^,]+, max=[^,]+, avg=\s*([^,]+), stdev=/.exec(line.text);
    if (found === null || current === undefined)
      throw unreadable("fio", "the completion latency is not where it should be", line);
    current.mean = readAmount(found[2] ?? "", "fio", line) * (microseconds[found[1] ?? ""] ?? 1);
  } else if (/^\s+clat percentiles/.test(line.text)) {
    job.toMicroseconds = microseconds[/\(([mun]sec)\)/.exec(line.text)?.[1] ?? ""] ?? Number.NaN;
  } else if (/^\s+\|/.test(line.text) && current !== undefined) {
    for (const [, share = "", value = ""] of line.text.matchAll(/([\d.]+)th=\[\s*([^\]]*?)\s*\]/g))
      current.percentiles.set(share, readAmount(value, "fio", line) * job.toMicroseconds);
  }
}

function finish(job: Job, blockBytes: number, line: Line): Reading {
  const sides = job.sides.map(({ side, iops, bytesPerSecond, mean, percentiles }): FioSide => {
    const p50 = percentiles.get("50.00");
    const p99 = percentiles.get("99.00");
    if (mean === null || p50 === undefined || p99 === undefined || Number.isNaN(p50 + p99))
      throw unreadable("fio", `job ${job.name} has no readable completion latency`, line);
    return { side, iops, bytesPerSecond, latency: { mean, p50, p99 }, distribution: null };
  });
  if (sides.length === 0) throw unreadable("fio", `job ${job.name} shows no I/O`, line);
  if (new Set(sides.map(({ side }) => side)).size !== sides.length)
    throw unreadable("fio", `job ${job.name} shows one direction twice`, line);
  return fioReading(sides, blockBytes, [`job ${job.name}`]);
}
