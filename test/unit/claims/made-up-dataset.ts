// Small measured datasets for claims: a point is a subject, an environment, terms and one value a block.
import type { Claim, Relation } from "#shared/claims/claim-file.ts";
import { judgeClaims } from "#shared/claims/judge-claims.ts";
import type { ClaimJudgement } from "#shared/model/claim.ts";
import type { DataDistribution, DataPoint, Dataset, Terms } from "#shared/model/dataset.ts";
import { deviationOf, meanOf } from "#shared/stats/summary.ts";

interface Made extends Partial<DataPoint> {
  readonly env: string;
  /** By block from 1; undefined: the block failed. */
  readonly values: readonly (number | undefined)[];
  readonly terms?: Terms;
}

let count = 0;

export function madePoint({ env, values, terms = {}, ...others }: Made): DataPoint {
  count += 1;
  const samples = values.flatMap((value, index) =>
    value === undefined
      ? []
      : [{ block: index + 1, runId: `run-${index}`, value, outlier: false, startedAt: null }],
  );
  const all = samples.map(({ value }) => value);
  return {
    id: `${env}/${count}`,
    subject: "redis",
    quantity: "throughput",
    title: "Throughput",
    unit: "1/s",
    better: "higher",
    conditionId: JSON.stringify(terms),
    conditionLabel: JSON.stringify(terms),
    terms,
    slot: env,
    environment: env,
    paperEnvironment: null,
    primary: true,
    n: all.length,
    mean: meanOf(all) ?? Number.NaN,
    deviation: deviationOf(all),
    deviationNote: null,
    interval: null,
    samples,
    ratio: null,
    distinguishable: null,
    evidence: "held",
    emulated: false,
    failed: 0,
    source: null,
    ...others,
  };
}

export function madeDataset(points: readonly DataPoint[], others: Partial<Dataset> = {}): Dataset {
  const slots = [...new Set(points.map(({ slot }) => slot))];
  return {
    id: "made-up",
    name: "Made up",
    origin: "measured",
    createdAt: "2026-01-02T03:04:05.000Z",
    status: "complete",
    place: "nowhere",
    demo: false,
    network: null,
    blocks: 3,
    slots: slots.map((slot) => ({
      slot,
      configurationId: slot,
      label: `Configuration ${slot}`,
      environment: slot === "native" ? "native" : "docker",
      control: false,
      description: slot,
    })),
    points,
    settings: [],
    contradictions: [],
    ladders: [],
    ...others,
  };
}

function madeClaim(relation: Relation): Claim {
  return {
    id: "made.claim",
    section: "3.7",
    sentence: "A sentence.",
    figure: null,
    bound_origin: "data",
    relation,
    reference: { measured_labels: { result: "no-data", values: null } },
  };
}

export function judged(
  relation: Relation,
  dataset: Dataset,
  distributions: readonly DataDistribution[] = [],
): ClaimJudgement {
  const context = { labelling: "measured", texts: [], unreadable: [] } as const;
  const [judgement] = judgeClaims([madeClaim(relation)], dataset, distributions, context);
  if (judgement === undefined) throw new Error("The claim was not judged.");
  return judgement;
}

/** KVM to native of Redis' throughput, by clients. */
export const ratio = {
  type: "ratio",
  workload: "redis",
  metric: "throughput",
  a: { env: "kvm" },
  b: { env: "native" },
  pair_on: ["clients"],
} as const;
