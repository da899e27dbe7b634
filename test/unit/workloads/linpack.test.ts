// LINPACK: the driver really compiled and run over a small LAPACK of the tests' own, and what is read from its output and xlinpack's.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Surroundings } from "#shared/model/workload.ts";
import { bindCondition, presetConditions, workloads } from "#shared/workloads/registry.ts";
import { builtKernel, builtLibrary } from "./built-kernel.ts";
import { installed, runLocally, runOk } from "./local.ts";
import { bound, fixture, referenceLog, valuesOf } from "./samples.ts";

const hasCompiler = installed("LINPACK", "gcc");
const scratch = mkdtempSync(join(tmpdir(), "tare-linpack-"));
const lapack = new URL("../../fixtures/linpack/lapack.c", import.meta.url).pathname;
let program = "";
let library = "";

const surroundings: Surroundings = {
  serverAddress: "",
  dataFolder: scratch,
  kernelFolder: scratch,
  loadgenKernelFolder: scratch,
  device: null,
  cpus: 2,
};

beforeAll(async () => {
  if (!hasCompiler) return;
  program = await builtKernel("linpack", scratch);
  library = await builtLibrary(lapack, join(scratch, "lapack.so"));
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function changed(parameters: object) {
  const [condition] = presetConditions("linpack", "quick");
  if (condition === undefined) throw new Error("no condition");
  return bindCondition({ ...condition, parameters: { ...condition.parameters, ...parameters } });
}

function lines(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^([A-Z][A-Za-z ]+): (.*)$/gm)].map((each) => each.slice(1, 3)),
  );
}

test.skipIf(!hasCompiler).each([1, 2, 3, 17, 200])(
  "%i equations are solved, by more threads than there are columns too",
  async (order) => {
    const condition = changed({ order, leadingDimension: order + 7, threads: 5, library });
    const raw = await runOk(condition.program(surroundings).measure);
    const reading = condition.parse(raw);
    expect(valuesOf(reading).residual).toBeLessThan(1);
    expect(reading.remarks).toEqual(
      expect.arrayContaining(["trials: 2", "threads: 5", `order: ${order}`, `library: ${library}`]),
    );
  },
);

test.skipIf(!hasCompiler)(
  "rates are LINPACK's operations over the time, and the mean is over the trials",
  async () => {
    const condition = changed({ order: 150, leadingDimension: 150, trials: 4, warmUpTrials: 2, library });
    const raw = await runOk(condition.program(surroundings).measure);
    const rows = [...raw.stdout.matchAll(/^(\d+|warm-up)\s+(\S+)\s+(\S+)\s+(\S+)$/gm)];
    expect(rows.map((row) => row[1])).toEqual(["warm-up", "warm-up", "1", "2", "3", "4"]);
    for (const [, , seconds, rate] of rows)
      expect((((2 / 3) * 150 ** 3 + 2 * 150 ** 2) / Number(seconds) / 1e9 / Number(rate)).toFixed(2)).toBe(
        "1.00",
      );
    // The matrix is the same in every trial and on every machine.
    expect(new Set(rows.map((row) => row[4])).size).toBe(1);
    const counted = rows.slice(2).map((row) => Number(row[3]));
    expect(valuesOf(condition.parse(raw)).gflops).toBeCloseTo(counted.reduce((a, b) => a + b) / 4, 9);
    expect(valuesOf(condition.parse(raw))["gflops-best"]).toBe(Math.max(...counted));
  },
);

test.skipIf(!hasCompiler)("a solution that is wrong by a little ends with 1 and is no result", async () => {
  const wrong = await builtLibrary(lapack, join(scratch, "wrong.so"), ["ERROR=1e-9"]);
  const condition = changed({ order: 100, leadingDimension: 100, library: wrong });
  const raw = await runLocally(condition.program(surroundings).measure.argv);
  expect(raw.status).toBe(1);
  expect(() => condition.parse(raw)).toThrow(
    /^LINPACK's solution does not solve its equations \(line \d+: "Solutions Do Not Validate"\)\.$/,
  );
  const nothing = await builtLibrary(lapack, join(scratch, "nan.so"), ["ERROR=NAN"]);
  const argv = changed({ library: nothing }).program(surroundings).measure.argv;
  expect((await runLocally([program, "--order", "50", "--library", nothing])).status).toBe(1);
  expect(argv).toContain(nothing);
});

test.skipIf(!hasCompiler)("a residual that is worked out wrongly is noticed", async () => {
  const blind = await builtKernel("linpack", join(scratch, "blind"), {
    replace: "residual_of_row[row] -= entry * x[column];",
    by: "residual_of_row[row] -= entry * x[row];",
  });
  expect((await runLocally([blind, "--order", "50", "--library", library])).status).toBe(1);
  const one = await builtKernel("linpack", join(scratch, "one"), {
    replace: "sum_of_row[row] += fabs(entry);",
    by: "sum_of_row[row] += fabs(entry), residual_of_row[0] = NAN;",
  });
  expect((await runLocally([one, "--order", "50", "--threads", "1", "--library", library])).status).toBe(1);
});

test.skipIf(!hasCompiler)("what stands in the way is said on standard error, with status 1", async () => {
  const failing = await builtLibrary(lapack, join(scratch, "info.so"), ["INFO=3"]);
  const wide = await builtLibrary(lapack, join(scratch, "wide.so"), ['CONFIG="USE64BITINT"']);
  const failure = async (...options: string[]) => {
    const { status, stderr } = await runLocally([program, "--order", "10", ...options]);
    return `${status} ${stderr}`;
  };
  expect(await failure("--library", failing)).toBe("1 linpack: dgetrf ended with info 3\n");
  expect(await failure("--library", wide)).toBe(
    `1 linpack: ${wide} has 8-byte integers; one with 4-byte integers is needed\n`,
  );
  expect(await failure("--library", "/nonexistent.so")).toBe(
    "1 linpack: /nonexistent.so: cannot open shared object file: No such file or directory\n",
  );
  expect(await failure("--library", "libm.so.6")).toMatch(
    /^1 linpack: .*libm\.so\.6: undefined symbol: dgetrf_\n$/,
  );
  expect(await failure("--trials", "0")).toBe('2 linpack: --trials must be 1 to 100000, not "0"\n');
  expect(await failure("--leading-dimension", "9")).toMatch(/^2 usage: linpack --order N /);
});

test.skipIf(!hasCompiler)("with the system's OpenBLAS: its core type and threads", async ({ skip }) => {
  const condition = changed({ order: 500, leadingDimension: 500, threads: 3 });
  const raw = await runLocally(condition.program(surroundings).measure.argv);
  if (raw.stderr.includes("can be opened")) skip("libopenblas0-pthread is not installed");
  expect(raw.status, raw.stderr).toBe(0);
  const told = lines(raw.stdout);
  expect(told["Library"]).toMatch(/^\/.*(openblas|lapack)/);
  expect(told["CPU flags"]).toMatch(/\b(sse2|asimd)\b/);
  if (told["Core type"] === undefined) return;
  expect(told["Configuration"]).toContain(told["Core type"]);
  expect(told["Threads"]).toBe("3");
  expect(valuesOf(condition.parse(raw)).residual).toBeLessThan(1);
});

test("the quick and the paper's commands; xlinpack gets its input as a file and its threads bound", () => {
  const argv = (preset: "quick" | "as described" | "as run") =>
    bound("linpack", preset, "linpack").program(surroundings).measure.argv.slice(1).join(" ");
  expect(argv("quick")).toBe(
    "--order 1000 --leading-dimension 1000 --trials 2 --warm-up 1 --threads 2 --pages madvise",
  );
  expect(argv("as described")).toBe(
    "--order 45000 --leading-dimension 45000 --trials 10 --warm-up 1 --threads 2 --pages madvise",
  );
  expect(argv("as run")).toBe(
    "--order 45000 --leading-dimension 45000 --trials 10 --warm-up 0 --threads 2 --pages default",
  );
  const { prepare, measure, finish } = xlinpack.program({ ...surroundings, dataFolder: "/data" });
  expect(prepare).toEqual([
    {
      where: "environment",
      argv: ["tee", "/data/tare-lininput"],
      stdin: [
        "Input of Tare for xlinpack_xeon64",
        "Intel(R) Optimized LINPACK Benchmark data",
        "1 # number of tests",
        "45000 # problem sizes",
        "45000 # leading dimensions",
        "10 # times to run a test",
        "1 # alignment values (in KBytes)",
        "",
      ].join("\n"),
    },
  ]);
  expect(measure.argv).toEqual([
    "env",
    "KMP_AFFINITY=nowarnings,compact,1,0,granularity=fine",
    "/opt/intel/xlinpack_xeon64",
    "/data/tare-lininput",
  ]);
  expect(finish).toEqual([{ where: "environment", argv: ["rm", "-f", "/data/tare-lininput"] }]);
});

const xlinpack = bindCondition({
  id: "linpack",
  label: "LINPACK of Intel",
  workload: "linpack",
  parameters: {
    engine: "xlinpack",
    order: 45_000,
    leadingDimension: 45_000,
    trials: 10,
    alignmentKib: 1,
    program: "/opt/intel/xlinpack_xeon64",
  },
});

test("a program in xlinpack's place finds its input and its affinity, and nothing of it stays", async () => {
  const path = join(scratch, "in xlinpack's place");
  writeFileSync(path, '#!/bin/sh\necho "$KMP_AFFINITY, $OMP_NUM_THREADS threads"\nsed -n 4p "$1"\n', {
    mode: 0o755,
  });
  const { condition } = xlinpack;
  const { prepare, measure, finish } = bindCondition({
    ...condition,
    parameters: { ...condition.parameters, program: path, threads: 6 },
  }).program(surroundings);
  const before = readdirSync(scratch);
  for (const step of prepare) expect((await runLocally(step.argv, step.stdin)).status).toBe(0);
  expect((await runOk(measure)).stdout).toBe(
    "nowarnings,compact,1,0,granularity=fine, 6 threads\n45000 # problem sizes\n",
  );
  for (const step of finish) await runOk(step);
  expect(readdirSync(scratch)).toEqual(before);
});

test("parameters: the leading dimension holds the order, and the program is an absolute path", () => {
  expect(() => changed({ leadingDimension: 100 })).toThrow(
    /linpack parameters: leadingDimension must be at least the order/,
  );
  const { condition } = xlinpack;
  const other = (parameters: object) => () =>
    bindCondition({ ...condition, parameters: { ...condition.parameters, ...parameters } });
  expect(other({ program: "xlinpack" })).toThrow(/parameters: program must be an absolute path/);
  expect(other({ pages: "madvise" })).toThrow(/pages/);
});

test("Tare's table becomes the mean and the best of the trials, the largest residual and what the library is", () => {
  const reading = bound("linpack", "quick", "linpack").parse({
    stdout: fixture("linpack/tare.txt"),
    stderr: "",
  });
  expect(valuesOf(reading)).toEqual({
    gflops: expect.closeTo((53.3055 + 51.7674 + 51.3967) / 3, 9),
    "gflops-best": 53.3055,
    residual: 4.088191e-3,
    "huge-pages": expect.closeTo(100 * (16 / 17.2), 9),
  });
  expect(reading.remarks).toEqual([
    "trials: 3",
    "library: /usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblasp-r0.3.21.so",
    "configuration: OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY Cooperlake MAX_THREADS=64",
    "core type: Cooperlake",
    "threads: 2",
    "CPU flags: sse2 avx avx2 fma avx512f",
    "order: 1500",
    "transparent huge pages: 16.0 of 17.2 MiB",
  ]);
});

const log = referenceLog("linpack-native.log");

test.skipIf(log === null)("the paper's log: the mean that xlinpack printed, over its ten trials", () => {
  const [reading, ...others] = workloads.linpack.parseFile(log ?? "");
  expect(others).toEqual([]);
  expect(valuesOf(reading)).toEqual({
    gflops: expect.closeTo(290.8286, 4),
    "gflops-best": 292.3367,
    residual: 3.301464e-2,
  });
  expect(reading?.remarks).toEqual(["trials: 10", "threads: 32", "order: 45000"]);
});

test.skipIf(log === null)("a log of several runs: whole ones are read, and how many were cut is said", () => {
  const whole = log ?? "";
  const empty = whole.slice(0, whole.indexOf("45000  45000  1      208.417"));
  const cut = whole.slice(0, whole.indexOf("45000  45000  1      207.928"));
  const banner = whole.slice(0, whole.indexOf("This is a SAMPLE"));
  const readings = workloads.linpack.parseFile(`${banner}${empty}${whole}${cut}${whole}${empty}`);
  expect(readings.map((reading) => valuesOf(reading).gflops?.toFixed(4))).toEqual(["290.8286", "290.8286"]);
  expect(readings[0]?.remarks).toHaveLength(3);
  expect(readings[1]?.remarks.at(-1)).toBe("3 further runs in this log ended without a result");
  expect(() => workloads.linpack.parseFile(cut)).toThrow(/it ends before the solutions are verified/);
  expect(() => xlinpack.parse({ stdout: whole + empty, stderr: "" })).toThrow(/ends before/);
  expect(() => xlinpack.parse({ stdout: whole + whole, stderr: "" })).toThrow(/it holds 2 results/);
});

test.skipIf(log === null)("a trial that is missing, failed or not in the mean is no result", () => {
  const whole = log ?? "";
  const parse = (text: string) => () => workloads.linpack.parseFile(text);
  expect(parse(whole.replace(/^45000 .* 291\.5018 .*\n/m, ""))).toThrow(/9 trials instead of 10/);
  expect(parse(whole.replace("291.5018", "191.5018"))).toThrow(
    /the average of the trials is 280\.8286, not 290\.8286/,
  );
  expect(parse(whole.replace("3.301464e-02   pass", "3.301464e+02   FAIL"))).toThrow(
    /^LINPACK's solution does not solve its equations/,
  );
  expect(parse(whole.replace("Residual checks PASSED", "Residual checks FAILED"))).toThrow(
    /^LINPACK's solution does not solve its equations/,
  );
});
