// What the index keeps of one campaign: its entry, the words it is found by, and its data points by subject.
import { deflateRawSync } from "node:zlib";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import type { Dataset } from "#shared/model/dataset.ts";
import { type Failure, toFailure } from "#shared/model/error.ts";
import { workloadNameSchema } from "#shared/model/workload.ts";
import { configurationText } from "#shared/report/configuration-text.ts";
import { workloads } from "#shared/workloads/registry.ts";
import type { CampaignPlace } from "../campaign-places.ts";
import { measuredDataset } from "../measured-dataset.ts";
import { type Paper, paperEntry } from "../paper.ts";
import { readEntry } from "../read-entry.ts";
import { readAnnotation } from "../annotation-file.ts";

export interface IndexRow {
  readonly entry: CampaignEntry;
  readonly labId: string | null;
  /** In the order of the columns of the table `search`. */
  readonly words: readonly [string, string, string, string, string, string, string, string];
  /** A dataset without its points; null where `failure` says why there is none. */
  readonly header: Omit<Dataset, "points"> | null;
  readonly failure: Failure | null;
  /** By subject: JSON of its points without the brackets, deflated. */
  readonly points: ReadonlyMap<string, Uint8Array>;
}

/** Throws what reading a folder throws that is not there. */
export async function campaignRow(path: string, place: CampaignPlace): Promise<IndexRow> {
  const { entry, campaign, part, events, dataDamage } = await readEntry(path, place);
  const row = {
    entry,
    labId: part.lab.id,
    words: wordsOf(entry, {
      configurations: [
        ...part.configurations.flatMap(({ id, label, environment }) => [id, label, environment]),
        ...(campaign?.configurations.map(configurationText) ?? []),
      ],
      conditions: part.conditions.flatMap(({ id, label }) => [id, label]),
    }),
  };
  if (campaign === null || dataDamage !== null)
    return { ...row, header: null, failure: dataDamage, points: new Map() };
  try {
    return { ...row, failure: null, ...stored(await measuredDataset({ path, campaign, events })) };
  } catch (error) {
    return { ...row, header: null, failure: toFailure(error), points: new Map() };
  }
}

/** `notesPath`: what a person wrote about the paper. */
export async function paperRow(paper: Paper, notesPath: string): Promise<IndexRow> {
  const { tags, note, archived, damage } = await readAnnotation(notesPath);
  const entry: CampaignEntry = { ...paperEntry(paper), tags, note, archived, damage };
  const { slots, points } = paper.dataset;
  return {
    entry,
    labId: null,
    words: wordsOf(entry, {
      configurations: slots.flatMap(({ slot, label, description }) => [slot, label, description]),
      conditions: points.flatMap(({ conditionId, conditionLabel }) => [conditionId, conditionLabel]),
    }),
    failure: null,
    ...stored(paper.dataset),
  };
}

/** Of a folder of which nothing can be read; `message` says why. */
export function unreadableRow({ id }: CampaignPlace, message: string): IndexRow {
  const damage: Failure = { code: "CAMPAIGN_DAMAGED", message };
  const entry: CampaignEntry = {
    id,
    name: id,
    createdAt: new Date(0).toISOString(),
    status: "ready",
    lab: "",
    demo: false,
    environments: [],
    workloads: [],
    runsDone: 0,
    runsFailed: 0,
    runsPlanned: 0,
    sizeBytes: 0,
    origin: "measured",
    blocks: null,
    configurations: [],
    machines: [],
    tags: [],
    note: "",
    archived: false,
    importedAt: null,
    damage,
  };
  const words = wordsOf(entry, { configurations: [], conditions: [] });
  return { entry, labId: null, words, header: null, failure: damage, points: new Map() };
}

function wordsOf(
  entry: CampaignEntry,
  {
    configurations,
    conditions,
  }: { readonly configurations: readonly (string | null)[]; readonly conditions: readonly (string | null)[] },
): IndexRow["words"] {
  const titles = entry.workloads.map((name) => {
    const { data } = workloadNameSchema.safeParse(name);
    return data === undefined ? name : `${name} ${workloads[data].title}`;
  });
  return [
    `${entry.name} ${entry.id}`,
    text(entry.tags),
    entry.note,
    text(entry.machines),
    entry.lab,
    text(titles),
    text([...entry.environments, ...configurations]),
    text(conditions),
  ];
}

function text(words: readonly (string | null)[]): string {
  return [...new Set(words)].join("\n");
}

function stored({ points, ...header }: Dataset): Pick<IndexRow, "header" | "points"> {
  const bySubject = Map.groupBy(points, ({ subject }) => subject);
  return {
    header,
    points: new Map(
      [...bySubject].map(([subject, of]) => {
        const json = of.map((point) => JSON.stringify(point)).join(",");
        return [subject, deflateRawSync(json, { level: 1 })];
      }),
    ),
  };
}
