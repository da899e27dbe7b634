// What a campaign lacks for a claim, as sentences that say what to add.
import type { DataPoint, Subject } from "../model/dataset.ts";
import type { Relation, Where } from "./claim-file.ts";
import { distributionsOf, pointsOf, type ClaimData } from "./claim-data.ts";
import { environmentText, listText, quantityText, subjectText, termName, whereText } from "./claim-words.ts";

/** One selection that a relation makes. `quantity` null: distributions. */
interface Need {
  readonly subject: Subject;
  readonly quantity: string | null;
  readonly env: readonly string[];
  /** Every one is needed, as for a spread; else any. */
  readonly every: boolean;
  readonly where: readonly (Where | undefined)[];
}

function needsOf(relation: Exclude<Relation, { type: "config" }>): readonly Need[] {
  const list = (env: string | readonly string[]) => (typeof env === "string" ? [env] : env);
  const subject = relation.workload;
  if ("a" in relation) {
    const quantities =
      relation.type === "cdf_ratio"
        ? [null]
        : relation.type === "interp_ratio"
          ? [relation.metric, relation.x_metric]
          : [relation.metric];
    return [relation.a, relation.b].flatMap(({ env, where }) =>
      quantities.map((quantity) => ({
        subject,
        quantity,
        env: list(env),
        every: false,
        where: [relation.where, where],
      })),
    );
  }
  return [
    {
      subject,
      quantity: relation.metric,
      env: list(relation.env),
      every: relation.type === "spread",
      where: [relation.where],
    },
  ];
}

/** Sentences for a relation without any number. */
export function missingSentences(
  data: ClaimData,
  relation: Exclude<Relation, { type: "config" }>,
): readonly string[] {
  const needs = needsOf(relation);
  const { workload } = relation;
  if (!data.dataset.points.some(({ subject }) => subject === workload))
    return [
      workload === "startup"
        ? "Another measurement: no start of a container or guest was timed."
        : `Another workload: ${subjectText(workload)} was not measured.`,
    ];
  const sentences = [...new Set(needs.flatMap((need) => lackOf(data, need)))];
  if (sentences.length > 0) return sentences;
  const names = "pair_on" in relation ? (relation.pair_on ?? []) : [];
  const both = needs.map(({ env }) => environmentText(env));
  return [
    names.length === 0
      ? `Another condition: none was measured in both ${both.join(" and ")}.`
      : `Another condition: no ${listText(names.map(termName), "and")} was measured in both ${[...new Set(both)].join(" and ")}.`,
  ];
}

/** Environments that a claim speaks of and that have no such data, though others have: `KVM`. */
export function absentEnvironments(
  data: ClaimData,
  relation: Exclude<Relation, { type: "config" }>,
): readonly string[] {
  return [
    ...new Set(
      needsOf(relation).flatMap((need) =>
        need.env.length < 2
          ? []
          : need.env
              .filter((word) => countOf(data, need, [word], need.where) === 0)
              .map((word) => environmentText(word)),
      ),
    ),
  ];
}

function lackOf(data: ClaimData, need: Need): string[] {
  const none = countOf(data, need, need.env, need.where) === 0;
  const words = need.every && !none ? need.env.map((word) => [word]) : [need.env];
  return words.flatMap((env) => {
    if (countOf(data, need, env, need.where) > 0) return [];
    const where = env.join() === "native" ? "natively" : `in ${environmentText(env)}`;
    const of = subjectText(need.subject);
    if (!hasEnvironment(data, need.subject, env))
      return [
        need.subject === "startup"
          ? `Another configuration: no start of ${environmentText(env)}.`
          : `Another configuration: no run of ${of} ${where}.`,
      ];
    if (countOf(data, need, env, []) === 0) {
      const what =
        need.quantity === null
          ? "no distribution of latencies"
          : `no ${quantityText(need.subject, need.quantity)}`;
      return [`Another measurement: ${what} is known of ${of} ${where}.`];
    }
    const conditions = need.where
      .map((each) => (each === undefined ? "" : whereText(each)))
      .filter((text) => text !== "");
    return [`Another condition: ${of} with ${conditions.join(", ")} was not measured ${where}.`];
  });
}

function countOf(
  data: ClaimData,
  { subject, quantity }: Need,
  env: readonly string[],
  where: readonly (Where | undefined)[],
): number {
  return quantity === null
    ? distributionsOf(data, { subject, env }, ...where).items.length
    : pointsOf(data, { subject, quantity, env }, ...where).items.length;
}

function hasEnvironment(data: ClaimData, subject: Subject, env: readonly string[]): boolean {
  const quantities = new Set(
    data.dataset.points
      .filter((point: DataPoint) => point.subject === subject)
      .map(({ quantity }) => quantity),
  );
  return [...quantities].some((quantity) => pointsOf(data, { subject, quantity, env }).items.length > 0);
}
