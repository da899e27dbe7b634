// A measured campaign as a dataset: its results in the words of the reference data.
import type { Campaign } from "../model/campaign.ts";
import type { CampaignStatus } from "../model/campaign-status.ts";
import type { DataPoint, Dataset } from "../model/dataset.ts";
import type { NetworkPath } from "../model/evidence.ts";
import type { Facts } from "../model/facts.ts";
import type { ResultRow, Results, StartUpRow } from "../model/result.ts";
import { rowKey } from "../model/result.ts";
import type { Condition } from "../model/workload.ts";
import { slotsOf, type Slot } from "../plan/slots.ts";
import { configurationText } from "../report/configuration-text.ts";
import { networkPathText } from "../report/network-path-text.ts";
import { meanEstimate, outliers } from "../stats/summary.ts";
import { workloads } from "../workloads/registry.ts";
import { campaignSettings } from "./campaign-settings.ts";
import { environmentWord } from "./environment-words.ts";
import { quantityOf } from "./quantities.ts";
import { usedSockets } from "./used-sockets.ts";
import { wordsOf } from "./words.ts";

export interface CampaignDatasetInputs {
  readonly campaign: Campaign;
  readonly status: CampaignStatus;
  readonly results: Results;
  readonly networkPath: NetworkPath | null;
  /** When each run began, by its id. */
  readonly startedAt: ReadonlyMap<string, string>;
  /** Of the SUT before the campaign; null where none were kept. */
  readonly facts: Facts | null;
  /** Of the insides of environments, by slot. */
  readonly environmentFacts: Readonly<Record<string, Facts>>;
}

/** Every row that has a value becomes a point, secondary metrics too; starts of environments are points as well. */
export function campaignDataset(inputs: CampaignDatasetInputs): Dataset {
  const { campaign, status, results, networkPath, facts, environmentFacts, startedAt } = inputs;
  const { lab } = campaign;
  const slots = new Map(slotsOf(campaign).map((slot) => [slot.slot, slot]));
  const conditions = new Map(campaign.conditions.map((condition) => [condition.id, condition]));
  const usesNetwork = campaign.conditions.some(({ workload }) => workloads[workload].network);
  return {
    id: campaign.id,
    name: campaign.name,
    origin: "measured",
    createdAt: campaign.createdAt,
    status,
    place: `${lab.name} (${lab.sut.address})`,
    demo: lab.demo,
    network: usesNetwork ? networkPathText(campaign, networkPath) : null,
    blocks: campaign.blocks,
    slots: [...slots.values()].map(({ slot, label, control, configuration }) => ({
      slot,
      configurationId: configuration.id,
      label,
      environment: configuration.environment,
      control,
      description: configurationText(configuration),
    })),
    points: [
      ...results.rows.flatMap((row) => {
        const slot = slots.get(row.slot);
        const condition = conditions.get(row.conditionId);
        return slot === undefined || condition === undefined
          ? []
          : pointOf(row, { slot, condition, facts, startedAt });
      }),
      ...results.startUp.flatMap((row) => {
        const slot = slots.get(row.slot);
        return slot === undefined ? [] : startUpPoint(row, slot);
      }),
    ],
    settings: campaignSettings(campaign, environmentFacts),
    contradictions: [],
    ladders: results.ladders,
  };
}

interface RowPlace {
  readonly slot: Slot;
  readonly condition: Condition;
  readonly facts: Facts | null;
  readonly startedAt: CampaignDatasetInputs["startedAt"];
}

function pointOf(row: ResultRow, { slot, condition, facts, startedAt }: RowPlace): DataPoint[] {
  if (row.mean === null) return [];
  const sockets = usedSockets(slot.configuration, facts);
  const words = wordsOf(row.workload, { metric: row.metric.name, parameters: condition.parameters, sockets });
  const { quantity, terms, factor = 1 } = words;
  const known = quantityOf(row.workload, quantity);
  const samples = row.values.map((each) => ({
    ...each,
    value: each.value * factor,
    startedAt: startedAt.get(each.runId) ?? null,
  }));
  return [
    {
      id: rowKey(row),
      subject: row.workload,
      quantity,
      title: known?.title ?? row.metric.title,
      unit: known?.unit ?? row.metric.unit,
      better: known === null ? row.metric.better : known.better,
      conditionId: row.conditionId,
      conditionLabel: row.conditionLabel,
      terms,
      slot: row.slot,
      // The control is the same configuration again: claims compare the first.
      environment: slot.control ? null : environmentWord(slot.configuration, row.workload),
      paperEnvironment: null,
      primary: row.metric.primary,
      n: samples.length,
      mean: row.mean * factor,
      deviation: row.deviation === null ? null : row.deviation * factor,
      deviationNote: null,
      interval: meanEstimate(samples.map(({ value }) => value))?.interval ?? null,
      samples,
      ratio: row.ratio,
      ...ratioDegrees(row),
      distinguishable: row.distinguishable,
      evidence: row.evidence,
      emulated: row.emulated,
      failed: row.failed,
      source: null,
    },
  ];
}

function ratioDegrees({ ratioBlocks }: Pick<ResultRow, "ratioBlocks">): Pick<DataPoint, "ratioDegrees"> {
  return ratioBlocks === undefined ? {} : { ratioDegrees: ratioBlocks - 1 };
}

const startUpCondition = { id: "start-up", label: "Start-up, to the first answer on a port" };

function startUpPoint(row: StartUpRow, slot: Slot): DataPoint[] {
  if (row.mean === null) return [];
  const seconds = row.values.map((each) => each.seconds);
  const marks = outliers(seconds);
  return [
    {
      id: `${row.slot}/${startUpCondition.id}/startup_time`,
      subject: "startup",
      quantity: "startup_time",
      title: quantityOf("startup", "startup_time")?.title ?? "Start-up",
      unit: "s",
      better: "lower",
      conditionId: startUpCondition.id,
      conditionLabel: startUpCondition.label,
      terms: {},
      slot: row.slot,
      environment: slot.control ? null : environmentWord(slot.configuration, "startup"),
      paperEnvironment: null,
      primary: true,
      n: seconds.length,
      mean: row.mean,
      deviation: row.deviation,
      deviationNote: null,
      interval: meanEstimate(seconds)?.interval ?? null,
      samples: row.values.map(({ block, seconds: value }, index) => ({
        block,
        runId: null,
        value,
        outlier: marks[index] ?? false,
        startedAt: null,
      })),
      ratio: row.ratio,
      ...ratioDegrees(row),
      distinguishable: row.distinguishable,
      evidence: null,
      emulated: row.emulated,
      failed: 0,
      source: null,
    },
  ];
}
