// Every claim of the paper, judged on one campaign.
import type { ClaimJudgement, ClaimVerdict, Labelling } from "../model/claim.ts";
import type { DataDistribution, Dataset } from "../model/dataset.ts";
import type { Claim, Recorded } from "./claim-file.ts";
import { capital } from "./claim-words.ts";
import { claimData, type ClaimData } from "./claim-data.ts";
import { unitOfRelation } from "./claim-number.ts";
import { judgeRelation } from "./judge-relation.ts";
import { judgeSetting } from "./judge-setting.ts";
import { paperTextOf } from "./paper-text.ts";
import { relationText } from "./relation-text.ts";

export interface ClaimContext {
  readonly labelling: Labelling;
  /** Numbers of the paper's text: `paper_text` of the reference data. */
  readonly texts: readonly { readonly id: string; readonly claim: string }[];
  /** Sentences about runs whose distributions could not be read. */
  readonly unreadable: readonly string[];
}

/**
 * In the order of the claims. On the paper's own data the verdict is that of the means, as recorded; on a measured
 * campaign it is that of 95 % intervals (docs/decisions/020-claims.md). `distributions`: of the subjects that have some.
 */
export function judgeClaims(
  claims: readonly Claim[],
  dataset: Dataset,
  distributions: readonly DataDistribution[],
  context: ClaimContext,
): ClaimJudgement[] {
  const data = claimData(dataset, distributions, context.labelling);
  return claims.map((claim) => judgement(claim, data, context));
}

function judgement(
  claim: Claim,
  data: ClaimData,
  { labelling, texts, unreadable }: ClaimContext,
): ClaimJudgement {
  const { relation } = claim;
  const { verdict, values, parts, reasons } =
    relation.type === "config" ? judgeSetting(data, relation) : judgeRelation(data, relation);
  const { low = null, high = null } = relation.type === "config" ? {} : relation;
  const recorded =
    labelling === "paper" && claim.reference.paper_labels !== undefined
      ? claim.reference.paper_labels
      : claim.reference.measured_labels;
  return {
    id: claim.id,
    section: claim.section,
    figure: claim.figure,
    sentence: claim.sentence,
    subject: claim.id.startsWith("setup.") ? "setup" : relation.workload,
    boundOrigin: claim.bound_origin,
    relation: relationText(relation),
    unit: unitOfRelation(relation),
    low,
    high,
    verdict,
    values,
    parts,
    reasons: [
      ...reasons,
      ...(relation.type === "cdf_ratio" ? unreadable : []),
      ...circumstances(claim, data, parts.length),
    ],
    notes: [claim.assessment, claim.note].filter((note) => note !== undefined),
    paperText: paperTextOf(claim.id, texts),
    reference: { verdict: recordedVerdict(recorded), values: recorded.values },
  };
}

const networked: readonly string[] = ["nuttcp", "netperf", "redis", "mysql"];

/** What is to be known of every number of this campaign. */
function circumstances({ relation }: Claim, { dataset }: ClaimData, numbers: number): string[] {
  if (numbers === 0) return [];
  return [
    ...(dataset.demo
      ? ["Measured in the demo lab, whose two hosts are one machine: this says nothing about hardware."]
      : []),
    ...(dataset.network !== null && networked.includes(relation.workload)
      ? [`${capital(dataset.network)}.`]
      : []),
    ...(relation.type === "stdev_ratio" && dataset.origin === "measured"
      ? ["Deviations between blocks; the paper's are fio's own, within one run."]
      : []),
  ];
}

const verdicts: Readonly<Record<Recorded["result"], ClaimVerdict>> = {
  pass: "holds",
  fail: "does-not-hold",
  "no-data": "cannot-tell",
};

export function recordedVerdict({ result }: Pick<Recorded, "result">): ClaimVerdict {
  return verdicts[result];
}
