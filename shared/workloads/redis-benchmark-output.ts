// Reads redis-benchmark's text, of Redis 2.8 (one rate a command) and since 6.2 (percentiles and a summary in ms).
import type { Distribution, Measurement, Reading } from "../model/measurement.ts";
import { fromCumulative } from "./distribution.ts";
import { cutShort, linesOf, readAmount, unreadable } from "./output.ts";
import type { Line } from "./output.ts";
import { measureRedis, redisOperations } from "./redis-metrics.ts";

const tool = "redis-benchmark";

/** What was printed of one command. */
interface Section {
  readonly command: string;
  requests: number | null;
  clients: number | null;
  rate: number | null;
  /** Milliseconds. */
  latency: { mean: number; p50: number; p99: number } | null;
  /** Milliseconds and cumulative count. */
  readonly rows: [number, number][];
  /** Set while the lines of the percentiles are read, and when the summary's last line is next. */
  part: "head" | "percentiles" | "other" | "summary";
}

/**
 * One reading for each pass over the commands: a command that comes again starts the next. `both`: each reading must
 * hold GET and SET, as in a run of Tare; otherwise what there is of them is taken and passes without either are left out.
 */
export function benchmarkReadings(text: string, both: boolean): readonly Reading[] {
  const lines = linesOf(text);
  const sections = sectionsOf(lines);
  const passes: Map<string, Section>[] = [];
  for (const section of sections) {
    const current = passes.at(-1);
    if (current === undefined || current.has(section.command))
      passes.push(new Map([[section.command, section]]));
    else current.set(section.command, section);
  }
  const wanted = passes.filter((pass) => redisOperations.some((name) => pass.has(name.toUpperCase())));
  if (wanted.length === 0) throw cutShort(tool, "GET or SET", lines);
  if (both && wanted.some((pass) => !redisOperations.every((name) => pass.has(name.toUpperCase()))))
    throw cutShort(tool, "GET and SET are both there", lines);
  return wanted.map(readingOf);
}

function sectionsOf(lines: readonly Line[]): readonly Section[] {
  const done: Section[] = [];
  let open: Section | null = null;
  for (const line of lines) {
    // Progress is overwritten in place: only what follows the last carriage return stays on a terminal.
    const shown = line.text.slice(line.text.lastIndexOf("\r") + 1);
    const title = /^====== (\S.*?) ======\s*$/.exec(shown);
    if (title !== null) {
      if (open !== null) throw unreadable(tool, `${open.command} has no end before the next command`, line);
      open = {
        command: title[1] ?? "",
        requests: null,
        clients: null,
        rate: null,
        latency: null,
        rows: [],
        part: "head",
      };
    } else if (open !== null && readLine(open, shown, line)) {
      done.push(checked(open, line));
      open = null;
    }
  }
  if (open !== null) throw cutShort(tool, `${open.command} does`, lines);
  return done;
}

/** Takes one line into the section; true when the section ends with it. */
function readLine(section: Section, shown: string, line: Line): boolean {
  const requests = /^\s+(\S+) requests completed in \S+ seconds\s*$/.exec(shown);
  const clients = /^\s+(\S+) parallel clients\s*$/.exec(shown);
  const oldRate = /^(\S+) requests per second\s*$/.exec(shown);
  const newRate = /^\s*throughput summary: (\S+) requests per second\s*$/.exec(shown);
  if (requests !== null) section.requests = readAmount(requests[1] ?? "", tool, line);
  else if (clients !== null) section.clients = readAmount(clients[1] ?? "", tool, line);
  else if (shown.startsWith("Latency by percentile distribution:")) section.part = "percentiles";
  else if (shown.startsWith("Cumulative distribution of latencies:")) section.part = "other";
  else if (oldRate !== null || newRate !== null) {
    section.rate = readAmount((oldRate ?? newRate)?.[1] ?? "", tool, line);
    return oldRate !== null && ended(line);
  } else if (/^\s+avg\s+min\s+p50\s+p95\s+p99\s+max\s*$/.test(shown)) section.part = "summary";
  else if (section.part === "percentiles" && shown.includes("(cumulative count"))
    addRow(section, shown, line);
  else if (section.part === "summary" && /^\s+\d/.test(shown)) {
    const values = shown.trim().split(/\s+/);
    if (values.length !== 6) throw unreadable(tool, "the latency summary is not six numbers", line);
    const [mean = 0, , p50 = 0, , p99 = 0] = values.map((value) => readAmount(value, tool, line));
    section.latency = { mean, p50, p99 };
    return ended(line);
  }
  return false;
}

function ended(line: Line): boolean {
  if (!line.complete) throw unreadable(tool, "the last line has no end and may be cut", line);
  return true;
}

function addRow(section: Section, shown: string, line: Line): void {
  const row = /^\S+% <= (\S+) milliseconds \(cumulative count (\S+)\)\s*$/.exec(shown);
  if (row === null) throw unreadable(tool, "a percentile is not in its known form", line);
  const [latency, cumulative] = [readAmount(row[1] ?? "", tool, line), readAmount(row[2] ?? "", tool, line)];
  const before = section.rows.at(-1);
  if (before !== undefined && (latency < before[0] || cumulative < before[1]))
    throw unreadable(tool, "the percentiles do not ascend", line);
  section.rows.push([latency, cumulative]);
}

function checked(section: Section, line: Line): Section {
  const { command, requests, rate, rows } = section;
  if (requests === null || rate === null || rate === 0)
    throw unreadable(tool, `${command} has no number of requests or no rate`, line);
  const last = rows.at(-1);
  if (last !== undefined && last[1] !== requests)
    throw unreadable(tool, `the percentiles of ${command} end at ${last[1]} of ${requests} requests`, line);
  return section;
}

function readingOf(pass: ReadonlyMap<string, Section>): Reading {
  const found = redisOperations.flatMap((operation) => {
    const section = pass.get(operation.toUpperCase());
    return section === undefined
      ? []
      : [{ operation, section, rate: section.rate ?? 0, requests: section.requests ?? 0 }];
  });
  // The commands ran one after another: all requests over all seconds.
  const requests = found.reduce((sum, each) => sum + each.requests, 0);
  const seconds = found.reduce((sum, each) => sum + each.requests / each.rate, 0);
  const measurements: Measurement[] = [
    ...(found.length === redisOperations.length ? [measureRedis("throughput", requests / seconds)] : []),
    ...found.map(({ operation, rate }) => measureRedis(`${operation}-throughput`, rate)),
    ...found.flatMap(({ operation, section: { latency } }) =>
      latency === null
        ? []
        : (["mean", "p50", "p99"] as const).map((name) =>
            measureRedis(`${operation}-latency-${name}`, inMicroseconds(latency[name])),
          ),
    ),
  ];
  const distributions = found.flatMap(({ operation, section: { rows } }): readonly Distribution[] => {
    if (rows.length === 0) return [];
    const buckets = fromCumulative(
      rows.map(([latency, cumulative]) => [inMicroseconds(latency), cumulative]),
    );
    return [{ metric: `${operation}-latency`, unit: "µs", ...buckets }];
  });
  const clients = found[0]?.section.clients;
  return {
    measurements,
    distributions,
    remarks: clients === null || clients === undefined ? [] : [`${clients} clients`],
  };
}

/** redis-benchmark prints milliseconds with three decimals. */
function inMicroseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1e6) / 1e3;
}
