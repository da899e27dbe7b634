// A measured campaign as a dataset: its results in the words of the reference data.
import type { Campaign } from "../model/campaign.ts";
import type { CampaignStatus } from "../model/campaign-status.ts";
import type { DataPoint, Dataset } from "../model/dataset.ts";
import type { ResultRow, Results } from "../model/result.ts";
import { rowKey } from "../model/result.ts";
import { configurationText } from "../report/configuration-text.ts";
import { slotsOf } from "../plan/slots.ts";
import { meanEstimate } from "../stats/summary.ts";

export interface CampaignDatasetInputs {
  readonly campaign: Campaign;
  readonly status: CampaignStatus;
  readonly results: Results;
}

/** Every row that has a value becomes a point; secondary metrics too. */
export function campaignDataset({ campaign, status, results }: CampaignDatasetInputs): Dataset {
  const { lab } = campaign;
  return {
    id: campaign.id,
    name: campaign.name,
    origin: "measured",
    createdAt: campaign.createdAt,
    status,
    place: `${lab.name} (${lab.sut.address})`,
    demo: lab.demo,
    network: null,
    blocks: campaign.blocks,
    slots: slotsOf(campaign).map(({ slot, label, control, configuration }) => ({
      slot,
      configurationId: configuration.id,
      label,
      environment: configuration.environment,
      control,
      description: configurationText(configuration),
    })),
    points: results.rows.flatMap((row) => pointOf(row)),
    settings: [],
    contradictions: [],
  };
}

function pointOf(row: ResultRow): DataPoint[] {
  if (row.mean === null) return [];
  return [
    {
      id: rowKey(row),
      subject: row.workload,
      quantity: row.metric.name,
      title: row.metric.title,
      unit: row.metric.unit,
      better: row.metric.better,
      conditionId: row.conditionId,
      conditionLabel: row.conditionLabel,
      terms: {},
      slot: row.slot,
      environment: null,
      paperEnvironment: null,
      primary: row.metric.primary,
      n: row.values.length,
      mean: row.mean,
      deviation: row.deviation,
      deviationNote: null,
      interval: meanEstimate(row.values.map(({ value }) => value))?.interval ?? null,
      samples: row.values,
      ratio: row.ratio,
      distinguishable: row.distinguishable,
      evidence: row.evidence,
      emulated: row.emulated,
      failed: row.failed,
      source: null,
    },
  ];
}
