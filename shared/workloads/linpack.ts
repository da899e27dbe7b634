// LINPACK: a dense system of equations solved by LU factorisation, with Tare's own driver of the environment's LAPACK
// (assets/kernels/linpack.c), or with Intel's xlinpack_xeon64 where the user has put it into the userland.
import { z } from "zod";
import { hostPathSchema } from "../model/text.ts";
import type { Condition, RunProgram, Surroundings, Workload } from "../model/workload.ts";
import { linpackMetrics, linpackReading, linpackReadings } from "./linpack-output.ts";
import { memoryShortage } from "./measure.ts";

const systemShape = {
  /** Number of equations. */
  order: z.number().int().min(1).max(1_000_000),
  /** Doubles from one column of the matrix to the next, at least the order. */
  leadingDimension: z.number().int().min(1).max(2_000_000),
  /** Solutions timed one after the other in one start of the program. */
  trials: z.number().int().min(1).max(1000),
};

const openblasSchema = z.strictObject({
  engine: z.literal("openblas"),
  ...systemShape,
  /** Trials before those that count. */
  warmUpTrials: z.number().int().min(0).max(1000),
  /** Threads of the library; absent: one for each CPU of the environment. */
  threads: z.number().int().min(1).max(4096).optional(),
  /** `madvise`: asks for transparent huge pages. `default`: as the kernel hands pages out. */
  pages: z.enum(["madvise", "default"]),
  /** Another LAPACK than the environment's OpenBLAS, by its path in the environment. */
  library: hostPathSchema.optional(),
});

const xlinpackSchema = z.strictObject({
  engine: z.literal("xlinpack"),
  ...systemShape,
  /** Path of xlinpack_xeon64 in the environment. */
  program: hostPathSchema,
  /** Alignment of the matrix. */
  alignmentKib: z.number().int().min(1).max(1024),
  /** OMP_NUM_THREADS; absent: as Intel's runtime chooses. */
  threads: z.number().int().min(1).max(4096).optional(),
});

const parametersSchema = z
  .discriminatedUnion("engine", [openblasSchema, xlinpackSchema])
  .refine(({ order, leadingDimension }) => leadingDimension >= order, {
    path: ["leadingDimension"],
    message: "must be at least the order",
  });
export type LinpackParameters = z.infer<typeof parametersSchema>;
type XlinpackParameters = z.infer<typeof xlinpackSchema>;

const condition = (
  label: string,
  order: number,
  rest: { trials: number; warmUpTrials: number; pages: "madvise" | "default" },
): Condition => ({
  id: "linpack",
  label,
  workload: "linpack",
  parameters: { engine: "openblas", order, leadingDimension: order, ...rest },
});

export const linpack: Workload<LinpackParameters> = {
  name: "linpack",
  title: "LINPACK",
  summary:
    "Floating-point rate of solving a dense system of equations, measured with Tare's driver of LAPACK (OpenBLAS).",
  parserVersion: 1,
  parameters: parametersSchema,
  metrics: linpackMetrics,
  presets: {
    quick: [condition("LINPACK, 1000 equations", 1000, { trials: 2, warmUpTrials: 1, pages: "madvise" })],
    "as described": [
      condition("LINPACK, 45000 equations", 45_000, { trials: 10, warmUpTrials: 1, pages: "madvise" }),
    ],
    // xlinpack neither warmed up nor asked for huge pages. Its alignment of 1 KiB is less than what pages have.
    "as run": [
      condition("LINPACK, 45000 equations", 45_000, { trials: 10, warmUpTrials: 0, pages: "default" }),
    ],
  },
  network: false,
  needs: (parameters) => ({
    loadgenTools: [],
    environmentTools: parameters.engine === "xlinpack" ? [parameters.program] : [],
    ports: [],
    // The matrix, a few vectors, and the library's buffers.
    memoryBytes: 8 * parameters.order * (parameters.leadingDimension + 6) + 2 ** 27,
    diskBytes: parameters.engine === "xlinpack" ? 4096 : 0,
  }),
  // At 50 GFLOP/s, which two cores with AVX2 reach; the paper's 16 cores reached 291. Filling and checking take 10 ns an element.
  estimateSeconds: (parameters) => {
    const { order, trials } = parameters;
    const all = trials + (parameters.engine === "openblas" ? parameters.warmUpTrials : 0);
    return 0.3 + all * (operations(order) / 50e9 + order ** 2 * 10e-9);
  },
  check: (parameters, facts) =>
    memoryShortage(
      `LINPACK with ${parameters.order} equations`,
      linpack.needs(parameters).memoryBytes,
      facts.hostname,
      facts.memory.availableBytes,
    ),
  program: (parameters, surroundings) => {
    if (parameters.engine === "xlinpack") return xlinpackProgram(parameters, surroundings);
    const { order, leadingDimension, trials, warmUpTrials, threads, pages, library } = parameters;
    const options = {
      order,
      "leading-dimension": leadingDimension,
      trials,
      "warm-up": warmUpTrials,
      threads: threads ?? surroundings.cpus,
      pages,
      ...(library === undefined ? {} : { library }),
    };
    const argv = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    return {
      prepare: [],
      server: null,
      // Its warm-up is in the same process: a process of its own would warm nothing but the clock.
      warmUp: [],
      measure: { where: "environment", argv: [`${surroundings.kernelFolder}/linpack`, ...argv] },
      finish: [],
    };
  },
  parse: (raw) => linpackReading(raw.stdout),
  parseFile: linpackReadings,
};

/** Operations that LINPACK counts for a solution, whatever the program does (Dongarra, Luszczek, Petitet 2003). */
function operations(order: number): number {
  return (2 / 3) * order ** 3 + 2 * order ** 2;
}

// As Intel's runme_xeon64, which the paper's authors used: threads bound to cores before hyper-threads, input from a file.
function xlinpackProgram(parameters: XlinpackParameters, { dataFolder }: Surroundings): RunProgram {
  const { program, order, leadingDimension, trials, alignmentKib, threads } = parameters;
  const input = `${dataFolder}/tare-lininput`;
  const text = [
    "Input of Tare for xlinpack_xeon64",
    "Intel(R) Optimized LINPACK Benchmark data",
    "1 # number of tests",
    `${order} # problem sizes`,
    `${leadingDimension} # leading dimensions`,
    `${trials} # times to run a test`,
    `${alignmentKib} # alignment values (in KBytes)`,
    "",
  ].join("\n");
  return {
    prepare: [{ where: "environment", argv: ["tee", input], stdin: text }],
    server: null,
    warmUp: [],
    measure: {
      where: "environment",
      argv: [
        "env",
        "KMP_AFFINITY=nowarnings,compact,1,0,granularity=fine",
        ...(threads === undefined ? [] : [`OMP_NUM_THREADS=${threads}`]),
        program,
        input,
      ],
    },
    finish: [{ where: "environment", argv: ["rm", "-f", input] }],
  };
}
