// What Tare's RandomAccess prints, and what the program of the paper's authors printed after HPC Challenge's.
import { TareError } from "../model/error.ts";
import type { Metric, Reading } from "../model/measurement.ts";
import { hugePages } from "./huge-pages.ts";
import { bytesText, measurer } from "./measure.ts";
import { cutShort, linesOf, onlyOne, readAmount, unreadable } from "./output.ts";
import type { Line } from "./output.ts";

const tool = "RandomAccess";

export const randomaccessMetrics: readonly Metric[] = [
  { name: "gups", title: "Updates", unit: "GUP/s", better: "higher", primary: true },
  {
    name: "region",
    title: "Time of a parallel region, 128 updates",
    unit: "µs",
    better: "lower",
    primary: false,
  },
  { name: "errors", title: "Words lost to races", unit: "%", better: "lower", primary: false },
  { name: "huge-pages", title: "Table in huge pages", unit: "%", better: "higher", primary: false },
];
const measure = measurer(randomaccessMetrics);

/** The numbers of a run, as far as they have been read. */
type Field = "words" | "updates" | "seconds" | "rate" | "regions" | "errors" | "checked";
interface Run {
  readonly started: boolean;
  /** Printed by the authors' program. */
  readonly paper: boolean;
  readonly values: Readonly<Partial<Record<Field, number>>>;
  readonly percent: number | null;
  readonly remarks: readonly string[];
}

const nothingYet: Run = { started: false, paper: false, values: {}, percent: null, remarks: [] };

/** The one run of an output. Throws OUTPUT_UNREADABLE where it is cut, TOOL_FAILED where too much of the table was wrong. */
export function randomaccessReading(text: string): Reading {
  return onlyOne(readingsOf(text), tool, linesOf(text));
}

/** Every run in a log. */
export function randomaccessReadings(text: string): readonly Reading[] {
  const readings = readingsOf(text);
  if (readings.length === 0) throw cutShort(tool, "any result", linesOf(text));
  return readings;
}

/** Lines that hold numbers, in either format, and what the numbers are. */
const patterns: readonly { readonly line: RegExp; readonly fields: readonly Field[] }[] = [
  { line: /^Main table size\s+= 2\^\d+ = (\d+) words$/, fields: ["words"] },
  { line: /^(?:Updates: |Number of updates = )(\S+)$/, fields: ["updates"] },
  { line: /^Parallel regions: (\S+)$/, fields: ["regions"] },
  { line: /^(?:Time: (\S+) s|Real time used = (\S+) seconds)$/, fields: ["seconds"] },
  {
    line: /^(?:Rate: (\S+) GUP\/s|(\S+) Billion\(10\^9\) Updates\s+per second \[GUP\/s\])$/,
    fields: ["rate"],
  },
  {
    line: /^(?:Errors: (\S+) of (\S+) words|Found (\S+) errors in (\S+) locations \((?:passed|failed)\)\.)$/,
    fields: ["errors", "checked"],
  },
];

// A run ends with the line that says whether the table is right; without that line it is not a result.
function readingsOf(text: string): readonly Reading[] {
  const readings: Reading[] = [];
  const lines = linesOf(text);
  let run = nothingYet;
  for (const line of lines) {
    if (/^(RandomAccess of Tare\b|Generated on )/.test(line.text)) {
      if (run.started) throw unreadable(tool, "a run starts before the one before it has ended", line);
      const variant = /, variant (hpcc|paper)$/.exec(line.text)?.[1] ?? "paper";
      const paper = line.text.startsWith("Generated on ");
      run = { ...nothingYet, started: true, paper, remarks: [`variant: ${variant}`] };
      continue;
    }
    if (!run.started) continue;
    run = readLine(run, line);
    if (/^Table Does Not Validate|^Found .* \(failed\)\.$/.test(line.text)) throw wrongTable(run, line);
    if (!/^Table Validates$|^Found .* \(passed\)\.$/.test(line.text)) continue;
    readings.push(finish(run, line));
    run = nothingYet;
  }
  if (run.started) throw cutShort(tool, "the table is verified", lines);
  return readings;
}

function readLine(run: Run, line: Line): Run {
  for (const { line: pattern, fields } of patterns) {
    const match = pattern.exec(line.text);
    if (match === null) continue;
    const texts = match.slice(1).filter((text) => text !== undefined);
    const read = fields.map((field, index) => [field, readAmount(texts[index] ?? "", tool, line)] as const);
    if (fields.some((field) => run.values[field] !== undefined))
      throw unreadable(tool, "a line stands twice in one run", line);
    return { ...run, values: { ...run.values, ...Object.fromEntries(read) } };
  }
  return readRemark(run, line);
}

function readRemark(run: Run, line: Line): Run {
  const remark = (text: string): Run => ({ ...run, remarks: [...run.remarks, text] });
  const table = /^Table: 2\^(\d+) words /.exec(line.text);
  if (table !== null)
    return { ...run, values: { ...run.values, words: 2 ** readAmount(table[1] ?? "", tool, line) } };
  const threads = /^Threads: (\d+)$/.exec(line.text);
  if (threads !== null) return remark(`threads: ${threads[1]}`);
  const cache = /^Last-level cache: (\d+) bytes$/.exec(line.text);
  if (cache !== null) {
    const bytes = readAmount(cache[1] ?? "", tool, line);
    const tableBytes = 8 * (run.values.words ?? Infinity);
    if (tableBytes >= 4 * bytes) return run;
    return remark(
      `the table (${bytesText(tableBytes)}) is smaller than four times the last-level cache (${bytesText(bytes)}): the figures contain cache hits`,
    );
  }
  const pages = hugePages(tool, line);
  return pages === null ? run : { ...remark(pages.remark), percent: pages.percent };
}

function finish({ paper, values, percent, remarks }: Run, line: Line): Reading {
  const value = (field: Field, name: string): number => {
    const found = values[field];
    if (found === undefined) throw unreadable(tool, `the ${name} is missing`, line);
    return found;
  };
  const words = value("words", "size of the table");
  const updates = value("updates", "number of updates");
  const seconds = value("seconds", "time");
  const rate = value("rate", "rate");
  const errors = value("errors", "number of errors");
  if (values.checked !== words || errors > words)
    throw unreadable(tool, "another number of words was checked than the table has", line);
  if (!(seconds > 0 && rate > 0)) throw unreadable(tool, "time and rate must be positive", line);
  // Time and rate are rounded.
  if (Math.abs(updates / seconds / 1e9 - rate) > 0.01 * rate + 1e-9)
    throw unreadable(tool, "updates, time and rate do not agree", line);
  // The authors' program does not print it: one region for 128 updates.
  const regions = values.regions ?? (paper ? Math.floor(updates / 128) : 1);
  return {
    measurements: [
      measure("gups", rate),
      ...(regions > 1 ? [measure("region", (seconds / regions) * 1e6)] : []),
      measure("errors", (100 * errors) / words),
      ...(percent === null ? [] : [measure("huge-pages", percent)]),
    ],
    distributions: [],
    remarks: [...remarks, `table: ${bytesText(8 * words)}, ${errors} words wrong`],
  };
}

function wrongTable({ values }: Run, line: Line): TareError {
  const share = `${values.errors ?? "too many"} of ${values.checked ?? values.words ?? "its"} words are wrong`;
  return new TareError(
    "TOOL_FAILED",
    `RandomAccess's table does not hold what it must: ${share}, more than 1 % (line ${line.number}).`,
  );
}
