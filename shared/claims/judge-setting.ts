// Claims about how something was measured: a setting of the campaign against the expected one.
import type { ClaimJudgement, ClaimVerdict } from "../model/claim.ts";
import type { RelationOf, Scalar } from "./claim-file.ts";
import type { ClaimData } from "./claim-data.ts";
import {
  capital,
  environmentText,
  expectedText,
  scalarText,
  settingText,
  subjectText,
} from "./claim-words.ts";
import { summaryOf } from "./claim-values.ts";
import { matches } from "./matches.ts";

export interface Judged {
  readonly verdict: ClaimVerdict;
  readonly values: ClaimJudgement["values"];
  readonly parts: ClaimJudgement["parts"];
  readonly reasons: readonly string[];
}

/** Every value of the setting that the campaign used must be the expected one. */
export function judgeSetting({ dataset }: ClaimData, relation: RelationOf<"config">): Judged {
  const { workload, env = null, key, expected } = relation;
  const found = dataset.settings.filter(
    (setting) =>
      setting.subject === workload && setting.key === key && (env === null || setting.environment === env),
  );
  const where = env === null ? "" : ` in ${environmentText(env)}`;
  if (found.length === 0) {
    const used = dataset.points.some(({ subject }) => subject === workload);
    return {
      verdict: "cannot-tell",
      values: null,
      parts: [],
      reasons: [
        !used
          ? `Another workload: ${subjectText(workload)} was not measured.`
          : env !== null && !dataset.points.some((p) => p.subject === workload && p.environment === env)
            ? `Another configuration: no run of ${subjectText(workload)}${where}.`
            : `Another record: this campaign does not say of ${subjectText(workload)}${where}: ${settingText(key)}.`,
      ],
    };
  }
  const wrong = found.filter(({ value }) => !matches(value, expected));
  const values = [...new Set(found.map(({ value }) => value))];
  return {
    verdict: wrong.length === 0 ? "holds" : "does-not-hold",
    values: settingValues(values),
    parts: [],
    reasons: wrong.map(
      ({ value, source }) =>
        `${capital(settingText(key))}: ${scalarText(value)} (${source}); the claim says ${expectedText(expected)}.`,
    ),
  };
}

function settingValues(values: readonly Scalar[]): ClaimJudgement["values"] {
  const numbers = values.filter((value) => typeof value === "number");
  return numbers.length === values.length ? summaryOf(numbers) : { values };
}
