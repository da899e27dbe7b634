// A campaign as one JSON document (`tare-export/1`): all that exports as tables hold, and what stands around it.
import { z } from "zod";
import type { ClaimJudgement } from "../model/claim.ts";
import { paperId, type DataDistribution, type Dataset } from "../model/dataset.ts";
import type { Facts } from "../model/facts.ts";
import type { Results } from "../model/result.ts";
import { evidenceSummary } from "../report/evidence-summary.ts";
import { measurementRows, type Measured } from "./measurement-rows.ts";
import { summaryRows } from "./summary-rows.ts";

const exportSchemaId = "tare-export/1";

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const row = z.record(z.string(), cell);

/** What a reader may rely on; fields may be added within the version. */
export const exportSchema = z.looseObject({
  schema: z.literal(exportSchemaId),
  /** Version of Tare that wrote it. */
  tare: z.string(),
  madeAt: z.iso.datetime(),
  dataset: z.looseObject({ id: z.string(), name: z.string(), origin: z.enum(["measured", "paper"]) }),
  /** The design; null of the paper. */
  campaign: z.looseObject({ id: z.string() }).nullable(),
  status: z.string(),
  measurements: z.array(row),
  summary: z.array(row),
  distributions: z.array(z.looseObject({ values: z.array(z.number()), shares: z.array(z.number()) })),
  claims: z.array(z.looseObject({ id: z.string(), verdict: z.string() })).nullable(),
  runs: z.array(z.looseObject({ runId: z.string(), status: z.string() })),
});

export interface ExportInputs {
  readonly version: string;
  readonly madeAt: string;
  readonly dataset: Dataset;
  /** Null of the paper. */
  readonly measured: (Measured & { readonly results: Results }) | null;
  readonly distributions: readonly DataDistribution[];
  /** Runs whose whole distributions could not be read. */
  readonly unreadable: readonly { readonly runId: string; readonly reason: string }[];
  readonly claims: readonly ClaimJudgement[] | null;
  /** By file name without its ending: `sut-before`. */
  readonly facts: Readonly<Record<string, Facts>>;
}

/** Fields of the measurements and of the summary are the columns of the tables. */
export function exportDocument(inputs: ExportInputs): z.infer<typeof exportSchema> {
  const { version, madeAt, dataset, measured, distributions, unreadable, claims, facts } = inputs;
  const { points: _points, ...about } = dataset;
  return {
    schema: exportSchemaId,
    tare: version,
    madeAt,
    dataset: about,
    campaign: measured?.campaign ?? null,
    status: dataset.status,
    measurements: measurementRows(dataset, measured).map((each) => ({ ...each })),
    summary: summaryRows(dataset, measured).map((each) => ({ ...each })),
    distributions: distributions.map((each) => ({
      ...each,
      values: [...each.values],
      shares: [...each.shares],
    })),
    unreadable,
    claims: claims === null ? null : claims.map((claim) => ({ ...claim })),
    ...(dataset.id === paperId ? { sources: sourcesOf(dataset) } : {}),
    ...measuredPart(measured),
    facts,
  };
}

/** Of the paper: where the numbers of each series come from. */
function sourcesOf({ points }: Dataset): readonly unknown[] {
  return [...new Map(points.map(({ source }) => [source?.series, source])).values()].filter(Boolean);
}

function measuredPart(measured: ExportInputs["measured"]) {
  if (measured === null) return { runs: [] };
  const { campaign, state, results } = measured;
  return {
    runs: [...state.runs.values()].map((run) => ({ ...run })),
    ...results,
    evidence: evidenceSummary(campaign, state.runs),
    networkPath: state.networkPath,
    startUps: [...state.startUps.values()],
    changes: [...state.changes.values()],
    comparisons: [...state.comparisons].map(([machine, differences]) => ({ machine, differences })),
    samplerCost: [...state.samplerCost].map(([machine, cpuShare]) => ({ machine, cpuShare })),
    remarks: state.remarks,
    startedAt: state.startedAt,
    endedAt: state.endedAt,
    failure: state.failure,
  };
}
