// The claims file as it is (assets/reference/felter2014-claims.json), checked before anything is judged by it.
import { z } from "zod";
import { workloadNames } from "../model/workload.ts";

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Scalar = z.infer<typeof scalar>;

const limits = z.strictObject({
  ge: z.number().optional(),
  le: z.number().optional(),
  gt: z.number().optional(),
  lt: z.number().optional(),
});

export type Limits = z.infer<typeof limits>;

/** A value, any of several, or limits. */
const condition = z.union([scalar, z.array(scalar), limits]);
export type Condition = z.infer<typeof condition>;

/** By term; a term that a point lacks counts as null. */
const where = z.record(z.string(), condition);
export type Where = z.infer<typeof where>;

const environments = z.union([z.string(), z.array(z.string()).min(1).readonly()]);
const side = z.strictObject({ env: environments, where: where.optional() });
export type Side = z.infer<typeof side>;

const quantifiers = ["all", "any", "mean", "median", "min", "max"] as const;
export type Quantifier = (typeof quantifiers)[number];

const workload = z.enum([...workloadNames, "startup"]);

const bounded = {
  workload,
  where: where.optional(),
  /** Without one: all. */
  quantifier: z.enum(quantifiers).optional(),
  /** Inclusive; null or absent: open. */
  low: z.number().nullable().optional(),
  high: z.number().nullable().optional(),
};
const metric = { metric: z.string() };
const pairOn = { pair_on: z.array(z.string()).readonly() };
const sides = { a: side, b: side };
const sweep = { sweep: z.string() };

const relationSchema = z.discriminatedUnion("type", [
  z.strictObject({
    ...bounded,
    ...metric,
    type: z.literal("value"),
    env: environments,
    stat: z.enum(["mean", "median"]).optional(),
    report: z.array(z.string()).readonly().optional(),
  }),
  z.strictObject({ ...bounded, ...metric, ...pairOn, ...sides, type: z.literal("ratio") }),
  z.strictObject({ ...bounded, ...metric, ...pairOn, ...sides, type: z.literal("difference") }),
  z.strictObject({ ...bounded, ...metric, ...pairOn, ...sides, type: z.literal("stdev_ratio") }),
  z.strictObject({ ...bounded, ...metric, ...pairOn, ...sides, type: z.literal("peak_ratio") }),
  z.strictObject({ ...bounded, ...metric, ...pairOn, ...sides, type: z.literal("peak_difference") }),
  z.strictObject({
    ...bounded,
    ...metric,
    ...pairOn,
    type: z.literal("spread"),
    env: z.array(z.string()).min(2).readonly(),
    stat: z.enum(["mean", "median"]).optional(),
  }),
  z.strictObject({
    ...bounded,
    ...metric,
    ...sweep,
    type: z.literal("last_over_peak"),
    env: environments,
    pair_on: z.array(z.string()).readonly().optional(),
  }),
  z.strictObject({
    ...bounded,
    ...metric,
    ...pairOn,
    ...sides,
    ...sweep,
    type: z.literal("trend"),
    of: z.enum(["ratio", "difference"]).optional(),
  }),
  z.strictObject({
    ...bounded,
    ...metric,
    ...pairOn,
    ...sweep,
    type: z.literal("monotonic"),
    env: environments,
  }),
  z.strictObject({
    ...bounded,
    ...metric,
    ...pairOn,
    ...sides,
    type: z.literal("interp_ratio"),
    x_metric: z.string(),
  }),
  z.strictObject({
    ...bounded,
    ...sides,
    type: z.literal("cdf_ratio"),
    p_low: z.number(),
    p_high: z.number(),
  }),
  z.strictObject({
    type: z.literal("config"),
    workload,
    env: z.string().optional(),
    key: z.string(),
    expected: condition,
  }),
]);
export type Relation = z.infer<typeof relationSchema>;
export type RelationOf<Type extends Relation["type"]> = Extract<Relation, { readonly type: Type }>;

const recordedSchema = z.strictObject({
  result: z.enum(["pass", "fail", "no-data"]),
  values: z
    .union([
      z.strictObject({ n: z.number(), min: z.number(), mean: z.number(), max: z.number() }),
      z.strictObject({ values: z.array(scalar) }),
    ])
    .nullable(),
});
export type Recorded = z.infer<typeof recordedSchema>;

const claimSchema = z.strictObject({
  id: z.string(),
  section: z.string(),
  figure: z.number().nullable(),
  sentence: z.string(),
  bound_origin: z.enum(["paper", "judgement", "data"]),
  relation: relationSchema,
  note: z.string().optional(),
  assessment: z.string().optional(),
  reference: z.strictObject({
    measured_labels: recordedSchema,
    /** Where the result under the paper's own labels is another one. */
    paper_labels: recordedSchema.optional(),
  }),
});
export type Claim = z.infer<typeof claimSchema>;

export const claimFileSchema = z.object({
  schema: z.literal("felter2014-claims/1"),
  claims: z.array(claimSchema).min(1),
});
