// Claims about measurements: numbers, verdict, and why.
import type { ClaimPart } from "../model/claim.ts";
import { partsOf } from "./parts-of.ts";
import type { Relation } from "./claim-file.ts";
import type { ClaimData } from "./claim-data.ts";
import { unitOfRelation } from "./claim-number.ts";
import { summaryOf } from "./claim-values.ts";
import { shownLevel } from "./estimate.ts";
import type { Judged } from "./judge-setting.ts";
import { absentEnvironments, missingSentences } from "./missing.ts";
import type { RelationPart } from "./relations/relation-part.ts";
import { verdictSentences } from "./verdict-sentences.ts";
import { verdictOf } from "./verdict.ts";

export function judgeRelation(data: ClaimData, relation: Exclude<Relation, { type: "config" }>): Judged {
  const { parts, aside, gaps } = partsOf(data, relation);
  const { quantifier = "all", low = null, high = null } = relation;
  if (parts.length === 0)
    return {
      verdict: "cannot-tell",
      values: null,
      parts: [],
      reasons: gaps.length > 0 ? gaps : missingSentences(data, relation),
    };
  const exact = data.basis === "means";
  const bounds = { low, high };
  const weighed = parts.map((part) => ({ ...part, counts: counts(part) }));
  const verdict = verdictOf(weighed, quantifier, bounds, exact);
  const absent = absentEnvironments(data, relation);
  return {
    verdict,
    values: summaryOf(parts.map(({ estimate }) => estimate.value)),
    parts: parts.map(shownPart),
    reasons: [
      ...verdictSentences({
        verdict,
        parts: weighed,
        quantifier,
        bounds,
        unit: unitOfRelation(relation),
        exact,
      }),
      ...(verdict === "holds" ? [] : gaps),
      ...(exact ? [] : absent.map((text) => `Not judged on ${text}: there is no such run.`)),
      ...[...aside].map(
        ([label, others]) =>
          `“${label}” is judged; ${others.map((each) => `“${each}”`).join(", ")} would fit too.`,
      ),
    ],
  };
}

/** Emulated runs prove nothing, nor do runs whose configuration did not hold. */
function counts({ sources }: RelationPart): boolean {
  return sources.every(({ emulated, evidence }) => !emulated && evidence !== "not-held");
}

function shownPart({ terms, estimate, sources }: RelationPart): ClaimPart {
  return {
    terms,
    value: estimate.value,
    interval: estimate.interval === null ? null : estimate.interval(shownLevel),
    points: [...new Set(sources.map(({ id }) => id))],
  };
}
