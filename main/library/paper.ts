// The reference data as a campaign of every library: read once from the files that Tare brings along.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CampaignEntry } from "#shared/contract/campaigns.ts";
import type { DataDistribution, Dataset } from "#shared/model/dataset.ts";
import { TareError } from "#shared/model/error.ts";
import { paperDataset } from "#shared/reference/paper-dataset.ts";
import { paperDistributions } from "#shared/reference/paper-distributions.ts";
import { paperFileSchema, type PaperFile } from "#shared/reference/paper-file.ts";

export interface Paper {
  readonly file: PaperFile;
  readonly dataset: Dataset;
  readonly distributions: readonly DataDistribution[];
  /** Size of the file, bytes. */
  readonly sizeBytes: number;
}

const known = new Map<string, Promise<Paper>>();

/** Read once; a failed reading is tried anew. Throws TareError NOT_FOUND where the installation lacks the file or holds another one. */
export function readPaper(assets: string): Promise<Paper> {
  const before = known.get(assets);
  if (before !== undefined) return before;
  const paper = read(join(assets, "reference/felter2014.json"));
  known.set(assets, paper);
  paper.catch(() => known.delete(assets));
  return paper;
}

async function read(path: string): Promise<Paper> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new TareError("NOT_FOUND", `The reference data ${path} are missing. Install Tare again.`, {
      cause,
    });
  });
  const parsed = paperFileSchema.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new TareError(
      "NOT_FOUND",
      `The reference data ${path} are not those of this version. Install Tare again.`,
      {
        detail: parsed.error.message,
      },
    );
  const file = parsed.data;
  return {
    file,
    dataset: paperDataset(file),
    distributions: paperDistributions(file),
    sizeBytes: Buffer.byteLength(text),
  };
}

/** The paper's entry in the list, without what a person wrote about it. */
export function paperEntry({ dataset, sizeBytes }: Paper): CampaignEntry {
  const { id, name, createdAt, status, slots, points, place } = dataset;
  return {
    id,
    name,
    createdAt,
    status,
    lab: "The authors' machines",
    demo: false,
    environments: [...new Set(slots.map(({ environment }) => environment))],
    workloads: [...new Set(points.map(({ subject }) => subject))].filter((subject) => subject !== "startup"),
    runsDone: points.length,
    runsFailed: 0,
    runsPlanned: points.length,
    sizeBytes,
    origin: "paper",
    blocks: null,
    configurations: slots.map(({ label }) => label),
    machines: [place],
    tags: [],
    note: "",
    archived: false,
    importedAt: null,
    damage: null,
  };
}
