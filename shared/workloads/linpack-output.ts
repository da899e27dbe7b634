// What the two LINPACK programs print: Tare's own table, and that of Intel's xlinpack, of which a log may hold several runs.
import { TareError } from "../model/error.ts";
import type { Measurement, Metric, Reading } from "../model/measurement.ts";
import { hugePages } from "./huge-pages.ts";
import { measurer } from "./measure.ts";
import { cutShort, linesOf, readAmount, unreadable } from "./output.ts";
import type { Line } from "./output.ts";

export const linpackMetrics: readonly Metric[] = [
  { name: "gflops", title: "Rate, mean of the trials", unit: "GFLOP/s", better: "higher", primary: true },
  { name: "gflops-best", title: "Rate, best trial", unit: "GFLOP/s", better: "higher", primary: false },
  // HPL calls a solution right below 16; Intel's program has a scale of its own.
  { name: "residual", title: "Normalised residual, largest", unit: "eps", better: "lower", primary: false },
  { name: "huge-pages", title: "Matrix in huge pages", unit: "%", better: "higher", primary: false },
];
const measure = measurer(linpackMetrics);

/** One trial that counts. */
interface Trial {
  readonly rate: number;
  readonly residual: number;
}

/** A run while it is read; `format` is null until its table begins. */
interface Run {
  readonly started: boolean;
  readonly format: "tare" | "xlinpack" | null;
  /** Trials that it announced. */
  readonly announced: number | null;
  readonly trials: readonly Trial[];
  readonly remarks: readonly string[];
  readonly pages: readonly Measurement[];
  /** The summary that xlinpack prints after its table has begun; the mean rate is in it. */
  readonly summary: boolean;
  readonly average: number | null;
}

const nothingYet: Run = {
  started: false,
  format: null,
  announced: null,
  trials: [],
  remarks: [],
  pages: [],
  average: null,
  summary: false,
};

interface Found {
  readonly readings: readonly Reading[];
  /** Runs that started and ended without a result. */
  readonly cut: number;
}

/** The one run of an output. Throws OUTPUT_UNREADABLE where it is cut, TOOL_FAILED where a solution was wrong. */
export function linpackReading(text: string): Reading {
  const { readings, cut } = readRuns(text);
  const [reading] = readings;
  if (reading === undefined || cut > 0)
    throw cutShort("LINPACK", "the solutions are verified", linesOf(text));
  if (readings.length > 1)
    throw unreadable("LINPACK", `it holds ${readings.length} results, one was expected`);
  return reading;
}

/** Every run in a log that came to its end; the last one says how many did not. */
export function linpackReadings(text: string): readonly Reading[] {
  const { readings, cut } = readRuns(text);
  const last = readings.at(-1);
  if (last === undefined) throw cutShort("LINPACK", "the solutions are verified", linesOf(text));
  if (cut === 0) return readings;
  const remark = `${cut} further ${cut === 1 ? "run" : "runs"} in this log ended without a result`;
  return [...readings.slice(0, -1), { ...last, remarks: [...last.remarks, remark] }];
}

function readRuns(text: string): Found {
  const readings: Reading[] = [];
  let run = nothingYet;
  let cut = 0;
  for (const line of linesOf(text)) {
    if (/^(LINPACK of Tare\b|Intel\(R\) Optimized LINPACK Benchmark data)/.test(line.text)) {
      if (run.started) cut += 1;
      run = { ...nothingYet, started: true };
    } else if (/^(Solutions Do Not Validate|Residual checks FAILED)/.test(line.text)) {
      throw wrongSolution(line);
    } else if (/^(Solutions Validate|Residual checks PASSED)$/.test(line.text)) {
      readings.push(finish(run, line));
      run = nothingYet;
    } else {
      run = readLine(run, line);
    }
  }
  return { readings, cut: cut + (run.started ? 1 : 0) };
}

function readLine(run: Run, line: Line): Run {
  if (/^Trial\s+Time \(s\)\s+Rate \(GFLOP\/s\)\s+Residual \(norm\)$/.test(line.text))
    return startTable(run, "tare", line);
  if (/^Size\s+LDA\s+Align\. Time\(s\)\s+GFlops\s+Residual\s+Residual\(norm\) Check$/.test(line.text))
    return startTable(run, "xlinpack", line);
  if (line.text.startsWith("Performance Summary")) return { ...run, summary: true };
  if (run.format === null) return readPreamble(run, line);
  if (run.format === "tare") return /^(\d|warm-up\b)/.test(line.text) ? readTareRow(run, line) : run;
  if (!/^\d/.test(line.text)) return run;
  return run.summary ? readSummary(run, line) : readXlinpackRow(run, line);
}

function startTable(run: Run, format: "tare" | "xlinpack", line: Line): Run {
  if (run.format !== null) throw unreadable("LINPACK", "a second table starts inside the first", line);
  return { ...run, format };
}

function readPreamble(run: Run, line: Line): Run {
  const remark = (text: string): Run => ({ ...run, remarks: [...run.remarks, text] });
  const announced = /^(?:Trials: (\d+), after \d+ for warm-up|Number of trials to run\s*: (\d+)\s*)$/.exec(
    line.text,
  );
  if (announced !== null)
    return { ...run, announced: readAmount(announced[1] ?? announced[2] ?? "", "LINPACK", line) };
  const told = /^(Library|Configuration|Core type|CPU flags|Order|Threads): (\S.*)$/.exec(line.text);
  if (told !== null) return remark(`${(told[1] ?? "").toLowerCase().replace("cpu", "CPU")}: ${told[2]}`);
  const size = /^Number of equations to solve \(problem size\) : (\d+)$/.exec(line.text);
  if (size !== null) return remark(`order: ${size[1]}`);
  const threads = /^Number of threads: (\d+)$/.exec(line.text);
  if (threads !== null) return remark(`threads: ${threads[1]}`);
  const pages = hugePages("LINPACK", line);
  if (pages === null) return run;
  const { percent } = pages;
  return { ...remark(pages.remark), pages: percent === null ? [] : [measure("huge-pages", percent)] };
}

function readTareRow(run: Run, line: Line): Run {
  const row = /^(\d+|warm-up)\s+(\S+)\s+(\S+)\s+(\S+)$/.exec(line.text);
  if (row === null || !line.complete) throw unreadable("LINPACK", "a trial is not three numbers", line);
  const [seconds = 0, rate = 0, residual = 0] = row.slice(2).map((text) => readAmount(text, "LINPACK", line));
  if (row[1] === "warm-up") return run;
  if (Number(row[1]) !== run.trials.length + 1)
    throw unreadable("LINPACK", `trial ${run.trials.length + 1} was expected`, line);
  return addTrial(run, seconds, { rate, residual }, line);
}

function readXlinpackRow(run: Run, line: Line): Run {
  const row = /^(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*$/.exec(line.text);
  if (row === null || !line.complete)
    throw unreadable("LINPACK", "a trial is not seven numbers and a check", line);
  const [seconds = 0, rate = 0, , residual = 0] = row
    .slice(4, 8)
    .map((text) => readAmount(text, "LINPACK", line));
  if (/^fail/i.test(row[8] ?? "")) throw wrongSolution(line);
  if (row[8] !== "pass") throw unreadable("LINPACK", "a trial's check is neither pass nor fail", line);
  return addTrial(run, seconds, { rate, residual }, line);
}

function addTrial(run: Run, seconds: number, trial: Trial, line: Line): Run {
  if (!(seconds > 0 && trial.rate > 0)) throw unreadable("LINPACK", "time and rate must be positive", line);
  return { ...run, trials: [...run.trials, trial] };
}

function readSummary(run: Run, line: Line): Run {
  const row = /^\d+\s+\d+\s+\d+\s+(\S+)\s+(\S+)\s*$/.exec(line.text);
  if (row === null || !line.complete || run.average !== null)
    throw unreadable("LINPACK", "the summary is not one line of five numbers", line);
  return { ...run, average: readAmount(row[1] ?? "", "LINPACK", line) };
}

function finish({ format, announced, trials, remarks, pages, average }: Run, line: Line): Reading {
  if (format === null || trials.length === 0) throw unreadable("LINPACK", "there are no trials", line);
  if (trials.length !== announced)
    throw unreadable("LINPACK", `${trials.length} trials instead of ${announced ?? "a known number"}`, line);
  const rates = trials.map(({ rate }) => rate);
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  // Half a unit of the fourth decimal, in each of the rates and in the average.
  if (average !== null && Math.abs(average - mean) > 1e-4 + 1e-9 * mean)
    throw unreadable("LINPACK", `the average of the trials is ${mean.toFixed(4)}, not ${average}`, line);
  return {
    measurements: [
      measure("gflops", mean),
      measure("gflops-best", Math.max(...rates)),
      measure("residual", Math.max(...trials.map(({ residual }) => residual))),
      ...pages,
    ],
    distributions: [],
    remarks: [`trials: ${trials.length}`, ...remarks],
  };
}

function wrongSolution(line: Line): TareError {
  return new TareError(
    "TOOL_FAILED",
    `LINPACK's solution does not solve its equations (line ${line.number}: "${line.text}").`,
  );
}
