// What sysbench prints for an OLTP test: version 1.0 and 0.4.12, the paper's; a file may hold several reports.
import type { Distribution, Metric, Reading } from "../model/measurement.ts";
import { countText } from "../report/number.ts";
import { measurer } from "./measure.ts";
import { cutShort, linesOf, readAmount, unreadable } from "./output.ts";
import type { Line } from "./output.ts";

export const mysqlMetrics: readonly Metric[] = [
  { name: "throughput", title: "Transactions", unit: "1/s", better: "higher", primary: true },
  { name: "latency-mean", title: "Latency, mean", unit: "ms", better: "lower", primary: false },
  { name: "latency-p95", title: "Latency, 95th percentile", unit: "ms", better: "lower", primary: false },
  { name: "queries", title: "Queries", unit: "1/s", better: "higher", primary: false },
  { name: "errors", title: "Ignored errors", unit: "errors", better: "lower", primary: false },
  { name: "reconnects", title: "Reconnects", unit: "reconnects", better: "lower", primary: false },
  { name: "host-cpu", title: "CPU of the SUT, all CPUs", unit: "%", better: "lower", primary: false },
  {
    name: "packets-per-transaction",
    title: "Packets received by the SUT for each transaction",
    unit: "packets",
    better: "lower",
    primary: false,
  },
];
export const measureMysql = measurer(mysqlMetrics);

/** What a report says, by the line that says it; some are only in one of the two versions. */
const fields = {
  threads: /^Number of threads: (\S+)$/,
  writes: /^ +write: +(\S+)$/,
  queries: /^ +total: +(\S+)$/,
  transactions: /^ +transactions: +(\S+) +\((\S+) per sec\.\)$/,
  // Deadlocks in 0.4.12, which ends at any other error.
  errors: /^ +(?:ignored errors|deadlocks): +(\S+) +\(\S+ per sec\.\)$/,
  reconnects: /^ +reconnects: +(\S+) +\(\S+ per sec\.\)$/,
  seconds: /^ +total time: +(\S+)s$/,
  events: /^ +total number of events: +(\S+)$/,
  mean: /^ +avg: +([^\sm]+)(?:ms)?$/,
  p95: /^ +(?:95th|approx\. +95) percentile: +([^\sm]+)(?:ms)?$/,
  sum: /^ +sum: +(\S+)$/,
  end: /^ +execution time \(avg\/stddev\): +([\d.]+)\/[\d.]+$/,
} as const;
type Field = keyof typeof fields;
const onlyInOneVersion: ReadonlySet<Field> = new Set(["reconnects", "sum"]);

const begin = /^Running the test with following options:$/;
const bucket = /^ *(\d+\.\d{3}) \|\** +(\d+)$/;

interface Report {
  readonly found: Map<Field, { readonly text: string; readonly line: Line }>;
  readonly values: number[];
  readonly counts: number[];
}

/** Every report of the text. Throws OUTPUT_UNREADABLE where one is not whole or does not agree with itself. */
export function sysbenchReadings(text: string): readonly Reading[] {
  const lines = linesOf(text);
  const readings: Reading[] = [];
  let report: Report | null = null;
  for (const line of lines) {
    if (begin.test(line.text)) {
      if (report !== null) throw unreadable("sysbench", "the report before it has no end", line);
      report = { found: new Map(), values: [], counts: [] };
    }
    if (report === null) continue;
    take(report, line);
    if (!report.found.has("end")) continue;
    if (!line.complete) throw unreadable("sysbench", "the last line has no end and may be cut", line);
    readings.push(readingOf(report, line));
    report = null;
  }
  if (report !== null) throw cutShort("sysbench", "the end of a report", lines);
  return readings;
}

function take(report: Report, line: Line): void {
  const [, value, count] = bucket.exec(line.text) ?? [];
  if (value !== undefined && count !== undefined) {
    report.values.push(readAmount(value, "sysbench", line));
    report.counts.push(readAmount(count, "sysbench", line));
    return;
  }
  for (const [name, pattern] of Object.entries(fields) as [Field, RegExp][]) {
    const text = pattern.exec(line.text)?.[1];
    if (text === undefined) continue;
    if (report.found.has(name)) throw unreadable("sysbench", `${name} stands there twice`, line);
    report.found.set(name, { text, line });
  }
}

function readingOf({ found, values, counts }: Report, end: Line): Reading {
  const optional = (name: Field): number | null => {
    const each = found.get(name);
    if (each === undefined && !onlyInOneVersion.has(name))
      throw unreadable("sysbench", `the report has no line for ${name}`, end);
    return each === undefined ? null : readAmount(each.text, "sysbench", each.line);
  };
  const get = (name: Field): number => optional(name) ?? 0;
  const [transactions, seconds, mean] = [get("transactions"), get("seconds"), get("mean")];
  if (transactions === 0 || seconds === 0) throw unreadable("sysbench", "no transaction was completed", end);
  if (transactions !== get("events"))
    throw unreadable("sysbench", "transactions and events differ in number", end);
  const rate = transactions / seconds;
  const printed = Number(fields.transactions.exec(found.get("transactions")?.line.text ?? "")?.[2]);
  // sysbench reads the clock once more for the total time, which on a busy machine is some ms later.
  if (!(Math.abs(transactions / printed - seconds) <= 0.25 + 0.01 * seconds))
    throw unreadable(
      "sysbench",
      "the printed rate is not transactions over time",
      found.get("transactions")?.line,
    );
  const [reconnects, sum] = [optional("reconnects"), optional("sum")];
  const errors = get("errors");
  return {
    measurements: [
      measureMysql("throughput", rate),
      // The mean is printed with two digits after the point; their sum over the events tells more.
      measureMysql("latency-mean", sum === null ? mean : sum / transactions),
      measureMysql("latency-p95", get("p95")),
      measureMysql("queries", get("queries") / seconds),
      measureMysql("errors", errors),
      ...(reconnects === null ? [] : [measureMysql("reconnects", reconnects)]),
    ],
    distributions: distributionOf(values, counts, transactions, end),
    remarks: [
      countText(get("threads"), "thread"),
      get("writes") === 0 ? "the transactions only read" : "the transactions read and write",
      ...(errors === 0 ? [] : [`${countText(errors, "transaction")} met an error and began again`]),
      ...(reconnects === null || reconnects === 0
        ? []
        : [`${countText(reconnects, "connection")} lost and made again`]),
    ],
  };
}

/** The histogram, which is printed on request only. */
function distributionOf(
  values: readonly number[],
  counts: readonly number[],
  events: number,
  end: Line,
): Distribution[] {
  if (counts.length === 0) return [];
  const ascending = values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0));
  if (!ascending || counts.reduce((sum, count) => sum + count, 0) !== events)
    throw unreadable("sysbench", "the histogram does not hold each event once", end);
  return [{ metric: "latency", unit: "ms", values: [...values], counts: [...counts] }];
}
