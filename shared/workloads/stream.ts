// STREAM: sustained memory bandwidth of COPY, SCALE, ADD and TRIAD, with Tare's own kernel (assets/kernels/stream.c).
import { z } from "zod";
import { TareError } from "../model/error.ts";
import type { Measurement, Metric, Reading } from "../model/measurement.ts";
import type { Condition, Workload } from "../model/workload.ts";
import { hugePages } from "./huge-pages.ts";
import { bytesText, measurer, memoryShortage } from "./measure.ts";
import { cutShort, linesOf, onlyOne, readAmount, unreadable } from "./output.ts";
import type { Line } from "./output.ts";

const parametersSchema = z.strictObject({
  /** Elements of each of the three arrays, 8 bytes each. */
  elements: z
    .number()
    .int()
    .min(1000)
    .max(2 ** 40),
  /** The first repetition is not counted. */
  repetitions: z.number().int().min(2).max(1000),
  /** OpenMP threads; absent: one for each CPU of the environment. */
  threads: z.number().int().min(1).max(4096).optional(),
  /** `madvise`: asks for transparent huge pages. `default`: as the kernel hands pages out. */
  pages: z.enum(["madvise", "default"]),
});
export type StreamParameters = z.infer<typeof parametersSchema>;

const functions = ["triad", "copy", "scale", "add"] as const;
type StreamFunction = (typeof functions)[number];

const metrics: readonly Metric[] = [
  ...functions.map((name): Metric => ({
    name,
    title: `${name.toUpperCase()}, best repetition`,
    unit: "GB/s",
    better: "higher",
    primary: true,
  })),
  ...functions.map((name): Metric => ({
    name: `${name}-mean`,
    title: `${name.toUpperCase()}, mean of the repetitions`,
    unit: "GB/s",
    better: "higher",
    primary: false,
  })),
  { name: "huge-pages", title: "Arrays in huge pages", unit: "%", better: "higher", primary: false },
];
const measure = measurer(metrics);

const condition = (label: string, parameters: StreamParameters): Condition => ({
  id: "stream",
  label,
  workload: "stream",
  parameters,
});

export const stream: Workload<StreamParameters> = {
  name: "stream",
  title: "STREAM",
  summary:
    "Sustained memory bandwidth of four simple kernels over large arrays, measured with Tare's own STREAM.",
  parserVersion: 1,
  parameters: parametersSchema,
  metrics,
  presets: {
    // 128 MiB an array: four times a last-level cache of 32 MiB. The output says when the cache is larger than that.
    quick: [condition("STREAM, 3 x 128 MiB", { elements: 2 ** 24, repetitions: 5, pages: "madvise" })],
    "as described": [
      condition("STREAM, 36.9 GiB", { elements: 1_650_163_200, repetitions: 10, pages: "madvise" }),
    ],
  },
  network: false,
  needs: ({ elements }) => ({
    loadgenTools: [],
    environmentTools: [],
    ports: [],
    memoryBytes: 24 * elements + 2 ** 25,
    diskBytes: 0,
  }),
  // 80 bytes an element and repetition, 24 to fill and check each, at 15 GB/s.
  estimateSeconds: ({ elements, repetitions }) => 0.2 + (elements * (80 * repetitions + 48)) / 15e9,
  check: (parameters, facts) =>
    memoryShortage(
      "STREAM",
      stream.needs(parameters).memoryBytes,
      facts.hostname,
      facts.memory.availableBytes,
    ),
  program: ({ elements, repetitions, threads, pages }, { kernelFolder, cpus }) => ({
    prepare: [],
    server: null,
    warmUp: [],
    measure: {
      where: "environment",
      argv: [
        `${kernelFolder}/stream`,
        "--elements",
        String(elements),
        "--repetitions",
        String(repetitions),
        "--threads",
        String(threads ?? cpus),
        "--pages",
        pages,
      ],
    },
    finish: [],
  }),
  parse: (raw) => onlyOne(readingsOf(raw.stdout), "stream", linesOf(raw.stdout)),
  parseFile: (text) => {
    const readings = readingsOf(text);
    if (readings.length === 0) throw cutShort("stream", "any result", linesOf(text));
    return readings;
  },
};

/** One table of results while it is read. */
interface Table {
  /** Factor from the printed rate to GB/s (1e9). */
  readonly toGigabytes: number;
  readonly rows: Map<StreamFunction, { readonly best: number; readonly mean: number }>;
}

/** What stands before the table. */
interface Preamble {
  readonly remarks: readonly string[];
  readonly measurements: readonly Measurement[];
  readonly arrayBytes: number | null;
}

const nothingYet: Preamble = { remarks: [], measurements: [], arrayBytes: null };

// A run ends with the line that says whether its arrays hold what they must; without that line it is not a result.
function readingsOf(text: string): readonly Reading[] {
  const readings: Reading[] = [];
  const lines = linesOf(text);
  let preamble = nothingYet;
  let table: Table | null = null;
  for (const line of lines) {
    const header = /^Function\s+(?:Best )?Rate \(?([GM])B\/s\)?\s+Avg time\s+Min time\s+Max time/.exec(
      line.text,
    );
    if (header !== null) {
      if (table !== null) throw unreadable("stream", "a second table starts inside the first", line);
      table = { toGigabytes: header[1] === "G" ? 1 : 1e-3, rows: new Map() };
    } else if (/^(Copy|Scale|Add|Triad):/.test(line.text)) {
      if (table === null) throw unreadable("stream", "a row stands before the table's head", line);
      addRow(table, line);
    } else if (/^(Solution Does Not Validate|Failed Validation)/.test(line.text)) {
      throw new TareError(
        "TOOL_FAILED",
        `STREAM's arrays did not hold what they must (line ${line.number}: "${line.text}").`,
      );
    } else if (line.text.startsWith("Solution Validates")) {
      readings.push(finish(preamble, table, line));
      preamble = nothingYet;
      table = null;
    } else {
      preamble = readPreamble(preamble, line);
    }
  }
  if (table !== null) throw cutShort("stream", "the results are verified", lines);
  return readings;
}

function addRow(table: Table, line: Line): void {
  const row = /^(\w+):\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*$/.exec(line.text);
  if (row === null || !line.complete) throw unreadable("stream", "a row is not four numbers", line);
  const name = (row[1] ?? "").toLowerCase() as StreamFunction;
  if (table.rows.has(name)) throw unreadable("stream", "a function stands twice in one table", line);
  const [rate = 0, mean = 0, least = 0, most = 0] = row
    .slice(2)
    .map((text) => readAmount(text, "stream", line));
  if (!(rate > 0 && least > 0 && least <= mean && mean <= most))
    throw unreadable("stream", "rate and times must be positive, with minimum <= average <= maximum", line);
  const best = rate * table.toGigabytes;
  table.rows.set(name, { best, mean: (best * least) / mean });
}

function readPreamble(preamble: Preamble, line: Line): Preamble {
  const remark = (text: string): Preamble => ({ ...preamble, remarks: [...preamble.remarks, text] });
  const elements = /^Array (?:elements: |size = )(\d+)\b/.exec(line.text);
  if (elements !== null)
    return { ...preamble, arrayBytes: 8 * readAmount(elements[1] ?? "", "stream", line) };
  const threads = /^(?:Threads: |Number of Threads requested = )(\d+)$/.exec(line.text);
  if (threads !== null) return remark(`threads: ${threads[1]}`);
  const cache = /^Last-level cache: (\d+) bytes$/.exec(line.text);
  if (cache !== null) {
    const bytes = readAmount(cache[1] ?? "", "stream", line);
    const { arrayBytes } = preamble;
    if (arrayBytes === null || arrayBytes >= 4 * bytes) return preamble;
    return remark(
      `an array (${bytesText(arrayBytes)}) is smaller than four times the last-level cache (${bytesText(bytes)}): the figures contain cache hits`,
    );
  }
  const pages = hugePages("stream", line);
  if (pages === null) return preamble;
  const { measurements } = preamble;
  const { percent } = pages;
  return {
    ...remark(pages.remark),
    measurements: percent === null ? measurements : [...measurements, measure("huge-pages", percent)],
  };
}

function finish(preamble: Preamble, table: Table | null, line: Line): Reading {
  const rows = functions.map((name) => ({ name, row: table?.rows.get(name) }));
  const measurements: Measurement[] = [];
  const means: Measurement[] = [];
  for (const { name, row } of rows) {
    if (row === undefined) throw unreadable("stream", `${name.toUpperCase()} is missing`, line);
    measurements.push(measure(name, row.best));
    means.push(measure(`${name}-mean`, row.mean));
  }
  return {
    measurements: [...measurements, ...means, ...preamble.measurements],
    distributions: [],
    remarks: [...preamble.remarks],
  };
}
