// RandomAccess: the kernel really compiled and run, its sequence held against the definition, and what is read from its output.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Surroundings } from "#shared/model/workload.ts";
import { bindCondition, workloads } from "#shared/workloads/registry.ts";
import { builtKernel } from "./built-kernel.ts";
import { installed, runLocally, runOk } from "./local.ts";
import { bound, fixture, referenceLog, valuesOf } from "./samples.ts";

const hasCompiler = installed("RandomAccess", "gcc");
const scratch = mkdtempSync(join(tmpdir(), "tare-randomaccess-"));
const variants = ["hpcc", "paper"] as const;
let program = "";

const surroundings: Surroundings = {
  serverAddress: "",
  dataFolder: scratch,
  kernelFolder: scratch,
  loadgenKernelFolder: scratch,
  device: null,
  cpus: 2,
};

beforeAll(async () => {
  if (hasCompiler) program = await builtKernel("randomaccess", scratch);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function changed(variant: (typeof variants)[number], parameters: object) {
  const { condition } = bound("randomaccess", "quick", `randomaccess-${variant}`);
  return bindCondition({ ...condition, parameters: { ...condition.parameters, ...parameters } });
}

test.skipIf(!hasCompiler).each(variants)(
  "%s: one thread makes no error, whatever the number of updates",
  async (variant) => {
    for (const updates of [128, 1000, 4095, 100_001]) {
      const condition = changed(variant, { tableLog2: 10, updates, threads: 1 });
      const reading = condition.parse(await runOk(condition.program(surroundings).measure));
      expect(valuesOf(reading).errors).toBe(0);
      expect(reading.remarks).toEqual(expect.arrayContaining([`variant: ${variant}`, "threads: 1"]));
    }
  },
);

test.skipIf(!hasCompiler).each(variants)(
  "%s: three threads lose at most one word in a hundred",
  async (variant) => {
    const condition = changed(variant, { tableLog2: 18, updates: 200_000, threads: 3 });
    const reading = condition.parse(await runOk(condition.program(surroundings).measure));
    expect(valuesOf(reading).errors).toBeLessThanOrEqual(1);
    expect(reading.remarks).toContain("threads: 3");
    // 200000 = 1562 x 128 + 64: the paper's loop leaves the rest out.
    expect("region" in valuesOf(reading)).toBe(variant === "paper");
  },
);

test.skipIf(!hasCompiler)("the number of updates is by default four times the words", async () => {
  const { stdout } = await runOk({ argv: [program, "--variant", "hpcc", "--table-log2", "12"] });
  expect(stdout).toContain("\nUpdates: 16384\n");
});

const half = "run_hpcc(updates);";
test.skipIf(!hasCompiler).each([
  ["updates that are left out", half, "run_hpcc(updates / 2);"],
  ["updates that are made twice", half, "run_hpcc(updates), run_hpcc(updates / 2);"],
  [
    "another value than the sequence's",
    "table[random & mask] ^= random;\n    return",
    "table[random & mask] ^= random | 1;\n    return",
  ],
  ["streams that overlap", "element(first + j * length)", "element(first + j)"],
])("the check finds %s", async (what, replace, by) => {
  const wrong = await builtKernel("randomaccess", join(scratch, what), { replace, by });
  const raw = await runLocally([wrong, "--variant", "hpcc", "--table-log2", "12", "--threads", "2"]);
  expect(raw.status).toBe(1);
  expect(() => bound("randomaccess", "quick", "randomaccess-hpcc").parse(raw)).toThrow(
    /^RandomAccess's table does not hold what it must: \d+ of 4096 words are wrong, more than 1 % \(line \d+\)\.$/,
  );
});

/** The sequence by its definition: doubled as a polynomial, reduced by x^2 + x + 1 where x^64 comes up. */
function sequence(length: number): string[] {
  let value = 1n;
  return Array.from({ length }, () => {
    const now = value;
    value = ((value << 1n) & 0xffff_ffff_ffff_ffffn) ^ (value >> 63n === 1n ? 7n : 0n);
    return now.toString(16);
  });
}

test.skipIf(!hasCompiler)("jumping into the random sequence gives its values by definition", async () => {
  const places = [0, 1, 2, 63, 64, 65, 127, 1000, 12_345];
  const source = readFileSync(join(scratch, "randomaccess.c"), "utf8").replace("int main(", "int program(");
  const main = `int main(void) { const uint64_t k[] = {${places.join(",")}};
    for (int i = 0; i < ${places.length}; i++) printf("%llx\\n", (unsigned long long)element(k[i])); return 0; }`;
  const file = join(scratch, "sequence");
  expect(
    (await runLocally(["gcc", "-fopenmp", "-x", "c", "-", "-o", file], `${source}\n${main}\n`)).stderr,
  ).toBe("");
  const all = sequence(12_346);
  expect((await runOk({ argv: [file] })).stdout.trim().split("\n")).toEqual(
    places.map((place) => all[place]),
  );
});

test.skipIf(!hasCompiler)("an option that is wrong is named, with status 2", async () => {
  const failure = async (...options: string[]) => {
    const { status, stderr } = await runLocally([program, ...options]);
    return `${status} ${stderr}`;
  };
  expect(await failure("--variant", "hpcc", "--table-log2", "45")).toBe(
    '2 randomaccess: --table-log2 must be 8 to 44, not "45"\n',
  );
  expect(await failure("--variant", "other", "--table-log2", "10")).toMatch(/^2 usage: randomaccess /);
  expect(await failure("--table-log2", "10")).toMatch(/^2 usage: randomaccess /);
});

test("the commands of both variants: quick, and with the paper's table of 64 GiB", () => {
  const argv = (preset: "quick" | "as run") =>
    variants.map((variant) =>
      bound("randomaccess", preset, `randomaccess-${variant}`)
        .program(surroundings)
        .measure.argv.slice(1)
        .join(" "),
    );
  expect(argv("quick")).toEqual([
    "--variant hpcc --table-log2 22 --threads 2 --pages madvise",
    "--variant paper --table-log2 22 --updates 1048576 --threads 2 --pages madvise",
  ]);
  expect(argv("as run")).toEqual([
    "--variant hpcc --table-log2 33 --threads 2 --pages madvise",
    "--variant paper --table-log2 33 --updates 1000000000 --threads 2 --pages madvise",
  ]);
});

test("the output of either variant: rate, errors, huge pages; the paper's also has the time of a region", () => {
  const read = (variant: string) =>
    workloads.randomaccess.parseFile(fixture(`randomaccess/${variant}.txt`))[0];
  expect(valuesOf(read("hpcc"))).toEqual({
    gups: 0.439386684,
    errors: expect.closeTo((100 * 8) / 2 ** 20, 12),
    "huge-pages": 100,
  });
  expect(valuesOf(read("paper"))).toEqual({
    gups: 0.091748838,
    region: expect.closeTo((0.010898623 / 7812) * 1e6, 9),
    errors: expect.closeTo((100 * 7) / 2 ** 20, 12),
    "huge-pages": 100,
  });
  expect(read("hpcc")?.remarks).toEqual([
    "variant: hpcc",
    "threads: 2",
    "the table (8.0 MiB) is smaller than four times the last-level cache (32.0 MiB): the figures contain cache hits",
    "transparent huge pages: 8.0 of 8.0 MiB",
    "table: 8.0 MiB, 8 words wrong",
  ]);
});

test("numbers that do not agree with each other are no result", () => {
  const whole = fixture("randomaccess/hpcc.txt");
  const parse = (from: string, to: string) => () => workloads.randomaccess.parseFile(whole.replace(from, to));
  expect(parse("Rate: 0.4", "Rate: 0.5")).toThrow(/updates, time and rate do not agree/);
  expect(parse("Updates: 4194304\n", "")).toThrow(/the number of updates is missing/);
  expect(parse("of 1048576 words", "of 1048575 words")).toThrow(/another number of words was checked/);
  expect(parse("Errors: 8 ", "Errors: 1048577 ")).toThrow(/another number of words was checked/);
});

const [log, misnamed] = [referenceLog("gups-native.log"), referenceLog("gups-native-misnamed.log")];

test.skipIf(log === null || misnamed === null)(
  "the paper's logs: ten runs on two sockets, ten on one; 128 updates took 10 µs and 2.8 µs",
  () => {
    const readings = workloads.randomaccess.parseFile(log ?? "");
    const printed = [...(log ?? "").matchAll(/^(\S+) Billion/gm)].map((match) => Number(match[1]));
    expect(readings.map((reading) => valuesOf(reading).gups)).toEqual(printed);
    expect(readings).toHaveLength(20);
    expect(valuesOf(readings[0]).region).toBeCloseTo(10.1, 1);
    expect(valuesOf(readings[10]).region).toBeCloseTo(2.8, 1);
    expect(readings[3]?.remarks).toEqual(["variant: paper", "table: 64.0 GiB, 3 words wrong"]);
    // Its name says one socket; it holds the runs on two.
    expect(workloads.randomaccess.parseFile(misnamed ?? "")).toEqual(readings.slice(0, 10));
  },
);
