// A relation in words, with its bounds and units.
import type { Condition, Quantifier, Relation, Side } from "./claim-file.ts";
import {
  capital,
  environmentText,
  everyText,
  expectedText,
  quantityText,
  settingText,
  subjectText,
  termName,
  whereText,
} from "./claim-words.ts";
import { boundsText, unitOfRelation } from "./claim-number.ts";

/** `Mean round trip, KVM minus native, every protocol: 25 to 35 µs.` */
export function relationText(relation: Relation): string {
  if (relation.type === "config") {
    const where = relation.env === undefined ? "" : ` in ${environmentText(relation.env)}`;
    return `${subjectText(relation.workload)}${where}, ${settingText(relation.key)}: ${expectedText(relation.expected)}.`;
  }
  const { low = null, high = null, where = {}, quantifier = "all" } = relation;
  const parts = [compared(relation), whereText(where), several(relation, quantifier)].filter(
    (part) => part !== "",
  );
  return `${capital(parts.join(", "))}: ${boundsText(low, high, unitOfRelation(relation))}.`;
}

function compared(relation: Exclude<Relation, { type: "config" }>): string {
  const of = (name: string) => quantityText(relation.workload, name);
  const side = ({ env, where = {} }: Side) =>
    [environmentText(env), whereText(where)].filter((text) => text !== "").join(" with ");
  switch (relation.type) {
    case "value":
      return `${of(relation.metric)} of ${environmentText(relation.env, "and")}`;
    case "ratio":
      return `${of(relation.metric)}, ${side(relation.a)} divided by ${side(relation.b)}`;
    case "difference":
      return `${of(relation.metric)}, ${side(relation.a)} minus ${side(relation.b)}`;
    case "stdev_ratio":
      return `standard deviation of the ${of(relation.metric)}, ${side(relation.a)} divided by ${side(relation.b)}`;
    case "peak_ratio":
      return `greatest ${of(relation.metric)}, ${side(relation.a)} divided by ${side(relation.b)}`;
    case "peak_difference":
      return `greatest ${of(relation.metric)}, ${side(relation.a)} minus ${side(relation.b)}`;
    case "spread":
      return `${relation.stat ?? "mean"} ${of(relation.metric)}, how far the least of ${environmentText(relation.env, "and")} lies below the greatest`;
    case "last_over_peak":
      return `${of(relation.metric)} of ${environmentText(relation.env, "and")}, with the most ${counted(relation.sweep)} divided by the greatest`;
    case "trend": {
      const joint = relation.of === "difference" ? "minus" : "divided by";
      return `${of(relation.metric)}, ${side(relation.a)} ${joint} ${side(relation.b)}, with the most ${counted(relation.sweep)} less that with the fewest`;
    }
    case "monotonic":
      return `${of(relation.metric)} of ${environmentText(relation.env, "and")}, share of steps to more ${counted(relation.sweep)} that rise`;
    case "interp_ratio":
      return `${of(relation.metric)}, ${side(relation.a)} divided by ${side(relation.b)} at equal ${of(relation.x_metric)}`;
    case "cdf_ratio":
      return `completion latency, ${side(relation.a)} divided by ${side(relation.b)} at equal percentiles, ${relation.p_low} to ${relation.p_high}`;
  }
}

function several(relation: Exclude<Relation, { type: "config" }>, quantifier: Quantifier): string {
  const names = namesOf(relation);
  if (quantifier === "all") return everyText(names) ?? "";
  const over = names.length === 0 ? "" : ` over ${names.map(termName).join(" and ")}`;
  return quantifier === "any" ? `at least one${over}` : `${quantifier}${over}`;
}

/** What tells the relation's numbers apart; a sweep is spoken of already. */
function namesOf(relation: Exclude<Relation, { type: "config" }>): readonly string[] {
  const names =
    relation.type === "value"
      ? (relation.report ?? [])
      : "pair_on" in relation
        ? (relation.pair_on ?? [])
        : [];
  // What the conditions name alone tells nothing apart.
  return names.filter(
    (name) =>
      !("sweep" in relation && name === relation.sweep) && !isScalar(relation.where?.[name] ?? undefined),
  );
}

function isScalar(condition: Condition | undefined): boolean {
  return condition !== undefined && typeof condition !== "object";
}

/** `clients`: what a sweep counts. */
function counted(sweep: string): string {
  return termName(sweep).replace(/^number of /, "");
}
