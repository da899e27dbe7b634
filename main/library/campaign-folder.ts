// A campaign as a folder: the design in campaign.json, the journal in events.jsonl, facts/ and raw/ beside them.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Campaign, campaignSchema } from "#shared/model/campaign.ts";
import { TareError } from "#shared/model/error.ts";
import { type CampaignEvent, type EventBody } from "#shared/model/event.ts";
import { syncFolder, writeFileAtomic } from "./atomic-file.ts";
import { openJournal, readJournal } from "./journal.ts";

export interface CampaignContent {
  readonly path: string;
  readonly campaign: Campaign;
  readonly events: readonly CampaignEvent[];
}

/** A campaign's folder opened for writing by the process that runs it. */
export interface CampaignFolder extends CampaignContent {
  append(body: EventBody): Promise<CampaignEvent>;
  close(): Promise<void>;
}

const journalName = "events.jsonl";

/** `2026-11-24-first-look-3f9a`: date, the name as far as it is safe in a path, and the id's last part. */
export function folderName(campaign: Campaign): string {
  return `${campaign.createdAt.slice(0, 10)}-${campaign.id}`;
}

/** Creates the folder with its design and an empty journal. Throws TareError DISK_FULL. */
export async function createCampaignFolder(campaignsFolder: string, campaign: Campaign): Promise<string> {
  const path = join(campaignsFolder, folderName(campaign));
  await mkdir(join(path, "raw"), { recursive: true });
  await mkdir(join(path, "facts"), { recursive: true });
  await writeFile(join(path, journalName), "", { flag: "a" });
  await writeFileAtomic(join(path, "campaign.json"), `${JSON.stringify(campaign, null, 2)}\n`);
  await syncFolder(campaignsFolder);
  return path;
}

/** Reads design and journal without taking hold of the folder. Throws TareError CAMPAIGN_DAMAGED. */
export async function readCampaignFolder(path: string): Promise<CampaignContent> {
  const campaign = await readDesign(path);
  const { events } = await readJournal(join(path, journalName)).catch((error: unknown) => {
    throw damaged(path, error);
  });
  return { path, campaign, events };
}

/** Opens the folder for writing; a torn last line of the journal is dropped. */
export async function openCampaignFolder(
  path: string,
  now: () => Date = () => new Date(),
): Promise<CampaignFolder> {
  const campaign = await readDesign(path);
  const content = await readJournal(join(path, journalName));
  const journal = await openJournal(join(path, journalName), content, now);
  return { path, campaign, events: content.events, append: journal.append, close: journal.close };
}

async function readDesign(path: string): Promise<Campaign> {
  try {
    return campaignSchema.parse(JSON.parse(await readFile(join(path, "campaign.json"), "utf8")));
  } catch (error) {
    throw damaged(path, error);
  }
}

function damaged(path: string, error: unknown): TareError {
  if (error instanceof TareError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new TareError("CAMPAIGN_DAMAGED", `The campaign ${basename(path)} cannot be read.`, {
    detail: reason,
    cause: error,
  });
}
