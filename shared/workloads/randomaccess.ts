// RandomAccess of HPC Challenge: updates of a large table at random places, with Tare's own kernel (assets/kernels/randomaccess.c).
import { z } from "zod";
import type { Condition, Workload } from "../model/workload.ts";
import { bytesText, memoryShortage } from "./measure.ts";
import { randomaccessMetrics, randomaccessReading, randomaccessReadings } from "./randomaccess-output.ts";

const parametersSchema = z.strictObject({
  /**
   * `hpcc`: threads make their own parts of the random sequence, independent of each other, as HPC Challenge does.
   * `paper`: a parallel region for each 128 updates, as the paper's program: measures starting and ending regions with the memory.
   */
  variant: z.enum(["hpcc", "paper"]),
  /** The table has 2^tableLog2 words of 8 bytes. */
  tableLog2: z.number().int().min(8).max(44),
  /** Absent: four times as many as the table has words, as HPC Challenge asks. */
  updates: z
    .number()
    .int()
    .min(128)
    .max(2 ** 50)
    .optional(),
  /** OpenMP threads; absent: one for each CPU of the environment. */
  threads: z.number().int().min(1).max(4096).optional(),
  /** `madvise`: asks for transparent huge pages. `default`: as the kernel hands pages out. */
  pages: z.enum(["madvise", "default"]),
});
export type RandomaccessParameters = z.infer<typeof parametersSchema>;

const conditions = (tableLog2: number, paperUpdates: number): readonly Condition[] => {
  const table = bytesText(8 * 2 ** tableLog2);
  return [
    {
      id: "randomaccess-hpcc",
      label: `RandomAccess, ${table}, independent streams`,
      workload: "randomaccess",
      parameters: { variant: "hpcc", tableLog2, pages: "madvise" },
    },
    {
      id: "randomaccess-paper",
      label: `RandomAccess, ${table}, a parallel region for each 128 updates`,
      workload: "randomaccess",
      parameters: { variant: "paper", tableLog2, updates: paperUpdates, pages: "madvise" },
    },
  ];
};

export const randomaccess: Workload<RandomaccessParameters> = {
  name: "randomaccess",
  title: "RandomAccess",
  summary: "Updates of words at random places of a large table, measured with Tare's own RandomAccess.",
  parserVersion: 1,
  parameters: parametersSchema,
  metrics: randomaccessMetrics,
  presets: {
    // 32 MiB, and so few updates that an emulated guest is through in seconds. The output says when the cache is larger than that.
    quick: conditions(22, 2 ** 20),
    // The paper's text names no number of updates; its program has 10^9.
    "as described": conditions(33, 1e9),
  },
  network: false,
  needs: ({ tableLog2 }) => ({
    loadgenTools: [],
    environmentTools: [],
    ports: [],
    memoryBytes: 8 * 2 ** tableLog2 + 2 ** 25,
    diskBytes: 0,
  }),
  // The paper's variant at 0.02 GUP/s (it had 0.0125 and 0.045), hpcc and the check of either at 0.15, the table twice at 1 GB/s.
  estimateSeconds: (parameters) => {
    const words = 2 ** parameters.tableLog2;
    const updates = parameters.updates ?? 4 * words;
    const rate = parameters.variant === "paper" ? 0.02e9 : 0.15e9;
    return 0.1 + updates / rate + updates / 0.15e9 + (16 * words) / 1e9;
  },
  check: (parameters, facts) =>
    memoryShortage(
      "RandomAccess",
      randomaccess.needs(parameters).memoryBytes,
      facts.hostname,
      facts.memory.availableBytes,
    ),
  program: ({ variant, tableLog2, updates, threads, pages }, { kernelFolder, cpus }) => ({
    prepare: [],
    server: null,
    warmUp: [],
    measure: {
      where: "environment",
      argv: [
        `${kernelFolder}/randomaccess`,
        "--variant",
        variant,
        "--table-log2",
        String(tableLog2),
        ...(updates === undefined ? [] : ["--updates", String(updates)]),
        "--threads",
        String(threads ?? cpus),
        "--pages",
        pages,
      ],
    },
    finish: [],
  }),
  parse: (raw) => randomaccessReading(raw.stdout),
  parseFile: randomaccessReadings,
};
