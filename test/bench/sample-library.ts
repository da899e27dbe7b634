// A library of many campaigns: copies of a small one, each with a name and an id of its own.
import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createCampaignFolder } from "#main/library/campaign-folder.ts";
import { campaign } from "../e2e/fixtures/sample-campaign.ts";
import { journal } from "../e2e/fixtures/sample-journal.ts";

const hourMs = 3_600_000;

/** Writes so many finished campaigns below a data folder, with a journal and raw files as a run leaves them. */
export async function writeSampleLibrary(dataFolder: string, count: number): Promise<void> {
  const events = journal(campaign.blocks);
  const lines = events.map((event) => `${JSON.stringify(event)}\n`).join("");
  const runIds = events.flatMap((event) => (event.type === "run-started" ? [event.runId] : []));
  const output = gzipSync("one line of output\n".repeat(40));
  for (let index = 0; index < count; index += 1) {
    const path = await createCampaignFolder(join(dataFolder, "campaigns"), {
      ...campaign,
      id: `sample-${index}`,
      name: `Sample ${index}`,
      createdAt: new Date(Date.parse(campaign.createdAt) + index * hourMs).toISOString(),
    });
    await appendFile(join(path, "events.jsonl"), lines);
    for (const runId of runIds) {
      const folder = join(path, "raw", runId);
      await mkdir(folder);
      for (const stream of ["stdout", "stderr"])
        await writeFile(join(folder, `1-measure-0.${stream}.gz`), output);
    }
  }
}
