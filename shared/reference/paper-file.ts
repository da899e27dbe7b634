// The files of the reference data as they are (assets/reference), checked before anything is made of them.
import { z } from "zod";
import { workloadNames } from "../model/workload.ts";

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const terms = z.record(z.string(), scalar);
const subject = z.enum([...workloadNames, "startup", "setup"]);

const seriesSchema = z.object({
  id: z.string(),
  figure: z.number().nullable(),
  workload: subject,
  env: z.string(),
  paper_env: z.string().optional(),
  metric: z.string(),
  unit: z.string(),
  better: z.enum(["higher", "lower"]).nullable(),
  cond: terms,
  primary: z.boolean(),
  in_paper: z.union([z.boolean(), z.literal("unclear")]),
  origin: z.string(),
  source: z.array(z.string()),
  derivation: z.string(),
  note: z.string().optional(),
  commit: z.string().optional(),
  stdev_kind: z.string().optional(),
});
export type PaperSeries = z.infer<typeof seriesSchema>;

const pointSchema = z.object({
  s: z.string(),
  x: terms,
  n: z.number().nullable(),
  mean: z.number(),
  stdev: z.number().nullable(),
  samples: z.array(z.number()).optional(),
});
export type PaperPoint = z.infer<typeof pointSchema>;

const cdfSchema = z.object({
  id: z.string(),
  figure: z.number().nullable(),
  workload: subject,
  env: z.string(),
  metric: z.string(),
  unit: z.string(),
  cond: terms,
  part: z.string().nullable().optional(),
  primary: z.boolean(),
  in_paper: z.union([z.boolean(), z.literal("unclear")]),
  source: z.array(z.string()),
  note: z.string().optional(),
  percentile: z.array(z.number()),
  value_us: z.array(z.number()),
});

const configSchema = z.object({
  workload: subject,
  env: z.string().nullable(),
  key: z.string(),
  value: scalar,
  source: z.string(),
});

const textSchema = z.object({
  id: z.string(),
  source: z.string(),
  workload: subject,
  env: z.string().nullable().optional(),
  metric: z.string(),
  unit: z.string(),
  value: z.unknown(),
  claim: z.string(),
});

const tableSchema = z.object({
  id: z.string(),
  title: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(scalar)),
  source: z.string(),
});

/** assets/reference/felter2014.json, schema `felter2014-reference/1`; fields that nothing here reads are left out. */
export const paperFileSchema = z.object({
  schema: z.literal("felter2014-reference/1"),
  paper: z.object({
    title: z.string(),
    authors: z.array(z.string()),
    report: z.string(),
    year: z.number(),
  }),
  repository: z.object({ url: z.string(), head: z.string(), head_date: z.string(), licence: z.string() }),
  known_traps: z.array(z.string()),
  environments: z.record(z.string(), z.string()),
  tables: z.array(tableSchema),
  config: z.array(configSchema),
  paper_text: z.array(textSchema),
  series: z.array(seriesSchema),
  points: z.array(pointSchema),
  cdfs: z.array(cdfSchema),
});
export type PaperFile = z.infer<typeof paperFileSchema>;
