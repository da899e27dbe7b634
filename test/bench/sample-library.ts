// A library of many campaigns: copies of a small one, each with a name and an id of its own.
import { link, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createCampaignFolder } from "#main/library/campaign-folder.ts";
import { campaign } from "../e2e/fixtures/sample-campaign.ts";
import { journal } from "../e2e/fixtures/sample-journal.ts";

const hourMs = 3_600_000;

interface SampleOptions {
  /** Blocks of each campaign; 20 runs each. */
  readonly blocks?: number;
  /** Raw files as a run leaves them; without them a large library is made in seconds. */
  readonly raw?: boolean;
}

/** Writes so many finished campaigns below a data folder. Their journals are one file under many names. */
export async function writeSampleLibrary(
  dataFolder: string,
  count: number,
  { blocks = campaign.blocks, raw = true }: SampleOptions = {},
): Promise<void> {
  const design = { ...campaign, blocks };
  const events = journal(blocks, design);
  const runIds = events.flatMap((event) => (event.type === "run-started" ? [event.runId] : []));
  const output = gzipSync("one line of output\n".repeat(40));
  const lines = join(dataFolder, "sample-events.jsonl");
  await mkdir(dataFolder, { recursive: true });
  await writeFile(lines, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  for (let index = 0; index < count; index += 1) {
    const path = await createCampaignFolder(join(dataFolder, "campaigns"), {
      ...design,
      id: `sample-${index}`,
      name: `Sample ${index}`,
      createdAt: new Date(Date.parse(campaign.createdAt) + index * hourMs).toISOString(),
    });
    await rm(join(path, "events.jsonl"));
    await link(lines, join(path, "events.jsonl"));
    if (!raw) continue;
    for (const runId of runIds) {
      const folder = join(path, "raw", runId);
      await mkdir(folder);
      for (const stream of ["stdout", "stderr"])
        await writeFile(join(folder, `1-measure-0.${stream}.gz`), output);
    }
  }
}
